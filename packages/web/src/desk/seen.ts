/** Which information the reader has seen. Stored on this machine, because it matters to nobody else. */
import { useState } from 'react'

const STORED_AS = 'entente-seen'
const SEEN_COUNT_MAX = 500

function read(): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '[]')
    return new Set(Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [])
  } catch {
    // The stored value is malformed: nothing counts as seen.
    return new Set()
  }
}

/** The ids that the reader has seen, and a function to add one. */
export function useSeen(): readonly [ReadonlySet<string>, (ids: readonly string[]) => void] {
  const [seen, setSeen] = useState(read)
  const mark = (ids: readonly string[]): void => {
    const next = new Set([...seen, ...ids].slice(-SEEN_COUNT_MAX))
    localStorage.setItem(STORED_AS, JSON.stringify([...next]))
    setSeen(next)
  }
  return [seen, mark]
}
