/**
 * The clearances or need-to-know grants of a person, with dates and a button to revoke; and the person's
 * keys.
 */
import { useState } from 'react'
import type { PersonRecord } from '#api/identity.ts'
import type { Can } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RevokeClearance, RevokeNeedToKnow } from './RevokeForm.tsx'
import { identityWords } from './words.ts'
import classes from './Identity.module.css'

export interface Right {
  readonly id: string
  /** The marking or the scope. */
  readonly what: string
  readonly reason: string
  readonly from: string
  readonly until: string
  readonly grantedBy: string
  readonly revokedAt: string | null
  readonly holds: boolean
}

interface Props {
  readonly rights: readonly Right[]
  readonly of: 'clearance' | 'needToKnow'
  readonly canRevoke: Can
}

export function RightsList({ rights, of, canRevoke }: Props) {
  const t = useText(identityWords)
  const [revoking, setRevoking] = useState<Right | null>(null)
  const Revoke = of === 'clearance' ? RevokeClearance : RevokeNeedToKnow
  if (rights.length === 0) {
    return <EmptyState>{t(of === 'clearance' ? 'clearancesEmpty' : 'needToKnowEmpty')}</EmptyState>
  }
  return (
    <div>
      {rights.map((right) => (
        <div key={right.id} className={classes.right} data-past={!right.holds || undefined}>
          <span>
            <strong>{right.what}</strong>{' '}
            {t(right.revokedAt !== null ? 'revoked' : right.holds ? 'holds' : 'past')}
          </span>
          <span>
            {right.reason} <span className={classes.quiet}>{t('grantedBy', { who: right.grantedBy })}</span>
          </span>
          <span className={classes.quiet}>
            <Moment at={right.from} /> – <Moment at={right.revokedAt ?? right.until} relative={right.holds} />
          </span>
          {right.holds ? (
            <ActionButton can={canRevoke} onPress={() => setRevoking(right)} size="compact-sm" grave>
              {t('revoke')}
            </ActionButton>
          ) : (
            <span />
          )}
        </div>
      ))}
      {revoking !== null && <Revoke right={revoking} onClose={() => setRevoking(null)} />}
    </div>
  )
}

export function KeyList({ keys }: { readonly keys: PersonRecord['keys'] }) {
  const t = useText(identityWords)
  if (keys.length === 0) return <EmptyState>{t('keysEmpty')}</EmptyState>
  return (
    <div>
      {keys.map((key) => (
        <div key={key.keyId} className={classes.right} data-past={key.withdrawnAt !== null || undefined}>
          <code>{key.keyId}</code>
          <span>
            {t('madeAt')} <Moment at={key.madeAt} />
          </span>
          <span>
            {key.withdrawnAt !== null && (
              <>
                {t('withdrawnAt')} <Moment at={key.withdrawnAt} />
              </>
            )}
          </span>
        </div>
      ))}
    </div>
  )
}
