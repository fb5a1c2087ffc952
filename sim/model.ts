/** What the workload remembers of a run: what was acknowledged to people, and what they wrote. */

/** Stands in every title and text that the workload writes, and nowhere else. */
export const MARKER = 'ZQXJ-EXERCISE'

export interface Model {
  /** Facts that must be on a nation's disk from now on, because a person was told so. */
  readonly promised: Map<string, Set<string>>
  /**
   * The texts that each report may have, by its control number: a crash leaves open whether an edit
   * happened.
   */
  readonly texts: Map<string, Set<string>>
  /** Texts that people of a nation have read to the end in what they received. */
  readonly read: Map<string, string[]>
  /** Control numbers of reports that contain what their nation received from another and knew. */
  readonly passedOn: Set<string>
}

export function createModel(): Model {
  return { promised: new Map(), texts: new Map(), read: new Map(), passedOn: new Set() }
}

/** A person was told that this is done. */
export function promise(model: Model, nation: string, fact: string): void {
  const facts = model.promised.get(nation) ?? new Set()
  facts.add(fact)
  model.promised.set(nation, facts)
}

/** A report may have this text. */
export function mayRead(model: Model, control: string, text: string): void {
  model.texts.set(control, (model.texts.get(control) ?? new Set()).add(text))
}

/** What is remembered of one nation, for when it is put back to a backup. */
export interface SavedModel {
  readonly promised: ReadonlySet<string>
  readonly read: readonly string[]
  readonly passedOn: readonly string[]
}

export function saveModel(model: Model, nation: string): SavedModel {
  return {
    promised: new Set(model.promised.get(nation)),
    read: [...(model.read.get(nation) ?? [])],
    passedOn: [...model.passedOn].filter((control) => control.startsWith(`${nation}-`)),
  }
}

/** Forgets what the nation did since; its control numbers will be given again. */
export function restoreModel(model: Model, nation: string, saved: SavedModel): void {
  model.promised.set(nation, new Set(saved.promised))
  model.read.set(nation, [...saved.read])
  for (const control of model.passedOn) if (control.startsWith(`${nation}-`)) model.passedOn.delete(control)
  for (const control of saved.passedOn) model.passedOn.add(control)
}
