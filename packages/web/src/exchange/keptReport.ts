/**
 * What was typed and not saved, kept while other pages are looked at or a session is renewed. In memory alone: a
 * report is never written to the browser's storage. Each person finds only their own.
 */
import { useState } from 'react'
import type { Report } from './report.ts'

const kept = new Map<string, Report>()

export interface KeptReport {
  readonly report: Report
  put(next: Report): void
  /** Takes what the node holds now; nothing is left unsaved. */
  settle(saved: Report): void
}

/** The report under a key (a person and a draft), or the one given where nothing is kept. */
export function useKeptReport(key: string, otherwise: Report): KeptReport {
  const [report, setReport] = useState(() => kept.get(key) ?? otherwise)
  return {
    report,
    put: (next) => {
      kept.set(key, next)
      setReport(next)
    },
    settle: (saved) => {
      kept.delete(key)
      setReport(saved)
    },
  }
}

/** Lets go of what is kept under a key. */
export function forgetReport(key: string): void {
  kept.delete(key)
}
