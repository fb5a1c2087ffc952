/**
 * What was typed and not saved, kept while other pages are looked at or a session is renewed. In memory
 * alone: a report is never written to the browser's storage. Each person finds only their own.
 */
import { useState } from 'react'
import type { Report } from './report.ts'

const kept = new Map<string, Report>()

/** Since nothing is stored, the browser asks before it loads the page anew over something typed. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (kept.size > 0) event.preventDefault()
}

export interface KeptReport {
  readonly report: Report
  put(next: Report): void
  /** Drops what was typed: the form shows again what the node holds. */
  settle(): void
}

/** What was typed under a key (a person and a draft); what the node holds, where nothing was. */
export function useKeptReport(key: string, held: Report): KeptReport {
  const [typed, setTyped] = useState(() => kept.get(key) ?? null)
  return {
    report: typed ?? held,
    put: (next) => {
      kept.set(key, next)
      // The same listener is added only once.
      window.addEventListener('beforeunload', askBeforeLeaving)
      setTyped(next)
    },
    settle: () => {
      kept.delete(key)
      setTyped(null)
    },
  }
}
