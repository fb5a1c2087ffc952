/** A limit on concurrent password checks (ID-18): each takes memory and a thread of the pool. */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { ententeRule } from '#node/kernel/permission.ts'

/** Runs work that is within the limit; refuses more with `too_many_requests`. */
export type ConcurrencyLimit = <T>(work: () => Promise<T>) => Promise<T | Refusal>

/** Builds a limit of `countMax` pieces of work at a time. Nothing is queued. */
export function createConcurrencyLimit(countMax: number): ConcurrencyLimit {
  let count = 0
  return async (work) => {
    if (count >= countMax) return refuse('too_many_requests', ententeRule('ID-18'))
    count += 1
    try {
      return await work()
    } finally {
      count -= 1
    }
  }
}
