/** The one server-sent stream: hints of what changed, so that pages look again. It carries no content (API-6). */
import type { Hint } from './command.ts'

export interface Hints {
  /** Tells every listener, after a commit. */
  announce(hints: readonly Hint[]): void
  /** An event stream for one page; ends when the page goes away or the node stops. */
  open(): Response
  close(): void
}

/** A comment every so often keeps proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 20_000
const LISTENERS_MAX = 500

export function createHints(): Hints {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const send = (text: string): void => {
    const bytes = new TextEncoder().encode(text)
    for (const listener of listeners) {
      // A reader that does not keep up is dropped: its page reconnects and looks at everything again.
      if ((listener.desiredSize ?? 0) < -256) drop(listener)
      else listener.enqueue(bytes)
    }
  }
  function drop(listener: ReadableStreamDefaultController<Uint8Array>): void {
    listeners.delete(listener)
    listener.close()
  }
  const timer = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS)
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
