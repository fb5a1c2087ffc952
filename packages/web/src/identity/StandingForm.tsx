/** Issues a new one-time code for a lost password, or withdraws a person. */
import { Modal } from '@mantine/core'
import { identity } from '#api/identity.ts'
import { useText } from '../core/texts.ts'
import { useRouteForm } from '../ui/form.ts'
import { OneTimeCode } from './OneTimeCode.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly person: string
  readonly onClose: () => void
}

export function RenewCode({ person, onClose }: Props) {
  const t = useText(identityWords)
  const form = useRouteForm(identity.renewCode, {
    initial: { reason: '' },
    input: ({ reason }) => ({ person, reason: reason.trim() }),
  })
  const { reply } = form.command
  if (reply !== null) {
    return (
      <Modal opened onClose={onClose} title={t('renewCode')} closeButtonProps={{ 'aria-label': t('close') }}>
        <OneTimeCode code={reply.code} endsAt={reply.codeEndsAt} onDone={onClose} />
      </Modal>
    )
  }
  return (
    <ReasonDialog
      form={form}
      title={t('renewCode')}
      lead={t('renewCodeLead')}
      word={t('renewCode')}
      grave
      // The code is shown in place of the dialog.
      onDone={() => undefined}
      onClose={onClose}
    />
  )
}

export function WithdrawPerson({ person, onClose }: Props) {
  const t = useText(identityWords)
  const form = useRouteForm(identity.withdrawPerson, {
    initial: { reason: '' },
    input: ({ reason }) => ({ person, reason: reason.trim() }),
  })
  return (
    <ReasonDialog
      form={form}
      title={t('withdraw')}
      lead={t('withdrawLead')}
      word={t('withdraw')}
      grave
      onDone={onClose}
      onClose={onClose}
    />
  )
}
