/**
 * Bytes to and from our own clients. What leaves here is inert whatever it contains (EXC-68): no type that a browser
 * would run, no sniffing, a sandbox without scripts, and never a name that came from outside in a header unescaped.
 */

/** The chunks of a request's body. */
export async function* bytesOf(request: Request): AsyncIterable<Uint8Array> {
  if (request.body === null) return
  for await (const chunk of request.body) yield chunk
}

/** A response that a browser can only store. */
export function inertResponse(
  chunks: AsyncIterable<Uint8Array>,
  about: { readonly sizeBytes?: number; readonly fileName: string; readonly mediaType?: string },
): Response {
  const headers: Record<string, string> = {
    'content-type': about.mediaType ?? 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(about.fileName)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
  if (about.sizeBytes !== undefined) headers['content-length'] = String(about.sizeBytes)
  return new Response(streamOf(chunks), { headers })
}

/** A stream that asks for the next chunk only when the reader wants it. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await source.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await source.return?.()
    },
  })
}
