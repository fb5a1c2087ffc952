/** Bundles on media: exports the entries that the partner lacks, and imports its file, with progress. */
import { FileButton } from '@mantine/core'
import { useState } from 'react'
import type { DragEvent } from 'react'
import type { LinkView } from '#api/links.ts'
import { useText } from '../core/texts.ts'
import { ActionButton, refusalIn } from '../ui/ActionButton.tsx'
import { Named } from '../ui/Named.tsx'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { WorkProgress } from '../ui/WorkProgress.tsx'
import { Icon } from '../ui/icons.tsx'
import { sizeText } from '../ui/moment.ts'
import { useBundles } from './bundles.ts'
import type { BundleWork } from './bundles.ts'
import { linkWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Links.module.css'

export function BundlePanel({ link }: { readonly link: LinkView }) {
  const t = useText(linkWords)
  const { work, save, takeIn, stop } = useBundles()
  const canImport = refusalIn(link.can.importBundle) === null
  return (
    <div className={classes.bundles}>
      <p className={classes.help}>{t('bundlesHelp')}</p>
      <div className={classes.bundleActions}>
        <ActionButton
          can={link.can.exportBundle}
          icon={<Icon name="download" />}
          onPress={() => save(link.partner)}
          isRunning={work.state === 'saving'}
        >
          {t('export')}
        </ActionButton>
        {canImport ? (
          <DropZone onFile={takeIn} />
        ) : (
          <ActionButton can={link.can.importBundle} icon={<Icon name="upload" />} onPress={() => undefined}>
            {t('import')}
          </ActionButton>
        )}
      </div>
      <Outcome work={work} onStop={stop} />
    </div>
  )
}

function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useText(linkWords)
  const [isOver, setOver] = useState(false)
  const take = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onFile(file)
  }
  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={take}
    >
      <span>{t('drop')}</span>
      <FileButton onChange={(file) => file !== null && onFile(file)}>
        {(props) => (
          <button type="button" className={classes.choose} {...props}>
            <Icon name="upload" sizePx={16} /> {t('choose')}
          </button>
        )}
      </FileButton>
    </div>
  )
}

interface OutcomeProps {
  readonly work: BundleWork
  readonly onStop: () => void
}

function Outcome({ work, onStop }: OutcomeProps) {
  const t = useText(linkWords)
  const nationName = useNationName()
  switch (work.state) {
    case 'idle':
      return null
    case 'saving':
      return <Progress label={t('exporting')} work={work} onStop={onStop} />
    case 'reading':
      return <Progress label={t('importing', { name: work.name })} work={work} onStop={onStop} />
    case 'saved':
      return <p role="status">{t('exported', { name: work.name, size: sizeText(work.sizeBytes) })}</p>
    case 'taken': {
      const values = { nation: nationName(work.partner), size: work.size }
      return (
        <p role="status">
          {work.stored === 0
            ? t('importedNothing', values)
            : t('imported', { ...values, count: work.stored })}
        </p>
      )
    }
    case 'stopped':
      return <p role="status">{t('stopped')}</p>
    case 'refused':
      return <RefusalNotice refusal={work.refusal} isAnswer />
  }
}

interface ProgressProps {
  readonly label: string
  readonly work: { readonly doneBytes: number; readonly totalBytes: number }
  readonly onStop: () => void
}

function Progress({ label, work, onStop }: ProgressProps) {
  // The node streams the bundle while making it, so the size is not known in advance.
  if (work.totalBytes === 0) {
    return (
      <p role="status">
        <Named name={label}>{sizeText(work.doneBytes)}</Named>
      </p>
    )
  }
  return (
    <WorkProgress label={label} doneBytes={work.doneBytes} totalBytes={work.totalBytes} onStop={onStop} />
  )
}
