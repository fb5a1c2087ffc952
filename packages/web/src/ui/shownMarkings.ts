/**
 * The markings that are on the screen now, counted by the stamps that show them; the banner reads the
 * highest.
 */
import { useEffect, useSyncExternalStore } from 'react'
import { highestOf } from './markingOrder.ts'

const counts = new Map<string, number>()
const listeners = new Set<() => void>()
let highest: readonly string[] = []

function tell(): void {
  const next = counts.size === 0 ? [] : highestOf([...counts.keys()])
  if (next.join('\n') === highest.join('\n')) return
  highest = next
  for (const listener of listeners) listener()
}

function show(marking: string): () => void {
  counts.set(marking, (counts.get(marking) ?? 0) + 1)
  tell()
  return () => {
    const left = (counts.get(marking) ?? 1) - 1
    if (left === 0) counts.delete(marking)
    else counts.set(marking, left)
    tell()
  }
}

/** Counts a marking as shown for as long as the component is on the screen. */
export function useShowsMarking(marking: string): void {
  useEffect(() => (marking === '' ? undefined : show(marking)), [marking])
}

/** The highest markings on the screen; empty when nothing on it is marked. */
export function useHighestMarkings(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => highest,
  )
}
