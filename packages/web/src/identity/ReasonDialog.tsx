/** A dialog for an act on a person that needs a reason, which the national log keeps. */
import { useState } from 'react'
import { useText } from '../core/texts.ts'
import { ActDialog } from '../ui/ActDialog.tsx'
import type { ActDialogProps } from '../ui/ActDialog.tsx'
import { TextField } from '../ui/fields.tsx'
import { identityWords } from './words.ts'

interface Props extends ActDialogProps {
  readonly onAct: (reason: string) => void
}

/** Its further fields stand above the reason. */
export function ReasonDialog({ onAct, children, ...dialog }: Props) {
  const t = useText(identityWords)
  const [reason, setReason] = useState('')
  return (
    <ActDialog {...dialog} onAct={() => onAct(reason.trim())}>
      {children}
      <TextField
        name="reason"
        label={t('reason')}
        description={t('reasonHelp')}
        required
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActDialog>
  )
}
