/** A document as pictures of its pages, drawn when they are near the viewport. */
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../core/texts.ts'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { Fetched } from './Fetched.tsx'
import { PdfPage } from './PdfPage.tsx'
import { ZoomBar, useWidth, useZoom } from './Zoom.tsx'
import type { ViewProps } from './content.ts'
import type { OpenDocument, PDFDocumentProxy } from './pdf.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

/** The maximum width of a page. */
const FIT_WIDTH_PX_MAX = 920

export function PdfView(props: ViewProps) {
  return <Fetched content={props.content}>{(buffer) => <Document {...props} buffer={buffer} />}</Fetched>
}

type Parsed = { readonly document: PDFDocumentProxy; readonly heightRatio: number } | 'parsing' | 'broken'

/** Loads the parser only when it is needed. */
function useParsed(buffer: ArrayBuffer): Parsed {
  const [parsed, setParsed] = useState<Parsed>('parsing')
  useEffect(() => {
    let opened: OpenDocument | null = null
    let isLeft = false
    const open = async (): Promise<void> => {
      const { openDocument } = await import('./pdf.ts')
      opened = await openDocument(buffer)
      if (isLeft) return opened.close()
      const first = (await opened.document.getPage(1)).getViewport({ scale: 1 })
      if (!isLeft) setParsed({ document: opened.document, heightRatio: first.height / first.width })
    }
    open().catch(() => {
      if (!isLeft) setParsed('broken')
    })
    return () => {
      isLeft = true
      opened?.close()
    }
  }, [buffer])
  return parsed
}

function Document({ buffer, onShown }: ViewProps & { readonly buffer: ArrayBuffer }) {
  const t = useText(contentWords)
  const parsed = useParsed(buffer)
  const zoom = useZoom()
  const body = useRef<HTMLDivElement>(null)
  const roomPx = useWidth(body) - 24
  if (parsed === 'broken') return <p className={classes.broken}>{t('cannotDraw')}</p>
  const widthPx = Math.max(120, Math.min(roomPx, FIT_WIDTH_PX_MAX)) * zoom.factor
  return (
    <>
      <ZoomBar zoom={zoom} />
      <div ref={body} className={classes.body} role="region" tabIndex={0} aria-label={t('pages')}>
        {parsed === 'parsing' && <PageSkeleton lines={8} />}
        {parsed !== 'parsing' &&
          roomPx > 0 &&
          Array.from({ length: parsed.document.numPages }, (_, index) => (
            <PdfPage
              key={index}
              document={parsed.document}
              pageNumber={index + 1}
              widthPx={Math.round(widthPx)}
              heightRatio={parsed.heightRatio}
              onDrawn={onShown}
            />
          ))}
      </div>
    </>
  )
}
