/**
 * Information that has been seen: kept on this machine, since it changes nothing for anyone
 * else.
 */
import { useState } from 'react'

const STORED_AS = 'entente-seen'
const SEEN_COUNT_MAX = 500

function read(): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '[]')
    return new Set(Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [])
  } catch {
    // The stored value has another form: nothing counts as seen.
    return new Set()
  }
}

/** The ids that have been seen, and how to add to them. */
export function useSeen(): readonly [ReadonlySet<string>, (ids: readonly string[]) => void] {
  const [seen, setSeen] = useState(read)
  const mark = (ids: readonly string[]): void => {
    const next = new Set([...seen, ...ids].slice(-SEEN_COUNT_MAX))
    localStorage.setItem(STORED_AS, JSON.stringify([...next]))
    setSeen(next)
  }
  return [seen, mark]
}
