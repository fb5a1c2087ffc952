/** A dialog for an act on a person that needs a reason, which the national log keeps. */
import { useState } from 'react'
import { useText } from '../i18n/index.ts'
import { ActDialog } from '../ui/ActDialog.tsx'
import type { ActDialogProps } from '../ui/ActDialog.tsx'
import { TextField } from '../ui/fields.tsx'

interface Props extends ActDialogProps {
  readonly onAct: (reason: string) => void
}

/** Its further fields stand above the reason. */
export function ReasonDialog({ onAct, children, ...dialog }: Props) {
  const t = useText('identity')
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
