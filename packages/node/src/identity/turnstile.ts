/**
 * A bound on how many passwords are looked at in one moment (ID-18): each costs memory and a thread of the
 * pool.
 */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { national } from './role.ts'

/** Lets `countMax` pieces of work run at once, and refuses what comes on top with `too_many_requests`. */
export function createTurnstile(countMax: number) {
  let count = 0
  return async <T>(work: () => Promise<T>): Promise<T | Refusal> => {
    if (count >= countMax) return refuse('too_many_requests', national('ID-18'))
    count += 1
    try {
      return await work()
    } finally {
      count -= 1
    }
  }
}
