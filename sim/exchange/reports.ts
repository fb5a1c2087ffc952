/** The expected state of the run's reports. */
import type { Memory, Model } from '../model.ts'

export interface Reports extends Memory {
  /**
   * The possible texts of each report, by the id of its draft: after a crash it is unknown whether an edit
   * happened.
   */
  readonly texts: Map<string, Set<string>>
  /** The texts of received items that people of a nation have read. */
  readonly read: Map<string, readonly string[]>
  /** The drafts of each control number; a restored nation may assign a number twice. */
  readonly drafts: Map<string, Set<string>>
  /** Drafts whose content their nation received from another nation. */
  readonly passedOn: Set<string>
}

export function createReports(): Reports {
  const read = new Map<string, readonly string[]>()
  return {
    texts: new Map(),
    read,
    drafts: new Map(),
    passedOn: new Set(),
    save(nation) {
      const texts = read.get(nation) ?? []
      return () => void read.set(nation, texts)
    },
  }
}

/** The reports of a run. */
export function reportsOf(model: Model): Reports {
  return model.memory(createReports)
}

/** Records a possible text of a report. */
export function addText({ texts }: Reports, draft: string, text: string): void {
  texts.set(draft, (texts.get(draft) ?? new Set()).add(text))
}

/** Records that people of a nation have read a text. */
export function addRead({ read }: Reports, nation: string, text: string): void {
  read.set(nation, [...(read.get(nation) ?? []), text])
}

/** Records the control number of a draft. */
export function addControl({ drafts }: Reports, control: string, draft: string): void {
  drafts.set(control, (drafts.get(control) ?? new Set()).add(draft))
}

/**
 * The possible texts under a control number; null if they are unknown, because a crash hid the outcome of a
 * write.
 */
export function textsOf(reports: Reports, control: string): ReadonlySet<string> | null {
  const texts = [...(reports.drafts.get(control) ?? [])].map((draft) => reports.texts.get(draft))
  return texts.some((known) => known === undefined) ? null : new Set(texts.flatMap((known) => [...known!]))
}
