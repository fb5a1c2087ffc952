/**
 * One page of a document: an empty box until it is near the viewport, then drawn, with its text for screen
 * readers.
 */
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useText } from '../../core/texts.ts'
import type { PDFDocumentProxy } from './pdf.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

/** Pages are drawn when they are this close to the viewport. */
const NEAR = '600px 0px'

interface Props {
  readonly document: PDFDocumentProxy
  /** The first page is 1. */
  readonly pageNumber: number
  readonly widthPx: number
  /** The ratio of height to width of the first page, used until this page is drawn. */
  readonly heightRatio: number
  readonly onDrawn: () => void
}

export function PdfPage({ document, pageNumber, widthPx, heightRatio, onDrawn }: Props) {
  const t = useText(contentWords)
  const canvas = useRef<HTMLCanvasElement>(null)
  const isNear = useIsNear(canvas)
  const [words, setWords] = useState('')
  const [state, setState] = useState<'empty' | 'drawn' | 'failed'>('empty')
  useEffect(() => {
    const target = canvas.current
    if (!isNear || target === null) return undefined
    let stop = (): void => undefined
    let isLeft = false
    const draw = async (): Promise<void> => {
      const { drawPage } = await import('./pdf.ts')
      if (isLeft) return
      const drawing = drawPage(document, pageNumber, target, widthPx)
      stop = drawing.stop
      const text = await drawing.done
      if (isLeft) return
      setWords(text)
      setState('drawn')
      onDrawn()
    }
    draw().catch(() => {
      if (!isLeft) setState('failed')
    })
    return () => {
      isLeft = true
      stop()
    }
  }, [document, pageNumber, widthPx, isNear, onDrawn])
  const label = t('pageOf', { page: pageNumber, count: document.numPages })
  const heightPx = state === 'drawn' ? undefined : Math.round(widthPx * heightRatio)
  return (
    <figure className={classes.page} style={{ width: widthPx }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        style={{ width: '100%', height: heightPx ?? 'auto' }}
      />
      {state === 'failed' && <p className={classes.broken}>{t('pageFailed')}</p>}
      <figcaption>{label}</figcaption>
      <p className={classes.spoken}>{words}</p>
    </figure>
  )
}

/** True once an element has been near the viewport. */
function useIsNear(of: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const element = of.current
    if (isNear || element === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true)
      },
      { rootMargin: NEAR },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [of, isNear])
  return isNear
}
