/** Content as text, as video, or not shown and only saved as inert bytes. */
import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../core/texts.ts'
import { Icon } from '../../ui/icons.tsx'
import { Fetched } from './Fetched.tsx'
import type { ViewProps } from './content.ts'
import { DRAWN_SIZE_BYTES_MAX } from './show.ts'
import { exchangeWords } from '../words.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

export function TextView(props: ViewProps) {
  if (props.content.text !== null) return <Text {...props} text={props.content.text} />
  return <Fetched content={props.content}>{(buffer) => <Decoded {...props} buffer={buffer} />}</Fetched>
}

function Decoded({ buffer, ...props }: ViewProps & { readonly buffer: ArrayBuffer }) {
  // Bytes that are not UTF-8 become visible replacement characters.
  const text = useMemo(() => new TextDecoder().decode(buffer), [buffer])
  return <Text {...props} text={text} />
}

/** Plain text: React escapes it. */
function Text({ text, onShown }: ViewProps & { readonly text: string }) {
  const t = useText(contentWords, exchangeWords)
  useEffect(onShown, [onShown])
  return (
    <div className={classes.body} role="region" tabIndex={0} aria-label={t('textField')}>
      <p className={classes.text}>{text}</p>
    </div>
  )
}

export function VideoView(props: ViewProps) {
  const { content } = props
  // It may not fit in memory, so the element streams it from the node.
  if (content.sizeBytes > DRAWN_SIZE_BYTES_MAX) return <Player {...props} source={content.url} />
  return <Fetched content={content}>{(buffer) => <Player {...props} source={buffer} />}</Fetched>
}

function Player({
  source,
  content,
  control,
  onShown,
}: ViewProps & { readonly source: string | ArrayBuffer }) {
  const t = useText(contentWords, exchangeWords)
  const video = useRef<HTMLVideoElement>(null)
  const [isBroken, setBroken] = useState(false)
  const { mediaType } = content
  useEffect(() => {
    const element = video.current
    if (element === null) return undefined
    const url =
      typeof source === 'string' ? source : URL.createObjectURL(new Blob([source], { type: mediaType }))
    element.src = url
    return () => {
      element.removeAttribute('src')
      URL.revokeObjectURL(url)
    }
  }, [source, mediaType])
  if (isBroken) return <p className={classes.broken}>{t('cannotDraw')}</p>
  return (
    <div className={classes.body}>
      <video
        ref={video}
        controls
        playsInline
        disablePictureInPicture
        controlsList="nodownload noremoteplayback"
        preload="metadata"
        aria-label={t('videoOf', { control })}
        onLoadedData={onShown}
        onError={() => setBroken(true)}
      />
    </div>
  )
}

interface NotShownProps extends ViewProps {
  readonly why: 'notShown' | 'tooLargeToShow'
}

/** The node sends it as an attachment without a media type, so that browsers only save it. */
export function NotShown({ content, onShown, why }: NotShownProps) {
  const t = useText(contentWords, exchangeWords)
  return (
    <div className={classes.notShown}>
      <strong>
        <Icon name="stop" /> {t(why)}
      </strong>
      {why === 'notShown' && <p>{t('notShownHelp')}</p>}
      <Button
        component="a"
        href={content.url}
        download={content.fileName ?? ''}
        leftSection={<Icon name="download" />}
        onClick={onShown}
      >
        {t('saveInert')}
      </Button>
    </div>
  )
}
