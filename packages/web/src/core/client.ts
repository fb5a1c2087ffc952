/** The typed client of the node's own API: a route contract and its input in, a reply or a refusal out. */
import type { z } from 'zod'
import { addressOf } from '#api/address.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { RefusalsOf, ReplyOf, Route } from '#api/route.ts'

/** The input of a call: fields with a default are optional. */
export type CallInput<R extends Route> = z.input<R['input']>

/** A refusal as an error, for code that can only throw (queries, suspended pages). */
export class RefusedError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.reasons[0].code)
    this.name = 'RefusedError'
    this.refusal = refusal
  }
}

/** The URL of a route that replies with bytes, for a link or a fetch. */
export function bytesAddress<R extends Route>(route: R, input: CallInput<R>): string {
  return addressOf(route, input as Record<string, unknown>).url
}

export interface CallOptions {
  /** Two calls with the same key have one effect. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** Calls a route. Refuses with `unavailable` if the node cannot be reached. An aborted call throws. */
export async function call<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: CallOptions = {},
): Promise<ReplyOf<R> | Refusal<RefusalsOf<R>>> {
  const { url, body } = addressOf(route, input as Record<string, unknown>)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey
  const request: RequestInit = { method: route.method, headers, credentials: 'same-origin' }
  if (options.signal !== undefined) request.signal = options.signal
  if (route.method !== 'GET') {
    headers['content-type'] = 'application/json'
    request.body = JSON.stringify(body)
  }
  let text: string
  try {
    text = await (await fetch(url, request)).text()
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    return unavailable<R>()
  }
  return readReply<R>(text)
}

/** As `call`, but a refusal is thrown as a `RefusedError`. */
export async function callOrThrow<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: CallOptions = {},
): Promise<ReplyOf<R>> {
  const reply = await call(route, input, options)
  if (isRefusal(reply)) throw new RefusedError(reply)
  return reply
}

export interface UploadOptions {
  /** Called with the bytes sent so far, and the total. */
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void
  readonly signal?: AbortSignal
}

/**
 * Uploads a file to a route whose request is bytes. By XMLHttpRequest, because fetch reports no upload
 * progress.
 */
export function upload<R extends Route>(
  route: R,
  input: CallInput<R>,
  content: Blob,
  options: UploadOptions = {},
): Promise<ReplyOf<R> | Refusal<RefusalsOf<R>>> {
  const { url } = addressOf(route, input as Record<string, unknown>)
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    request.open(route.method, url)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => {
      options.onProgress?.(event.loaded, event.lengthComputable ? event.total : content.size)
    })
    request.addEventListener('load', () => resolve(readReply<R>(request.responseText)))
    request.addEventListener('error', () => resolve(unavailable<R>()))
    request.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')))
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(content)
  })
}

/** Parses the response of a route. The node refuses only with the codes that the route declares. */
function readReply<R extends Route>(text: string): ReplyOf<R> | Refusal<RefusalsOf<R>> {
  try {
    return JSON.parse(text) as ReplyOf<R> | Refusal<RefusalsOf<R>>
  } catch {
    // The reply is not ours: it is from a proxy or from a node that is stopping.
    return unavailable<R>()
  }
}

/** Every route declares this code. */
function unavailable<R extends Route>(): Refusal<RefusalsOf<R>> {
  return refuse('unavailable') as Refusal<RefusalsOf<R>>
}
