/**
 * Unsaved input, kept while the reader visits other pages or signs in again. In memory only: a report is
 * never written to the browser's storage. People get back only their own input.
 */
import { useState } from 'react'
import type { Report } from './report.ts'

const kept = new Map<string, Report>()

/** Nothing is stored, so the browser asks before a reload would lose unsaved input. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (kept.size > 0) event.preventDefault()
}

export interface UnsavedReport {
  readonly report: Report
  put(next: Report): void
  /** Drops the unsaved input; the form shows the node's version again. */
  settle(): void
}

/** The unsaved input under a key (a person and a draft); without any, the node's version. */
export function useUnsavedReport(key: string, held: Report): UnsavedReport {
  const [typed, setTyped] = useState(() => kept.get(key) ?? null)
  return {
    report: typed ?? held,
    put: (next) => {
      kept.set(key, next)
      // Adding the same listener again has no effect.
      window.addEventListener('beforeunload', askBeforeLeaving)
      setTyped(next)
    },
    settle: () => {
      kept.delete(key)
      setTyped(null)
    },
  }
}
