/**
 * A file for a report: dropped, chosen, or taken with a phone's camera. An unusable file is refused at once.
 */
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ChangeEvent, DragEvent } from 'react'
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { Icon } from '../../ui/icons.tsx'
import { sizeText } from '../../ui/moment.ts'
import { FILE_SIZE_BYTES_MAX } from './report.ts'
import { draftWords } from './words.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Drafts.module.css'

interface Props {
  readonly file: File | null
  readonly kept: DraftView['file']
  readonly onChoose: (file: File | null) => void
}

export function FileField({ file, kept, onChoose }: Props) {
  const t = useText(draftWords)
  const chooser = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [wrong, setWrong] = useState('')
  const take = (next: File | undefined): void => {
    if (next === undefined) return
    const name = next.name
    if (next.size === 0) return setWrong(t('fileEmpty', { name }))
    if (next.size > FILE_SIZE_BYTES_MAX) {
      const [size, limit] = [sizeText(next.size), sizeText(FILE_SIZE_BYTES_MAX)]
      return setWrong(t('fileTooLarge', { name, size, limit }))
    }
    setWrong('')
    onChoose(next)
  }
  const onChosen = (event: ChangeEvent<HTMLInputElement>): void => {
    take(event.currentTarget.files?.[0])
    // Lets the reader choose the same file again after removing it.
    event.currentTarget.value = ''
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const hidden = { type: 'file', tabIndex: -1, className: layout.spoken, onChange: onChosen } as const
  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <FileNow file={file} kept={kept} onRemove={() => onChoose(null)} />
      <div className={layout.row}>
        <span className={layout.quiet}>{t('dropFile')}</span>
        <Button leftSection={<Icon name="upload" />} onClick={() => chooser.current?.click()}>
          {t('chooseFile')}
        </Button>
        <Button className={classes.camera ?? ''} onClick={() => camera.current?.click()}>
          {t('takePicture')}
        </Button>
      </div>
      <input {...hidden} ref={chooser} aria-label={t('chooseFile')} />
      <input {...hidden} ref={camera} aria-label={t('takePicture')} accept="image/*" capture="environment" />
      <span className={layout.quiet}>{t('fileLimit', { size: sizeText(FILE_SIZE_BYTES_MAX) })}</span>
      <div role="alert">{wrong !== '' && <p className={layout.alarm}>{wrong}</p>}</div>
    </div>
  )
}

interface NowProps {
  readonly file: File | null
  readonly kept: DraftView['file']
  readonly onRemove: () => void
}

function FileNow({ file, kept, onRemove }: NowProps) {
  const t = useText(draftWords)
  if (file !== null) {
    return (
      <p className={layout.row}>
        <strong>{file.name}</strong> <span>{sizeText(file.size)}</span>
        <Button size="compact-sm" variant="subtle" onClick={onRemove}>
          {t('removeFile')}
        </Button>
      </p>
    )
  }
  if (kept === null) return null
  return <p>{t('fileKept', { name: kept.fileName, size: sizeText(kept.sizeBytes) })}</p>
}
