/**
 * Shows content without executing anything in it, with both markings and the control number always visible
 * (EXC-68).
 */
import { ActionIcon } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { StampsShape } from '#api/shapes.ts'
import { useText } from '../../core/texts.ts'
import { Stamps } from '../../ui/Stamps.tsx'
import { Icon } from '../../ui/icons.tsx'
import { sizeText } from '../../ui/moment.ts'
import { ImageView } from './ImageView.tsx'
import { PdfView } from './PdfView.tsx'
import { NotShown, TextView, VideoView } from './PlainViews.tsx'
import type { Content, ViewProps } from './content.ts'
import { DRAWN_SIZE_BYTES_MAX } from './show.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

interface Props {
  readonly content: Content
  readonly stamps: z.infer<typeof StampsShape>
  readonly control: string
  /** Called once the content is on the screen. */
  readonly onShown?: () => void
  readonly onClose?: () => void
}

export function ContentViewer({ content, stamps, control, onShown, onClose }: Props) {
  const t = useText(contentWords)
  const frame = useRef<HTMLElement>(null)
  const isOpened = onClose !== undefined
  useEffect(() => {
    // The reader asked for it, so it is scrolled into view.
    if (!isOpened) return
    frame.current?.focus({ preventScroll: true })
    frame.current?.scrollIntoView({ block: 'start' })
  }, [isOpened])
  return (
    <section ref={frame} tabIndex={-1} className={classes.viewer} aria-label={t('contentOf', { control })}>
      <header className={classes.head}>
        <strong className={classes.title}>{content.title}</strong>
        <Stamps stamps={stamps} />
        {onClose !== undefined && (
          <ActionIcon className={classes.close ?? ''} aria-label={t('closeContent')} onClick={onClose}>
            <Icon name="cross" />
          </ActionIcon>
        )}
      </header>
      <Shown content={content} control={control} onShown={onShown ?? nothing} />
      <footer className={classes.foot}>
        <span>{control}</span>
        <span>
          {[content.fileName, content.mediaType, content.sizeBytes === 0 ? null : sizeText(content.sizeBytes)]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </footer>
    </section>
  )
}

function nothing(): void {}

function Shown(props: ViewProps) {
  const { show, sizeBytes } = props.content
  const isDrawable = sizeBytes <= DRAWN_SIZE_BYTES_MAX
  switch (show) {
    case 'text':
      return isDrawable ? <TextView {...props} /> : <NotShown {...props} why="tooLargeToShow" />
    case 'pdf':
      return isDrawable ? <PdfView {...props} /> : <NotShown {...props} why="tooLargeToShow" />
    case 'image':
      return isDrawable ? <ImageView {...props} /> : <NotShown {...props} why="tooLargeToShow" />
    case 'video':
      return <VideoView {...props} />
    case 'none':
      return <NotShown {...props} why="notShown" />
  }
}
