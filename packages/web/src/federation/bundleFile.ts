/** A bundle as a file on this machine: read from the node with progress, then saved. */
import { links } from '#api/links.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { bytesAddress } from '../client.ts'

export interface SavedBundle {
  readonly name: string
  readonly sizeBytes: number
}

/** The file name in a `content-disposition`; the fallback where it names none. */
export function fileNameIn(header: string | null, fallback: string): string {
  return /filename="([^"/\\]{1,120})"/.exec(header ?? '')?.[1] ?? fallback
}

interface Options {
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
  readonly signal: AbortSignal
}

/** Saves what the partner does not have yet. An aborted run throws; what the rules refuse is returned. */
export async function saveBundle(partner: string, options: Options): Promise<SavedBundle | Refusal> {
  const reply = await fetch(bytesAddress(links.exportBundle, { partner }), {
    credentials: 'same-origin',
    signal: options.signal,
  }).catch((error: unknown) => {
    if (options.signal.aborted) throw error
    return null
  })
  if (reply === null) return refuse('unavailable')
  if (!reply.ok || reply.body === null) {
    const said: unknown = await reply.json().catch(() => null)
    return isRefusal(said) ? said : refuse('unavailable')
  }
  const totalBytes = Number(reply.headers.get('content-length') ?? 0)
  let doneBytes = 0
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      doneBytes += chunk.byteLength
      options.onProgress(doneBytes, totalBytes)
      controller.enqueue(chunk)
    },
  })
  // The browser keeps a large body on disk, not in memory.
  const content = await new Response(reply.body.pipeThrough(counter)).blob()
  const name = fileNameIn(reply.headers.get('content-disposition'), `${partner}.entente`)
  saveAs(content, name)
  return { name, sizeBytes: content.size }
}

/** Hands a file to the reader, as a download. */
function saveAs(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
