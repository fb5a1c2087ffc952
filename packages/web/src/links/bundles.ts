/** An export or import of a bundle: its progress and its outcome. */
import { useRef, useState } from 'react'
import { links } from '#api/links.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { saveBytes } from '../core/bytes.ts'
import { bytesAddress, upload } from '../core/client.ts'
import { refreshRoutes } from '../core/queries.ts'

interface Progress {
  readonly doneBytes: number
  /** 0 if it is not known in advance. */
  readonly totalBytes: number
}

export type BundleWork =
  | { readonly state: 'idle' }
  | ({ readonly state: 'saving' } & Progress)
  | ({ readonly state: 'reading'; readonly name: string } & Progress)
  | { readonly state: 'saved'; readonly name: string; readonly sizeBytes: number }
  | { readonly state: 'taken'; readonly partner: string; readonly size: number; readonly stored: number }
  | { readonly state: 'stopped' }
  | { readonly state: 'refused'; readonly refusal: Refusal }

export interface Bundles {
  readonly work: BundleWork
  save(partner: string): void
  takeIn(file: File): void
  stop(): void
}

/** Runs exports and imports, one at a time. */
export function useBundles(): Bundles {
  const [work, setWork] = useState<BundleWork>({ state: 'idle' })
  const running = useRef<AbortController | null>(null)

  const run = async (begin: (signal: AbortSignal) => Promise<BundleWork>): Promise<void> => {
    if (running.current !== null) return
    const controller = new AbortController()
    running.current = controller
    const end = await begin(controller.signal).catch((): BundleWork =>
      controller.signal.aborted ? { state: 'stopped' } : { state: 'refused', refusal: refuse('internal') },
    )
    running.current = null
    setWork(end)
    await refreshRoutes('links')
  }
  const save = (partner: string): void => {
    setWork({ state: 'saving', doneBytes: 0, totalBytes: 0 })
    void run(async (signal) => {
      const onProgress = (doneBytes: number, totalBytes: number | null): void =>
        setWork({ state: 'saving', doneBytes, totalBytes: totalBytes ?? 0 })
      const url = bytesAddress(links.exportBundle, { partner })
      const saved = await saveBytes(url, `${partner}.entente`, { onProgress, signal })
      return isRefusal(saved) ? { state: 'refused', refusal: saved } : { state: 'saved', ...saved }
    })
  }
  const takeIn = (file: File): void => {
    const { name } = file
    setWork({ state: 'reading', name, doneBytes: 0, totalBytes: file.size })
    void run(async (signal) => {
      const onProgress = (doneBytes: number, totalBytes: number): void =>
        setWork({ state: 'reading', name, doneBytes, totalBytes })
      const taken = await upload(links.importBundle, {}, file, { onProgress, signal })
      return isRefusal(taken) ? { state: 'refused', refusal: taken } : { state: 'taken', ...taken }
    })
  }
  return { work, save, takeIn, stop: () => running.current?.abort() }
}
