/**
 * An HTTP client of a node's console for one person: calls routes with the session cookie, sends and fetches
 * files, and follows the stream of hints. Every reply is checked against its contract.
 */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { addressOf } from '#api/address.ts'
import { consoleApi } from '#api/console.ts'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { ReplyOf, Route } from '#api/route.ts'
import { RefusalShape } from '#api/shapes.ts'

/**
 * The node failed or did not answer, so the command may or may not have taken effect. Call again with the
 * same key.
 */
export class Unanswered extends Error {}

export interface CallOptions {
  /** Idempotency key: a second call with the same key has no further effect and gets the same answer. */
  readonly key?: string
}

/** A signed-in person. */
export interface Session {
  readonly nation: string
  readonly person: string
  call<R extends Route>(
    route: R,
    input: z.input<R['input']>,
    options?: CallOptions,
  ): Promise<ReplyOf<R> | Refusal>
  /** As `call`, for a route whose request is bytes. */
  upload<R extends Route>(
    route: R,
    input: z.input<R['input']>,
    content: Uint8Array<ArrayBuffer>,
    options?: CallOptions,
  ): Promise<ReplyOf<R> | Refusal>
  /** As `call`, for a route whose reply is bytes. */
  download<R extends Route>(route: R, input: z.input<R['input']>): Promise<Uint8Array<ArrayBuffer> | Refusal>
  /** Opens the stream of hints. */
  watch(): Promise<Watch>
}

/** The stream of hints. */
export interface Watch {
  /** How many hints have arrived. */
  count(): number
  /** Resolves to true once more than `seen` hints have arrived, or to false after `withinMs`. */
  next(seen: number, withinMs: number): Promise<boolean>
  close(): void
}

/** A new idempotency key. */
export function freshKey(): string {
  return randomUUID()
}

/** Options of a call with a new idempotency key. */
export function keyed(): CallOptions {
  return { key: freshKey() }
}

/**
 * Signs a person in at the console with the URL `base`.
 * @throws Unanswered; Error if the node refuses
 */
export async function signIn(
  base: string,
  nation: string,
  person: string,
  password: string,
): Promise<Session> {
  const cookieName = `__Host-entente-${nation.toLowerCase()}`
  const response = await send(base, identity.signIn, { person, password }, {})
  const reply = await readReply(identity.signIn, response)
  if (isRefusal(reply)) throw new Error(`${nation} ${person} cannot sign in: ${reply.reasons[0].code}`)
  const cookie = response.headers
    .getSetCookie()
    .find((header) => header.startsWith(`${cookieName}=`))
    ?.split(';', 1)[0]
  if (cookie === undefined) throw new Error(`${nation} set no cookie ${cookieName}`)
  return sessionOf(base, nation, person, cookie)
}

function sessionOf(base: string, nation: string, person: string, cookie: string): Session {
  const headers = (key?: string): Record<string, string> => ({
    cookie,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  })
  return {
    nation,
    person,
    async call(route, input, options = {}) {
      return readReply(route, await send(base, route, input as object, headers(options.key)))
    },
    async upload(route, input, content, options = {}) {
      return readReply(route, await send(base, route, input as object, headers(options.key), content))
    },
    async download(route, input) {
      const response = await send(base, route, input as object, headers())
      if (response.ok) return new Uint8Array(await orUnanswered(response.arrayBuffer()))
      return (await readReply(route, response)) as Refusal
    },
    watch: () => openWatch(base, cookie),
  }
}

async function send(
  base: string,
  route: Route,
  input: object,
  headers: Record<string, string>,
  content?: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const { url, body } = addressOf(route, { ...input })
  const type = content === undefined ? 'application/json' : 'application/octet-stream'
  return orUnanswered(
    fetch(new URL(url, base), {
      method: route.method,
      headers: { ...headers, 'content-type': type },
      ...(route.method === 'GET' ? {} : { body: content ?? JSON.stringify(body) }),
    }),
  )
}

async function readReply<R extends Route>(route: R, response: Response): Promise<ReplyOf<R> | Refusal> {
  const text = await orUnanswered(response.text())
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Unanswered(`${route.name}: status ${response.status} without an answer`, { cause })
  }
  if (response.ok) return route.reply.parse(value) as ReplyOf<R>
  const refusal = readRefusal(value)
  const { code } = refusal.reasons[0]
  if (code === 'internal' || code === 'unavailable') throw new Unanswered(`${route.name}: ${code}`)
  return refusal
}

function readRefusal(value: unknown): Refusal {
  const shaped: unknown = RefusalShape.parse(value)
  if (!isRefusal(shaped)) throw new Unanswered('the answer is not a refusal')
  return shaped
}

async function orUnanswered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new Unanswered('the node does not answer', { cause })
  }
}

async function openWatch(base: string, cookie: string): Promise<Watch> {
  const ending = new AbortController()
  const response = await orUnanswered(
    fetch(new URL(consoleApi.stream.path, base), { headers: { cookie }, signal: ending.signal }),
  )
  if (!response.ok || response.body === null) throw new Unanswered(`the stream answers ${response.status}`)
  let count = 0
  const waiting = new Set<() => void>()
  const follow = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const text of body.pipeThrough(new TextDecoderStream() as never) as ReadableStream<string>) {
      count += text.split('data: ').length - 1
      for (const check of waiting) check()
    }
  }
  // The stream ends when we close it or the node stops; in the second case the next call fails.
  follow(response.body).catch(() => undefined)
  return {
    count: () => count,
    next: (seen, withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => settle(false), withinMs)
        const check = (): void => {
          if (count > seen) settle(true)
        }
        function settle(hasArrived: boolean): void {
          clearTimeout(timer)
          waiting.delete(check)
          resolve(hasArrived)
        }
        waiting.add(check)
        check()
      }),
    close: () => ending.abort(),
  }
}
