/**
 * The command pipeline: one act, one transaction. A command loads, decides and writes; it sends nothing. A refusal that
 * it returns rolls back everything it wrote, unless it is returned `withRecord`.
 */
import type { Hint } from '#api/console.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { World } from '#node/world.ts'
import { createAppends } from './appends.ts'
import type { Appends } from './appends.ts'
import type { Database, Tx } from './database.ts'

export type { Hint }

/** Every reply may have changed. After a change of the law, any answer of the gate may differ. */
export const EVERYTHING: Hint = { routes: null, id: null }

/** What a command gets. Rows that it only adds are appended, and written together when it ends. */
export interface Act extends Appends {
  /** The nation whose node this is. */
  readonly nation: string
  readonly tx: Tx
  readonly world: World
  /** Announces a change after the commit. */
  hint(hint: Hint): void
  /** Wakes the courier after the commit: the act appended to a log. */
  wake(): void
}

export interface Acts {
  /** Runs one act in one transaction. */
  run<T>(act: (act: Act) => Promise<T>): Promise<T>
}

class RolledBack extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.reasons[0].code)
    this.refusal = refusal
  }
}

/** A refusal that commits what the act wrote: the record of the gate's decision, or of a failed sign-in. */
export function withRecord<R extends Refusal>(refusal: R): R & { readonly recorded: true } {
  return { ...refusal, recorded: true }
}

export interface ActsOptions {
  readonly database: Database
  readonly world: World
  readonly nation: string
  /** Called after the commit of an act that called `hint` or `wake`. */
  announce(hints: readonly Hint[], wakes: boolean): void
}

/** Builds the runner of acts over a database. */
export function createActs(options: ActsOptions): Acts {
  const { database, world, nation } = options
  return {
    async run(act) {
      let hints: Hint[] = []
      let wakes = false
      try {
        const result = await database.transact(async (tx, writeLast) => {
          hints = []
          wakes = false
          const { finish, ...appends } = createAppends(tx)
          const hint = (changed: Hint): void => void hints.push(changed)
          const wake = (): void => void (wakes = true)
          const value = await act({ nation, world, hint, wake, ...appends })
          if (isRefusal(value) && !('recorded' in value)) throw new RolledBack(value)
          finish(writeLast)
          return value
        })
        if (hints.length > 0 || wakes) options.announce(hints, wakes)
        return result
      } catch (error) {
        if (error instanceof RolledBack) return error.refusal as never
        throw error
      }
    },
  }
}
