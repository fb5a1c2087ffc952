/** Uploads, by draft. They continue while other pages are shown. */
import { useSyncExternalStore } from 'react'
import { drafts } from '#api/exchange/drafts.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { upload } from '../../core/client.ts'
import { refreshRoutes } from '../../core/queries.ts'

export interface Upload {
  readonly file: File
  readonly state: 'running' | 'stopped' | 'refused'
  readonly sentBytes: number
  readonly totalBytes: number
  readonly refusal: Refusal | null
}

const uploads = new Map<string, Upload>()
const stops = new Map<string, AbortController>()
const listeners = new Set<() => void>()

function put(draft: string, next: Upload | null): void {
  if (next === null) uploads.delete(draft)
  else uploads.set(draft, next)
  for (const listener of listeners) listener()
}

/** Uploads a file to a draft. Resolves when it has arrived, was refused or was stopped; never throws. */
export async function startUpload(draft: string, file: File): Promise<void> {
  stops.get(draft)?.abort()
  const stop = new AbortController()
  stops.set(draft, stop)
  const begun: Upload = { file, state: 'running', sentBytes: 0, totalBytes: file.size, refusal: null }
  put(draft, begun)
  const mediaType = file.type === '' ? 'application/octet-stream' : file.type.slice(0, 120)
  const input = { draft, fileName: file.name.slice(0, 200), mediaType }
  try {
    const reply = await upload(drafts.uploadContent, input, file, {
      signal: stop.signal,
      onProgress: (sentBytes, totalBytes) => put(draft, { ...begun, sentBytes, totalBytes }),
    })
    if (stops.get(draft) !== stop) return
    // The draft is refetched before the upload is dropped, so that the form always shows the file.
    if (!isRefusal(reply)) await refreshRoutes('exchange')
    put(draft, isRefusal(reply) ? { ...begun, state: 'refused', refusal: reply } : null)
  } catch {
    // It throws only if it is stopped; then a new upload of the draft has replaced it.
    if (stops.get(draft) === stop) put(draft, { ...begun, state: 'stopped' })
  }
}

export function stopUpload(draft: string): void {
  stops.get(draft)?.abort()
}

/** Forgets an upload that was stopped or refused. */
export function forgetUpload(draft: string): void {
  put(draft, null)
}

/** The upload of a draft; null if there is none. */
export function useUpload(draft: string): Upload | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads.get(draft) ?? null,
  )
}
