/** The one piece of bundle work that runs on a page: saving or taking in, how far, and how it ended. */
import { useRef, useState } from 'react'
import { links } from '#api/links.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { upload } from '../client.ts'
import { refreshSlice } from '../queries.ts'
import { saveBundle } from './bundleFile.ts'

interface Progress {
  readonly doneBytes: number
  /** 0 where it is not known before the end. */
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

/** Runs bundle work, one at a time. */
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
    await refreshSlice('federation')
  }
  const save = (partner: string): void => {
    setWork({ state: 'saving', doneBytes: 0, totalBytes: 0 })
    void run(async (signal) => {
      const onProgress = (doneBytes: number, totalBytes: number): void =>
        setWork({ state: 'saving', doneBytes, totalBytes })
      const saved = await saveBundle(partner, { onProgress, signal })
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
