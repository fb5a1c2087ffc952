/** The model of a run: what was acknowledged to people, and what they wrote. */

/** In every title and text that the workload writes, and nowhere else. */
export const MARKER = 'ZQXJ-EXERCISE'

export interface Model {
  /** Facts that must be on a nation's disk from now on, because they were acknowledged to a person. */
  readonly acknowledged: Map<string, Set<string>>
  /**
   * The possible texts of each report, by the id of its draft: after a crash it is unknown whether an edit
   * happened.
   */
  readonly texts: Map<string, Set<string>>
  /** The texts of received items that people of a nation have read. */
  readonly read: Map<string, string[]>
  /** The drafts under each control number; a restored nation gives its numbers again. */
  readonly drafts: Map<string, Set<string>>
  /** Drafts whose content their nation received from another nation. */
  readonly passedOn: Set<string>
}

export function createModel(): Model {
  return {
    acknowledged: new Map(),
    texts: new Map(),
    read: new Map(),
    drafts: new Map(),
    passedOn: new Set(),
  }
}

/** Records that a fact was acknowledged to a person. */
export function acknowledge(model: Model, nation: string, fact: string): void {
  const facts = model.acknowledged.get(nation) ?? new Set()
  facts.add(fact)
  model.acknowledged.set(nation, facts)
}

/** Records a possible text of a report. */
export function addText(model: Model, draft: string, text: string): void {
  model.texts.set(draft, (model.texts.get(draft) ?? new Set()).add(text))
}

/** Records the control number of a draft. */
export function addControl(model: Model, control: string, draft: string): void {
  model.drafts.set(control, (model.drafts.get(control) ?? new Set()).add(draft))
}

/**
 * The possible texts under a control number; null if they are unknown, because a crash hid the outcome of a
 * write.
 */
export function textsOf(model: Model, control: string): ReadonlySet<string> | null {
  const texts = [...(model.drafts.get(control) ?? [])].map((draft) => model.texts.get(draft))
  return texts.some((known) => known === undefined) ? null : new Set(texts.flatMap((known) => [...known!]))
}

/** The model of one nation at the time of its backup. */
export interface SavedModel {
  readonly acknowledged: ReadonlySet<string>
  readonly read: readonly string[]
}

export function saveModel(model: Model, nation: string): SavedModel {
  return {
    acknowledged: new Set(model.acknowledged.get(nation)),
    read: [...(model.read.get(nation) ?? [])],
  }
}

/** Forgets what the nation did since its backup. */
export function restoreModel(model: Model, nation: string, saved: SavedModel): void {
  model.acknowledged.set(nation, new Set(saved.acknowledged))
  model.read.set(nation, [...saved.read])
}
