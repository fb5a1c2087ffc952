/**
 * Crashes: a database handle through which a process can die before or after a commit. After that the
 * process is dead: it reads and writes nothing more. The disk stays as the commit left it.
 */
import type { Database } from '#node/kernel/database.ts'

/** The process is gone; whoever called it hears nothing. */
export class Crashed extends Error {
  constructor() {
    super('the process died')
  }
}

/** When a process is to die. */
export type Death = 'before_commit' | 'after_commit'

/** A process that can die. */
export interface Mortal {
  readonly database: Database
  isDead(): boolean
  /** Whether the last act before the death was committed. */
  diedAfterCommit(): boolean
}

/** @param fate asked once for each act: whether the process dies of it */
export function mortalDatabase(database: Database, fate: () => Death | null): Mortal {
  let death: Death | null = null
  const dieOf = (chosen: Death): never => {
    death = chosen
    throw new Crashed()
  }
  const mortal: Database = {
    get query() {
      if (death !== null) throw new Crashed()
      return database.query
    },
    async read(view) {
      if (death !== null) throw new Crashed()
      return database.read(view)
    },
    async transact(act) {
      if (death !== null) throw new Crashed()
      const fated = fate()
      const result = await database.transact(async (tx, writeLast) => {
        const value = await act(tx, writeLast)
        return fated === 'before_commit' ? dieOf(fated) : value
      })
      return fated === 'after_commit' ? dieOf(fated) : result
    },
    close: async () => {},
  }
  return { database: mortal, isDead: () => death !== null, diedAfterCommit: () => death === 'after_commit' }
}
