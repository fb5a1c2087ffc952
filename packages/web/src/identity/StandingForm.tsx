/** Gives a new one-time code for a lost password, or ends a person's activity. */
import { Modal } from '@mantine/core'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { useAct } from '../core/queries.ts'
import { OneTimeCode } from './OneTimeCode.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly person: string
  readonly act: 'renewCode' | 'withdraw'
  readonly onClose: () => void
}

export function StandingForm({ person, act, onClose }: Props) {
  const t = useText(identityWords)
  const renew = useAct(identity.renewCode)
  const withdraw = useAct(identity.withdrawPerson)
  const running = act === 'renewCode' ? renew : withdraw
  const run = async (reason: string): Promise<void> => {
    if (act === 'renewCode') {
      await renew.run({ person, reason })
      return
    }
    if (!isRefusal(await withdraw.run({ person, reason }))) onClose()
  }
  if (renew.reply !== null) {
    return (
      <Modal opened onClose={onClose} title={t('renewCode')} closeButtonProps={{ 'aria-label': t('close') }}>
        <OneTimeCode code={renew.reply.code} endsAt={renew.reply.codeEndsAt} onDone={onClose} />
      </Modal>
    )
  }
  return (
    <ReasonDialog
      title={t(act)}
      lead={t(act === 'renewCode' ? 'renewCodeLead' : 'withdrawLead')}
      word={t(act)}
      grave
      isRunning={running.isRunning}
      refusal={running.refusal}
      onAct={(reason) => void run(reason)}
      onClose={onClose}
    />
  )
}
