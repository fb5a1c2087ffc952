/** The markings on the screen, counted by the stamps that show them; the banner shows the highest. */
import { useEffect, useSyncExternalStore } from 'react'

const counts = new Map<string, number>()
const listeners = new Set<() => void>()
let shown: readonly string[] = []

function tell(): void {
  shown = [...counts.keys()]
  for (const listener of listeners) listener()
}

function show(marking: string): () => void {
  const before = counts.get(marking) ?? 0
  counts.set(marking, before + 1)
  if (before === 0) tell()
  return () => {
    const left = (counts.get(marking) ?? 1) - 1
    if (left > 0) {
      counts.set(marking, left)
      return
    }
    counts.delete(marking)
    tell()
  }
}

/** Counts a marking as shown while the component is mounted. */
export function useShowsMarking(marking: string): void {
  useEffect(() => (marking === '' ? undefined : show(marking)), [marking])
}

/** The markings on the screen, in the order in which they appeared. */
export function useShownMarkings(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
}

/**
 * The markings of the highest level on the ladder. A marking not on the ladder counts as highest: it is never
 * hidden.
 */
export function highestOf(
  markings: readonly string[],
  ladder: readonly (readonly string[])[],
): readonly string[] {
  const levelOf = (marking: string): number =>
    Math.max(
      0,
      ladder.findIndex((level) => level.includes(marking)),
    )
  const top = Math.min(...markings.map(levelOf))
  return markings.filter((marking) => levelOf(marking) === top)
}
