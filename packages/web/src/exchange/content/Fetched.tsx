/**
 * Fetches content whole, shows the progress, and passes it to the component that draws it, or shows the
 * refusal.
 */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { useText } from '../../core/texts.ts'
import { RefusalNotice } from '../../ui/RefusalNotice.tsx'
import { WorkProgress } from '../../ui/WorkProgress.tsx'
import { readBytes } from '../../core/bytes.ts'
import type { Content } from './content.ts'
import { exchangeWords } from '../words.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

type Reading =
  | { readonly state: 'reading'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly state: 'here'; readonly buffer: ArrayBuffer }
  | { readonly state: 'refused'; readonly refusal: Refusal }

function useBytes(content: Content): Reading {
  const [reading, setReading] = useState<Reading>(() => begun(content))
  useEffect(() => {
    const stop = new AbortController()
    const onProgress = (doneBytes: number, totalBytes: number | null): void =>
      setReading({ state: 'reading', doneBytes, totalBytes: totalBytes ?? content.sizeBytes })
    readBytes(content.url, { signal: stop.signal, onProgress }).then(
      (bytes) =>
        setReading(
          isRefusal(bytes) ? { state: 'refused', refusal: bytes } : { state: 'here', buffer: bytes },
        ),
      // It throws only if it is aborted: the reader has left the page.
      () => undefined,
    )
    return () => stop.abort()
  }, [content.url, content.sizeBytes])
  return reading
}

function begun(content: Content): Reading {
  return { state: 'reading', doneBytes: 0, totalBytes: content.sizeBytes }
}

interface Props {
  readonly content: Content
  readonly children: (buffer: ArrayBuffer) => ReactNode
}

export function Fetched({ content, children }: Props) {
  const t = useText(contentWords, exchangeWords)
  const reading = useBytes(content)
  switch (reading.state) {
    case 'reading':
      return (
        <div className={classes.body}>
          <WorkProgress label={t('reading')} doneBytes={reading.doneBytes} totalBytes={reading.totalBytes} />
        </div>
      )
    case 'refused':
      return <RefusalNotice refusal={reading.refusal} isAnswer />
    case 'here':
      return children(reading.buffer)
  }
}
