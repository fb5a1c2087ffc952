/** The model of a run: what was acknowledged to people, and what each pillar remembers. */

/** A marker in every title and text that the workload writes, and nowhere else. */
export const MARKER = 'ZQXJ-EXERCISE'

/** What a pillar remembers of a run. */
export interface Memory {
  /** Returns a function that undoes what a nation did since this call, as restoring its disk does. */
  save(nation: string): () => void
}

export interface Model {
  /** Facts that must be on a nation's disk from now on, because they were acknowledged to a person. */
  readonly acknowledged: Map<string, Set<string>>
  /** What a pillar remembers, by the function that created it. */
  memory<M extends Memory>(create: () => M): M
  /** Returns a function that undoes what a nation did since this call. */
  save(nation: string): () => void
}

/** @param creators the memories of all pillars */
export function createModel(creators: readonly (() => Memory)[]): Model {
  const acknowledged = new Map<string, Set<string>>()
  const memories = new Map(creators.map((create) => [create, create()]))
  return {
    acknowledged,
    memory<M extends Memory>(create: () => M) {
      const memory = memories.get(create)
      if (memory === undefined) throw new Error('this memory belongs to no pillar of the list')
      return memory as M
    },
    save(nation) {
      const facts = new Set(acknowledged.get(nation))
      const forgets = [...memories.values()].map((memory) => memory.save(nation))
      return () => {
        acknowledged.set(nation, new Set(facts))
        for (const forget of forgets) forget()
      }
    },
  }
}

/** Records that a fact was acknowledged to a person. */
export function acknowledge(model: Model, nation: string, fact: string): void {
  const facts = model.acknowledged.get(nation) ?? new Set()
  facts.add(fact)
  model.acknowledged.set(nation, facts)
}
