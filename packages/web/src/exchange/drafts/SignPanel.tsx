/** Approves or refuses a release, once the content has been shown and the digest recomputed here matches. */
import { Button, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import { drafts } from '#api/exchange/drafts.ts'
import type { DraftView } from '#api/exchange/shapes.ts'
import { isRefusal } from '#api/refusals.ts'
import { useText } from '../../core/texts.ts'
import { useCommand } from '../../core/queries.ts'
import { useSession } from '../../core/session.ts'
import { ActionButton, refusalIn } from '../../ui/ActionButton.tsx'
import { Reasons } from '../../ui/RefusalNotice.tsx'
import { Stamps } from '../../ui/Stamps.tsx'
import { useRouteForm } from '../../ui/form.ts'
import { CommandDialog } from '../../ui/CommandDialog.tsx'
import { draftWords } from './words.ts'
import layout from '../../ui/Layout.module.css'

interface Props {
  readonly draft: DraftView
  /** True once the content has been shown and the digest matches the text. */
  readonly isRead: boolean
}

export function SignPanel({ draft, isRead }: Props) {
  const t = useText(draftWords)
  const [dialog, setDialog] = useState<'approve' | 'refuse' | null>(null)
  const hintId = useId()
  const isBarred = draft.can.approve === true && !isRead
  const close = (): void => setDialog(null)
  const refusal = refusalIn(draft.can.approve)
  return (
    <div className={layout.row}>
      {isBarred ? (
        <>
          <Button aria-disabled="true" className={layout.unable ?? ''} aria-describedby={hintId}>
            {t('approve')}
          </Button>
          <span id={hintId} className={layout.quiet}>
            {t('readFirst')}
          </span>
        </>
      ) : (
        <ActionButton can={draft.can.approve} onPress={() => setDialog('approve')} primary>
          {t('approve')}
        </ActionButton>
      )}
      <ActionButton can={draft.can.refuse} onPress={() => setDialog('refuse')} grave>
        {t('refuse')}
      </ActionButton>
      {refusal !== null && (
        <div className={layout.quiet}>
          <Reasons of={refusal.reasons} />
        </div>
      )}
      {dialog === 'approve' && <ApproveDialog draft={draft} onClose={close} />}
      {dialog === 'refuse' && <RefuseDialog draft={draft} onClose={close} />}
    </div>
  )
}

interface DialogProps {
  readonly draft: DraftView
  readonly onClose: () => void
}

function ApproveDialog({ draft, onClose }: DialogProps) {
  const t = useText(draftWords)
  const session = useSession()
  const command = useCommand(drafts.approve)
  // Signs the digest that was shown when the dialog opened, whatever arrives meanwhile.
  const [digest] = useState(draft.proposalDigest ?? '')
  const office = session.state === 'somebody' ? session.me.person.office : ''
  const sign = async (): Promise<void> => {
    if (!isRefusal(await command.run({ draft: draft.id, digest }))) onClose()
  }
  return (
    <CommandDialog
      title={t('signTitle', { office })}
      lead={t('signLead')}
      word={t('approve')}
      signs="exchange.approve"
      isRunning={command.isRunning}
      refusal={command.refusal}
      onPress={() => void sign()}
      onClose={onClose}
    >
      <Stamps stamps={draft.stamps} />
      <code className={layout.digest}>{digest}</code>
    </CommandDialog>
  )
}

function RefuseDialog({ draft, onClose }: DialogProps) {
  const t = useText(draftWords)
  const [digest] = useState(draft.proposalDigest ?? '')
  const form = useRouteForm(drafts.refuse, {
    initial: { reason: '' },
    input: ({ reason }) => ({ draft: draft.id, digest, reason: reason.trim() }),
  })
  const refuse = async (): Promise<void> => {
    if ((await form.submit()) !== null) onClose()
  }
  return (
    <CommandDialog
      title={t('refuseTitle')}
      lead={t('refuseLead')}
      word={t('refuse')}
      grave
      isRunning={form.command.isRunning}
      refusal={form.refusal}
      onPress={() => void refuse()}
      onClose={onClose}
    >
      <Textarea {...form.field('reason')} label={t('reason')} description={t('reasonHelp')} minRows={3} />
    </CommandDialog>
  )
}
