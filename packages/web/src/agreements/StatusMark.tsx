/** The status of an agreement on a day, with the computed dates and their articles. */
import type { z } from 'zod'
import type { StatusShape } from '#api/agreements.ts'
import { agreementStates } from '#words/agreements.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { StateMark } from '../ui/StateMark.tsx'
import type { IconName } from '../ui/icons.tsx'
import { agreementWords } from './words.ts'
import classes from './Agreements.module.css'

type Status = z.infer<typeof StatusShape>

const LOOKS: Readonly<
  Record<string, { readonly icon: IconName; readonly look: 'plain' | 'held' | 'alarm' }>
> = {
  in_force: { icon: 'tick', look: 'held' },
  signed: { icon: 'clock', look: 'plain' },
  terminated: { icon: 'stop', look: 'alarm' },
  not_concluded: { icon: 'cut', look: 'alarm' },
}

/** The state of an agreement, in words. */
export function StatusMark({ state }: { readonly state: string }) {
  const stateName = useNames(agreementStates)
  const { icon, look } = LOOKS[state] ?? { icon: 'clock', look: 'plain' }
  return (
    <StateMark icon={icon} look={look}>
      {stateName(state)}
    </StateMark>
  )
}

/** The dates of a status, and why. */
export function StatusFacts({ status }: { readonly status: Status }) {
  const t = useText(agreementWords)
  const facts = [
    status.since === null ? null : t('since', { date: status.since }),
    status.nextRenewal === null ? null : t('renews', { date: status.nextRenewal }),
    status.lastNoticeDay === null ? null : t('lastNotice', { date: status.lastNoticeDay }),
  ].filter((fact) => fact !== null)
  return (
    <span className={classes.statusFacts}>
      {facts.length > 0 && <span>{facts.join(' · ')}</span>}
      {status.because.length > 0 && (
        <span className={classes.why}>
          {t('why')} <Citations of={status.because} />
        </span>
      )}
    </span>
  )
}
