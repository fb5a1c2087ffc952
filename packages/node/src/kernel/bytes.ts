/**
 * Bytes to and from our own clients. What leaves here is inert whatever it contains (EXC-68): no type that a browser
 * would run, no sniffing, a sandbox without scripts, and never a name that came from outside in a header unescaped.
 */
import { Readable } from 'node:stream'
import type { ByteSource } from './blobs.ts'
import { rangeOf } from './range.ts'
import type { ByteRange } from './range.ts'

/** The chunks of a request's body. */
export async function* bytesOf(request: Request): AsyncIterable<Uint8Array> {
  if (request.body === null) return
  for await (const chunk of request.body) yield chunk
}

interface About {
  /** Of the whole. */
  readonly sizeBytes?: number
  readonly fileName: string
  readonly mediaType?: string
}

/** A response that a browser can only store. */
export function inertResponse(chunks: ByteSource, about: About): Response {
  return new Response(streamOf(chunks), { headers: inertHeaders(about) })
}

interface Parts {
  readonly whole: () => AsyncIterable<Uint8Array>
  /** What is given is already known to be a part of the right whole. */
  readonly part: (range: ByteRange) => AsyncIterable<Uint8Array>
}

/** As `inertResponse`, for what can be read in part. `tag` names these very bytes, for a reader who comes back. */
export function partialResponse(
  request: Request,
  parts: Parts,
  about: About & { readonly sizeBytes: number; readonly tag: string },
): Response {
  const { sizeBytes } = about
  const headers = { ...inertHeaders(about), 'accept-ranges': 'bytes', etag: `"${about.tag}"` }
  const known = request.headers.get('if-range')
  const asked = known === null || known === headers.etag ? request.headers.get('range') : null
  const range = rangeOf(asked, sizeBytes)
  if (range === null) return new Response(streamOf(parts.whole()), { headers })
  if (range === 'unsatisfiable') {
    const none = { ...headers, 'content-range': `bytes */${sizeBytes}`, 'content-length': '0' }
    return new Response(null, { status: 416, headers: none })
  }
  const { fromByte, toByte } = range
  const some = {
    ...headers,
    'content-range': `bytes ${fromByte}-${toByte - 1}/${sizeBytes}`,
    'content-length': String(toByte - fromByte),
  }
  return new Response(streamOf(parts.part(range)), { status: 206, headers: some })
}

function inertHeaders(about: About): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': about.mediaType ?? 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(about.fileName)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
  if (about.sizeBytes !== undefined) headers['content-length'] = String(about.sizeBytes)
  return headers
}

/** A stream that asks for the next chunk only when the reader wants it. */
function streamOf(chunks: ByteSource): ReadableStream<Uint8Array<ArrayBuffer>> {
  return Readable.toWeb(Readable.from(chunks, { objectMode: false })) as ReadableStream<
    Uint8Array<ArrayBuffer>
  >
}
