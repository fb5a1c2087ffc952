/** The server-sent stream of hints: what changed, so that open pages refetch it. It carries no content (API-6). */
import type { Hint } from './command.ts'

export interface Hints {
  /** Sends hints to every open page; called after a commit. */
  announce(hints: readonly Hint[]): void
  /** An event stream for one page; it ends when the page closes or the node stops. */
  open(): Response
  close(): void
}

/** A comment at this interval keeps proxies from closing an idle stream. */
const KEEP_ALIVE_MS = 20_000
const LISTENERS_MAX = 500

export function createHints(): Hints {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const send = (text: string): void => {
    const bytes = new TextEncoder().encode(text)
    for (const listener of listeners) {
      // A slow reader is dropped; its page reconnects and refetches everything.
      if ((listener.desiredSize ?? 0) < -256) drop(listener)
      else listener.enqueue(bytes)
    }
  }
  function drop(listener: ReadableStreamDefaultController<Uint8Array>): void {
    listeners.delete(listener)
    listener.close()
  }
  const timer = setInterval(() => send(': keep-alive\n\n'), KEEP_ALIVE_MS)
  timer.unref()
  return {
    announce(hints) {
      if (listeners.size === 0) return
      const seen = new Set<string>()
      for (const hint of hints) seen.add(JSON.stringify(hint))
      for (const text of seen) send(`data: ${text}\n\n`)
    },
    open() {
      let own: ReadableStreamDefaultController<Uint8Array> | null = null
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          if (listeners.size >= LISTENERS_MAX) throw new Error('too many open pages')
          own = controller
          listeners.add(controller)
          controller.enqueue(new TextEncoder().encode('retry: 1000\n\n'))
        },
        cancel() {
          if (own !== null) listeners.delete(own)
        },
      })
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      })
    },
    close() {
      clearInterval(timer)
      for (const listener of listeners) drop(listener)
    },
  }
}
