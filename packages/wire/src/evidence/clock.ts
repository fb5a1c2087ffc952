/** How far two clocks, or one clock before and after it was set, may differ before a time is a fault (EVI-28). */
export const CLOCK_TOLERANCE_MS = 10 * 60_000
