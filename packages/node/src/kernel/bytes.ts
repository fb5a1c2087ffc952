/**
 * Bytes to and from our own clients. A response is inert whatever it contains (EXC-68): no type that a browser would
 * run, no sniffing, a sandbox without scripts, and file names are escaped in headers.
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

/** All of a source in memory. */
export async function collect(source: ByteSource): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source))
}

interface About {
  /** Of the whole, also where only a range is sent. */
  readonly sizeBytes?: number
  readonly fileName: string
  readonly mediaType?: string
}

/** A response that a browser can save but not run. */
export function inertResponse(chunks: ByteSource, about: About): Response {
  return new Response(streamOf(chunks), { headers: inertHeaders(about) })
}

interface Parts {
  readonly whole: () => AsyncIterable<Uint8Array>
  /** The whole has been verified before a range of it is read. */
  readonly part: (range: ByteRange) => AsyncIterable<Uint8Array>
}

/** As `inertResponse`, with range requests. `tag` identifies the bytes, so that a client can resume. */
export function partialResponse(
  request: Request,
  parts: Parts,
  about: About & { readonly sizeBytes: number; readonly tag: string },
): Response {
  const { sizeBytes } = about
  const headers = { ...inertHeaders(about), 'accept-ranges': 'bytes', etag: `"${about.tag}"` }
  const ifRange = request.headers.get('if-range')
  const isSame = ifRange === null || ifRange === headers.etag
  const range = rangeOf(isSame ? request.headers.get('range') : null, sizeBytes)
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

/** A stream that pulls the next chunk only when the reader asks for it. */
function streamOf(chunks: ByteSource): ReadableStream<Uint8Array<ArrayBuffer>> {
  return Readable.toWeb(Readable.from(chunks, { objectMode: false })) as ReadableStream<
    Uint8Array<ArrayBuffer>
  >
}
