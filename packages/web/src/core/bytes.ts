/** Bytes from the node: read whole to be drawn, or saved as a file. A refusal is returned as a refusal. */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'

export interface ReadOptions {
  /** An aborted read throws. */
  readonly signal?: AbortSignal
  /** Called with the bytes so far, and the total if the node states it. */
  readonly onProgress?: (doneBytes: number, totalBytes: number | null) => void
}

/**
 * Reads a URL whole. A stream that breaks off is refused as `content_broken`: partial content is never used.
 */
export function readBytes(url: string, options: ReadOptions = {}): Promise<ArrayBuffer | Refusal> {
  return reading(url, options, (response) => response.arrayBuffer())
}

export interface SavedFile {
  readonly name: string
  readonly sizeBytes: number
}

/** Saves the bytes of a URL under the name that the node suggests. */
export function saveBytes(
  url: string,
  nameOtherwise: string,
  options: ReadOptions = {},
): Promise<SavedFile | Refusal> {
  return reading(url, options, async (response) => {
    const suggested = fileNameIn(response.headers.get('content-disposition') ?? '')
    const name = suggested === '' ? nameOtherwise : suggested
    // The browser keeps a large body on disk, not in memory.
    const content = await response.blob()
    handOver(content, name)
    return { name, sizeBytes: content.size }
  })
}

async function reading<T>(
  url: string,
  { signal, onProgress }: ReadOptions,
  read: (response: Response) => Promise<T>,
): Promise<T | Refusal> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'same-origin', ...(signal === undefined ? {} : { signal }) })
  } catch (error) {
    if (signal?.aborted === true) throw error
    return refuse('unavailable')
  }
  if (!response.ok) return refusalIn(response)
  try {
    return await read(onProgress === undefined ? response : counted(response, onProgress))
  } catch (error) {
    if (signal?.aborted === true) throw error
    return refuse('content_broken')
  }
}

async function refusalIn(response: Response): Promise<Refusal> {
  try {
    const value: unknown = await response.json()
    return isRefusal(value) ? value : refuse('internal')
  } catch {
    // The reply is not ours: it is from a proxy or from a node that is stopping.
    return refuse('unavailable')
  }
}

/** The same reply, counting its bytes as they arrive. */
function counted(response: Response, onProgress: NonNullable<ReadOptions['onProgress']>): Response {
  const declared = Number(response.headers.get('content-length'))
  const totalBytes = Number.isSafeInteger(declared) && declared > 0 ? declared : null
  let doneBytes = 0
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      doneBytes += chunk.byteLength
      onProgress(doneBytes, totalBytes)
      controller.enqueue(chunk)
    },
  })
  return new Response(response.body?.pipeThrough(counter) ?? null, { headers: response.headers })
}

/** The file name in an `attachment` header, in either form; empty if there is none or if it is a path. */
export function fileNameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded === undefined) return /filename="([^"/\\]{1,120})"/.exec(disposition)?.[1] ?? ''
  try {
    return decodeURIComponent(encoded)
  } catch {
    return ''
  }
}

/** Lets the browser save bytes without a media type. */
function handOver(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content.slice(0, content.size, 'application/octet-stream'))
  link.download = name
  link.click()
  // By the next turn the browser holds the blob itself.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
