/** A stream of hints from the node keeps pages up to date; it reconnects when it breaks. */
import { useEffect, useSyncExternalStore } from 'react'
import { HintShape, consoleApi } from '#api/console.ts'
import type { Hint } from '#api/console.ts'
import { bytesAddress } from './client.ts'
import { mayBeStale, refresh } from './queries.ts'

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

/** True while the stream is connected. */
export function useIsLive(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isLive,
  )
}

/** Keeps the stream open while the component is mounted. */
export function useLive(): void {
  useEffect(() => {
    const stream = openStream()
    return () => stream.close()
  }, [])
}

function openStream(): { close(): void } {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const gather = gatherHints()

  const open = (): void => {
    source = new EventSource(bytesAddress(consoleApi.stream, {}))
    source.addEventListener('open', () => {
      // Hints during the interruption are lost, so everything is refetched.
      if (failures > 0) void refresh(() => true)
      failures = 0
      setLive(true)
    })
    source.addEventListener('message', (event: MessageEvent<string>) => {
      gather.add(HintShape.parse(JSON.parse(event.data)))
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

function gatherHints() {
  let waiting: Hint[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    const hints = waiting
    waiting = []
    timer = undefined
    void refresh((queryKey) => hints.some((hint) => mayBeStale(queryKey, hint)))
  }
  return {
    add: (hint: Hint): void => {
      waiting.push(hint)
      timer ??= setTimeout(flush, GATHER_MS)
    },
    close: () => clearTimeout(timer),
  }
}
