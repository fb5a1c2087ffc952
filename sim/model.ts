/** What the workload remembers of a run: what was acknowledged to people, and what they wrote. */

/** Stands in every title and text that the workload writes, and nowhere else. */
export const MARKER = 'ZQXJ-EXERCISE'

export interface Model {
  /** Facts that must be on a nation's disk from now on, because a person was told so. */
  readonly promised: Map<string, Set<string>>
  /** The texts that each report may have, by the id of its draft: a crash leaves open whether an edit happened. */
  readonly texts: Map<string, Set<string>>
  /** Texts that people of a nation have read to the end in what they received. */
  readonly read: Map<string, string[]>
  /** The drafts that were ever seen under a control number; one put back to a backup gives its numbers again. */
  readonly drafts: Map<string, Set<string>>
  /** Drafts of reports that contain what their nation received from another and knew. */
  readonly passedOn: Set<string>
}

export function createModel(): Model {
  return { promised: new Map(), texts: new Map(), read: new Map(), drafts: new Map(), passedOn: new Set() }
}

/** A person was told that this is done. */
export function promise(model: Model, nation: string, fact: string): void {
  const facts = model.promised.get(nation) ?? new Set()
  facts.add(fact)
  model.promised.set(nation, facts)
}

/** A report may have this text. */
export function mayRead(model: Model, draft: string, text: string): void {
  model.texts.set(draft, (model.texts.get(draft) ?? new Set()).add(text))
}

/** A draft has this control number. */
export function learnControl(model: Model, control: string, draft: string): void {
  model.drafts.set(control, (model.drafts.get(control) ?? new Set()).add(draft))
}

/**
 * The texts that what bears a control number may have; null where the writing of one was committed as the process
 * died, and nothing is known.
 */
export function textsUnder(model: Model, control: string): ReadonlySet<string> | null {
  const texts = [...(model.drafts.get(control) ?? [])].map((draft) => model.texts.get(draft))
  return texts.some((known) => known === undefined) ? null : new Set(texts.flatMap((known) => [...known!]))
}

/** What is remembered of one nation, for when it is put back to a backup. */
export interface SavedModel {
  readonly promised: ReadonlySet<string>
  readonly read: readonly string[]
}

export function saveModel(model: Model, nation: string): SavedModel {
  return {
    promised: new Set(model.promised.get(nation)),
    read: [...(model.read.get(nation) ?? [])],
  }
}

/** Forgets what the nation did since. */
export function restoreModel(model: Model, nation: string, saved: SavedModel): void {
  model.promised.set(nation, new Set(saved.promised))
  model.read.set(nation, [...saved.read])
}
