/**
 * A database handle that makes a process crash before or after a commit. A crashed process no longer reads or
 * writes; the disk stays as the commit left it.
 */
import type { Database } from '#node/kernel/database.ts'

/** The process has crashed: its caller gets no answer. */
export class Crashed extends Error {
  constructor() {
    super('the process crashed')
  }
}

/** Where in an act a process crashes. */
export type CrashPoint = 'before_commit' | 'after_commit'

/** A process that can crash. */
export interface Crashable {
  readonly database: Database
  hasCrashed(): boolean
  /** True if the last act before the crash was committed. */
  crashedAfterCommit(): boolean
}

/** @param drawCrash called once per act: where the process crashes, or null */
export function crashableDatabase(database: Database, drawCrash: () => CrashPoint | null): Crashable {
  let crash: CrashPoint | null = null
  const crashAt = (point: CrashPoint): never => {
    crash = point
    throw new Crashed()
  }
  const crashable: Database = {
    get query() {
      if (crash !== null) throw new Crashed()
      return database.query
    },
    async read(view) {
      if (crash !== null) throw new Crashed()
      return database.read(view)
    },
    async transact(act) {
      if (crash !== null) throw new Crashed()
      const drawn = drawCrash()
      const result = await database.transact(async (tx, writeLast) => {
        const value = await act(tx, writeLast)
        return drawn === 'before_commit' ? crashAt(drawn) : value
      })
      return drawn === 'after_commit' ? crashAt(drawn) : result
    },
    close: async () => {},
  }
  return {
    database: crashable,
    hasCrashed: () => crash !== null,
    crashedAfterCommit: () => crash === 'after_commit',
  }
}
