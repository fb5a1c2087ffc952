/**
 * The command pipeline: one act, one transaction. A command loads, decides and writes; nothing is sent inside it.
 * A refusal returned by the act rolls back everything it wrote except what it recorded through `record`.
 */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { World } from '#node/world.ts'
import { createAppends } from './appends.ts'
import type { Appends } from './appends.ts'
import type { Database, Tx } from './database.ts'

/** A page of some other window has to look again: the slice and the id of what changed. */
export interface Hint {
  readonly slice: 'items' | 'register' | 'links' | 'people' | 'agreements' | 'desk'
  readonly id: string
}

/** What every act is given. Rows that it only adds are appended, and written together when it ends. */
export interface Act extends Appends {
  /** The nation whose node this is. */
  readonly nation: string
  readonly tx: Tx
  readonly world: World
  /** Announces, after the commit, that something changed. */
  hint(hint: Hint): void
}

export interface Acts {
  /** Runs one act in one transaction. What a refused act wrote is kept only when `keep` says so. */
  run<T>(act: (act: Act) => Promise<T>): Promise<T>
}

class RolledBack extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.reasons[0].code)
    this.refusal = refusal
  }
}

/** A refusal whose record (the gate's decision, a failed sign-in) must stay although the act did not happen. */
export function keeping(refusal: Refusal): Refusal & { readonly kept: true } {
  return { ...refusal, kept: true }
}

export interface ActsOptions {
  readonly database: Database
  readonly world: World
  readonly nation: string
  /** Called after each commit of an act that changed something to be looked at or `hasSaid` something. */
  announce(hints: readonly Hint[], hasSaid: boolean): void
}

/** Builds the runner of acts over a database. */
export function createActs(options: ActsOptions): Acts {
  const { database, world, nation } = options
  return {
    async run(act) {
      let hints: Hint[] = []
      let hasSaid = false
      try {
        const result = await database.transact(async (tx, writeLast) => {
          hints = []
          const { finish, hasSaid: saidOf, ...given } = createAppends(tx)
          const value = await act({ nation, world, hint: (hint) => hints.push(hint), ...given })
          if (isRefusal(value) && !('kept' in value)) throw new RolledBack(value)
          finish(writeLast)
          hasSaid = saidOf()
          return value
        })
        if (hints.length > 0 || hasSaid) options.announce(hints, hasSaid)
        return result
      } catch (error) {
        if (error instanceof RolledBack) return error.refusal as never
        throw error
      }
    },
  }
}
