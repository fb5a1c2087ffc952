/** Waiting for a node by its hints: look, and look again when something has changed. */
import type { Watch } from './client.ts'

/** Looks after each hint until `done`, for at most `withinMs`; returns what was seen last, done or not. */
export async function untilSeen<T>(
  watch: Watch,
  look: () => Promise<T>,
  done: (seen: T) => boolean,
  withinMs: number,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs
  for (;;) {
    const count = watch.count()
    const seen = await look()
    const leftMs = giveUpAt - performance.now()
    if (done(seen) || leftMs <= 0) return seen
    await watch.next(count, leftMs)
  }
}
