/** Revokes a clearance or a need-to-know grant. */
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { useAct } from '../core/queries.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly right: { readonly id: string; readonly what: string }
  readonly of: 'clearance' | 'needToKnow'
  readonly onClose: () => void
}

export function RevokeForm({ right, of, onClose }: Props) {
  const t = useText(identityWords)
  const clearance = useAct(identity.revokeClearance)
  const grant = useAct(identity.revokeNeedToKnow)
  const act = of === 'clearance' ? clearance : grant
  const revoke = async (reason: string): Promise<void> => {
    const reply =
      of === 'clearance'
        ? await clearance.run({ clearance: right.id, reason })
        : await grant.run({ grant: right.id, reason })
    if (!isRefusal(reply)) onClose()
  }
  return (
    <ReasonDialog
      title={t('revokeTitle', { what: right.what })}
      lead={t('revokeLead')}
      word={t('revoke')}
      grave
      isRunning={act.isRunning}
      refusal={act.refusal}
      onAct={(reason) => void revoke(reason)}
      onClose={onClose}
    />
  )
}
