/** Revokes a clearance or a need-to-know grant. */
import { identity } from '#api/identity.ts'
import { useText } from '../core/texts.ts'
import { useRouteForm } from '../ui/form.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly right: { readonly id: string; readonly what: string }
  readonly onClose: () => void
}

export function RevokeClearance({ right, onClose }: Props) {
  const form = useRouteForm(identity.revokeClearance, {
    initial: { reason: '' },
    input: ({ reason }) => ({ clearance: right.id, reason: reason.trim() }),
  })
  return <RevokeDialog form={form} what={right.what} onClose={onClose} />
}

export function RevokeNeedToKnow({ right, onClose }: Props) {
  const form = useRouteForm(identity.revokeNeedToKnow, {
    initial: { reason: '' },
    input: ({ reason }) => ({ grant: right.id, reason: reason.trim() }),
  })
  return <RevokeDialog form={form} what={right.what} onClose={onClose} />
}

interface DialogProps {
  readonly form: Parameters<typeof ReasonDialog>[0]['form']
  readonly what: string
  readonly onClose: () => void
}

function RevokeDialog({ form, what, onClose }: DialogProps) {
  const t = useText(identityWords)
  return (
    <ReasonDialog
      form={form}
      title={t('revokeTitle', { what })}
      lead={t('revokeLead')}
      word={t('revoke')}
      grave
      onDone={onClose}
      onClose={onClose}
    />
  )
}
