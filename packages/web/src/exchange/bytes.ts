/** Bytes from the node: read whole to be drawn here, or saved as a file. A refusal comes back as a refusal. */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** Bytes so far, and in all where the node says so. */
  readonly onProgress?: (doneBytes: number, totalBytes: number | null) => void
}

export interface Bytes {
  readonly buffer: ArrayBuffer
  /** As the node suggests it; empty when it does not. */
  readonly fileName: string
}

/** Reads an address whole. A stream that breaks off is `content_broken`: half a content is none. */
export async function readBytes(url: string, options: ReadOptions = {}): Promise<Bytes | Refusal> {
  const request: RequestInit = { credentials: 'same-origin' }
  if (options.signal !== undefined) request.signal = options.signal
  let response: Response
  try {
    response = await fetch(url, request)
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    return refuse('unavailable')
  }
  if (!response.ok) return refusalIn(response)
  try {
    const declared = Number(response.headers.get('content-length'))
    const total = Number.isSafeInteger(declared) && declared > 0 ? declared : null
    const buffer = await gathered(response, total, options)
    return { buffer, fileName: fileNameIn(response.headers.get('content-disposition') ?? '') }
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    return refuse('content_broken')
  }
}

async function refusalIn(response: Response): Promise<Refusal> {
  try {
    const value: unknown = await response.json()
    return isRefusal(value) ? value : refuse('internal')
  } catch {
    // A proxy, or a node that is stopping, answered in its own words.
    return refuse('unavailable')
  }
}

async function gathered(
  response: Response,
  total: number | null,
  options: ReadOptions,
): Promise<ArrayBuffer> {
  const reader = response.body?.getReader()
  if (reader === undefined) return response.arrayBuffer()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let doneBytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    doneBytes += value.length
    options.onProgress?.(doneBytes, total)
  }
  return new Blob(chunks).arrayBuffer()
}

/** Reads the file name of an `attachment; filename*=UTF-8''…` header. */
export function fileNameIn(disposition: string): string {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (coded === undefined) return ''
  try {
    return decodeURIComponent(coded)
  } catch {
    return ''
  }
}

/** Saves what an address gives, under the name that the node suggests. Null when it was saved. */
export async function saveBytes(url: string, nameOtherwise: string): Promise<Refusal | null> {
  const bytes = await readBytes(url)
  if (isRefusal(bytes)) return bytes
  saveAs(new Blob([bytes.buffer]), bytes.fileName === '' ? nameOtherwise : bytes.fileName)
  return null
}

/** Hands bytes of no type to the browser's own saving. */
function saveAs(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  // The browser has taken its own hold of the blob by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
