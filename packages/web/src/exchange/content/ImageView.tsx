/** Draws a picture as pixels on a canvas; the file never becomes an element of the page. */
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../core/texts.ts'
import { Fetched } from './Fetched.tsx'
import { ZoomBar, useWidth, useZoom } from './Zoom.tsx'
import type { ViewProps } from './content.ts'
import { exchangeWords } from '../words.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

/** Browsers refuse a canvas of more pixels than this. */
const SIDE_PX_MAX = 8192

export function ImageView(props: ViewProps) {
  return <Fetched content={props.content}>{(buffer) => <Picture {...props} buffer={buffer} />}</Fetched>
}

function Picture({ buffer, content, control, onShown }: ViewProps & { readonly buffer: ArrayBuffer }) {
  const t = useText(contentWords, exchangeWords)
  const zoom = useZoom()
  const body = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isBroken, setBroken] = useState(false)
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 })
  const roomPx = useWidth(body) - 24
  useEffect(() => {
    let isLeft = false
    decoded(new Blob([buffer], { type: content.mediaType })).then(
      (bitmap) => {
        if (isLeft || canvas.current === null) return
        canvas.current.width = bitmap.width
        canvas.current.height = bitmap.height
        canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0)
        setSize({ widthPx: bitmap.width, heightPx: bitmap.height })
        bitmap.close()
        onShown()
      },
      () => setBroken(true),
    )
    return () => {
      isLeft = true
    }
  }, [buffer, content.mediaType, onShown])
  if (isBroken) return <p className={classes.broken}>{t('cannotDraw')}</p>
  const fitPx = Math.min(roomPx, size.widthPx)
  return (
    <>
      <ZoomBar zoom={zoom} />
      <div
        ref={body}
        className={classes.body}
        role="region"
        tabIndex={0}
        aria-label={t('imageOf', { control })}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('content')}
          style={{ width: Math.max(1, fitPx * zoom.factor), height: 'auto' }}
        />
      </div>
    </>
  )
}

/** Decodes a picture, scaled down if it exceeds the limit of a canvas. */
async function decoded(blob: Blob): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(blob)
  const scale = SIDE_PX_MAX / Math.max(bitmap.width, bitmap.height)
  if (scale >= 1) return bitmap
  const smaller = await createImageBitmap(bitmap, {
    resizeWidth: Math.floor(bitmap.width * scale),
    resizeHeight: Math.floor(bitmap.height * scale),
  })
  bitmap.close()
  return smaller
}
