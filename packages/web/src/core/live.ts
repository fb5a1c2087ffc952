/** One stream of hints from the node keeps the screen up to date; it is opened again when it breaks. */
import { useEffect, useSyncExternalStore } from 'react'
import { consoleApi } from '#api/console.ts'
import { bytesAddress } from './client.ts'
import { isConcerned, refresh } from './queries.ts'
import type { Concern } from './queries.ts'

const REOPEN_DELAY_MS_MAX = 15_000
/** Hints that arrive within this time are handled together. */
const GATHER_MS = 40

let isLive = true
const listeners = new Set<() => void>()

function setLive(next: boolean): void {
  if (next === isLive) return
  isLive = next
  for (const listener of listeners) listener()
}

/** Whether the screen follows the node at the moment. */
export function useIsLive(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isLive,
  )
}

/** What the node sends when something has changed; it holds no content. */
export interface Hint {
  readonly slice: string
  /** The matter, link or person that changed; null if everything of the slice may have. */
  readonly id: string | null
}

/** The rooms that a hint's slice concerns. */
export type ConcernsOf = (slice: string) => readonly Concern[]

/** Reads the text of an event; null when it is not a hint. */
export function parseHint(text: string): Hint | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { slice, id } = value as { slice?: unknown; id?: unknown }
    if (typeof slice !== 'string') return null
    return { slice, id: typeof id === 'string' ? id : null }
  } catch {
    return null
  }
}

/** Keeps the stream open while the component that calls it is on the screen. */
export function useLive(concernsOf: ConcernsOf): void {
  useEffect(() => {
    const stream = openStream(concernsOf)
    return () => stream.close()
  }, [concernsOf])
}

function openStream(concernsOf: ConcernsOf): { close(): void } {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const gather = gatherHints(concernsOf)

  const open = (): void => {
    source = new EventSource(bytesAddress(consoleApi.stream, {}))
    source.addEventListener('open', () => {
      // Changes during the interruption were not reported; everything is read again.
      if (failures > 0) void refresh(() => true)
      failures = 0
      setLive(true)
    })
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const hint = parseHint(event.data)
      if (hint !== null) gather.add(hint)
    })
    source.addEventListener('error', onCut)
  }
  const onCut = (): void => {
    source?.close()
    clearTimeout(timer)
    failures += 1
    setLive(false)
    timer = setTimeout(open, Math.min(REOPEN_DELAY_MS_MAX, 500 * 2 ** failures))
  }
  open()
  // A stream may take minutes to notice that this machine has lost its network.
  window.addEventListener('offline', onCut)
  return {
    close: () => {
      window.removeEventListener('offline', onCut)
      clearTimeout(timer)
      gather.close()
      source?.close()
    },
  }
}

function gatherHints(concernsOf: ConcernsOf) {
  let waiting: Hint[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    const hints = waiting
    waiting = []
    timer = undefined
    void refresh((queryKey) => hints.some(({ slice, id }) => isConcerned(queryKey, concernsOf(slice), id)))
  }
  return {
    add: (hint: Hint): void => {
      waiting.push(hint)
      timer ??= setTimeout(flush, GATHER_MS)
    },
    close: () => clearTimeout(timer),
  }
}
