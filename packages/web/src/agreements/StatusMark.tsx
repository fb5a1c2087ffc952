/** The status of an agreement on a day, with the dates computed from its terms and the articles that say so. */
import type { z } from 'zod'
import type { StatusShape } from '#api/agreements.ts'
import { useText } from '../i18n/index.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { Icon } from '../ui/icons.tsx'
import type { IconName } from '../ui/icons.tsx'
import { plainCode } from './words.ts'
import classes from './Agreements.module.css'

type Status = z.infer<typeof StatusShape>

const ICONS: Readonly<Record<string, IconName>> = {
  in_force: 'tick',
  signed: 'clock',
  terminated: 'stop',
  not_concluded: 'cut',
}

/** The state in words, never by colour alone. */
export function StatusMark({ state }: { readonly state: string }) {
  const t = useText('agreements')
  const names: Readonly<Record<string, string>> = {
    in_force: t('in_force'),
    signed: t('signed'),
    terminated: t('terminated'),
    not_concluded: t('not_concluded'),
  }
  return (
    <span className={classes.status} data-state={state}>
      <Icon name={ICONS[state] ?? 'clock'} sizePx={15} /> {names[state] ?? plainCode(state)}
    </span>
  )
}

/** Since when, until when, and why. */
export function StatusFacts({ status }: { readonly status: Status }) {
  const t = useText('agreements')
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
