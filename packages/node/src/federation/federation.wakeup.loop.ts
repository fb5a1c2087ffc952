/**
 * The wake-up signal of the loop: explicit wakes, times at which a step is due, and a slow poll as a
 * fallback.
 */

/**
 * The reason for a wake: this node said something, a partner's bundle was stored, or anything else. Under
 * load most wakes have one of the first two reasons, and a full look for work costs thirty queries.
 */
export type Wake = 'said' | 'heard' | 'all'

/** After a wake for `said` or `heard`, a full wake follows within this. */
const SOON_MS = 1000

export interface WakeUp {
  wake(what?: Wake): void
  /** Schedules a full wake in at most `delayMs`. An earlier schedule stays. */
  wakeWithin(delayMs: number): void
  /** Schedules a full wake within a second. */
  wakeSoon(): void
  /** Waits for a wake, at most `withinMs`. Returns the reasons; none after a timeout. */
  wait(withinMs: number): Promise<ReadonlySet<Wake>>
  /** Cancels the scheduled wake. */
  cancel(): void
}

/** Builds a signal that wakes fully at least every `pollMs`. */
export function createWakeUp(pollMs: number): WakeUp {
  let reasons = new Set<Wake>()
  let resume: (() => void) | null = null
  let timer: NodeJS.Timeout | undefined
  let wakesAt = Number.POSITIVE_INFINITY

  function wake(what: Wake = 'all'): void {
    reasons.add(what)
    if (what !== 'all') wakeSoon()
    resume?.()
  }
  function wakeWithin(delayMs: number): void {
    const at = performance.now() + delayMs
    if (at >= wakesAt) return
    wakesAt = at
    clearTimeout(timer)
    timer = setTimeout(wake, delayMs, 'all')
  }
  function wakeSoon(): void {
    wakeWithin(Math.min(SOON_MS, pollMs))
  }
  function cancel(): void {
    clearTimeout(timer)
    wakesAt = Number.POSITIVE_INFINITY
  }
  return {
    wake,
    wakeWithin,
    wakeSoon,
    cancel,
    async wait(withinMs) {
      wakeWithin(pollMs)
      let limit: NodeJS.Timeout | undefined
      if (reasons.size === 0) {
        await new Promise<void>((resolve) => {
          resume = resolve
          if (withinMs !== Number.POSITIVE_INFINITY) limit = setTimeout(resolve, withinMs)
        })
      }
      clearTimeout(limit)
      resume = null
      const what = reasons
      reasons = new Set()
      if (what.has('all')) cancel()
      return what
    },
  }
}
