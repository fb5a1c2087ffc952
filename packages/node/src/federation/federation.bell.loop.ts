/** What wakes the loop of a node: a ring, a time that a step has named, or a slow poll that stands behind them. */

/**
 * What a wake is about: this node said something, a partner's bundle was stored, or anything at all. Under load most
 * wakes are of the first two kinds, and looking at everything costs thirty queries.
 */
export type Wake = 'said' | 'heard' | 'all'

/** After something was said or heard, everything is looked at within this. */
const SOON_MS = 1000

export interface Bell {
  ring(what?: Wake): void
  /** Rings for all within so many milliseconds from now; an earlier time that was asked for stays. */
  lookWithin(delayMs: number): void
  /** Looks at all soon. */
  lookSoon(): void
  /** Waits for a ring, and not longer than told; what comes back is empty when there was none. */
  wait(withinMs: number): Promise<ReadonlySet<Wake>>
  /** Forgets what it was to ring for. */
  silence(): void
}

/** Builds a bell that rings for all at least every `pollMs`. */
export function createBell(pollMs: number): Bell {
  let rung = new Set<Wake>()
  let answer: (() => void) | null = null
  let timer: NodeJS.Timeout | undefined
  let looksAt = Number.POSITIVE_INFINITY

  function ring(what: Wake = 'all'): void {
    rung.add(what)
    if (what !== 'all') lookSoon()
    answer?.()
  }
  function lookWithin(delayMs: number): void {
    const at = performance.now() + delayMs
    if (at >= looksAt) return
    looksAt = at
    clearTimeout(timer)
    timer = setTimeout(ring, delayMs, 'all')
  }
  function lookSoon(): void {
    lookWithin(Math.min(SOON_MS, pollMs))
  }
  function silence(): void {
    clearTimeout(timer)
    looksAt = Number.POSITIVE_INFINITY
  }
  return {
    ring,
    lookWithin,
    lookSoon,
    silence,
    async wait(withinMs) {
      lookWithin(pollMs)
      let limit: NodeJS.Timeout | undefined
      if (rung.size === 0) {
        await new Promise<void>((resolve) => {
          answer = resolve
          if (withinMs !== Number.POSITIVE_INFINITY) limit = setTimeout(resolve, withinMs)
        })
      }
      clearTimeout(limit)
      answer = null
      const what = rung
      rung = new Set()
      if (what.has('all')) silence()
      return what
    },
  }
}
