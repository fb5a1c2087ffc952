/** The progress of a transfer in bytes, with a button to stop it. */
import { Button, Progress } from '@mantine/core'
import { useText } from '../core/texts.ts'
import { Named } from './Named.tsx'
import { sizeText } from './moment.ts'
import { uiWords } from './words.ts'

interface Props {
  readonly label: string
  readonly doneBytes: number
  readonly totalBytes: number
  readonly onStop?: () => void
}

export function WorkProgress({ label, doneBytes, totalBytes, onStop }: Props) {
  const t = useText(uiWords)
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * doneBytes) / totalBytes)
  return (
    <div style={{ display: 'grid', gap: 6 }}>
      <span>
        <Named name={label}>
          {percent}% ({sizeText(doneBytes)} / {sizeText(totalBytes)})
        </Named>
      </span>
      <Progress value={percent} color="var(--ink)" aria-label={label} />
      {onStop !== undefined && (
        <Button onClick={onStop} size="xs" w="fit-content">
          {t('cancel')}
        </Button>
      )}
    </div>
  )
}
