/** Waits for a state of a node by polling after each hint. */
import type { Watch } from './client.ts'

/** Calls `look` now and after each hint until `done` or `withinMs` have passed; returns what it saw last. */
export async function untilSeen<T>(
  watch: Watch,
  look: () => Promise<T>,
  done: (seen: T) => boolean,
  withinMs: number,
): Promise<T> {
  const deadlineMs = performance.now() + withinMs
  for (;;) {
    const count = watch.count()
    const seen = await look()
    const leftMs = deadlineMs - performance.now()
    if (done(seen) || leftMs <= 0) return seen
    await watch.next(count, leftMs)
  }
}
