/** One partner at the top of every page: the link's state, how far behind it is, what is unanswered. */
import type { consoleApi } from '#api/console.ts'
import type { ReplyOf } from '#api/route.ts'
import { useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import type { IconName } from '../ui/icons.tsx'
import { spanText } from '../ui/moment.ts'
import { useNationName } from './nationName.ts'
import classes from './TopBar.module.css'

type Partner = ReplyOf<typeof consoleApi.shell>['partners'][number]

const ICONS: Readonly<Record<string, IconName>> = {
  open: 'links',
  frozen: 'stop',
  invited: 'clock',
  closed: 'cut',
}

export function PartnerChip({ partner }: { readonly partner: Partner }) {
  const t = useText('shell')
  const nationName = useNationName()
  const states: Readonly<Record<string, string>> = {
    invited: t('linkInvited'),
    open: t('linkOpen'),
    frozen: t('linkFrozen'),
    closed: t('linkClosed'),
  }
  const state = states[partner.state] ?? partner.state
  const facts = [
    // Where nothing waits to be sent, nothing lags.
    partner.lagMs === null || partner.pending === 0
      ? null
      : t('partnerLag', { lag: spanText(partner.lagMs) }),
    partner.pending === 0 ? null : t('partnerPending', { count: partner.pending }),
    partner.unanswered === 0 ? null : t('partnerUnanswered', { count: partner.unanswered }),
  ].filter((fact) => fact !== null)
  const whole = [t('partner', { nation: nationName(partner.nation), state }), ...facts].join(', ')
  return (
    <PageLink to={paths.link(partner.nation)} className={classes.chip} title={whole}>
      <span className={classes.chipInner} data-state={partner.state}>
        <Icon name={ICONS[partner.state] ?? 'links'} sizePx={15} />
        <strong aria-hidden="true">{partner.nation}</strong>
        <span className={classes.chipFacts} aria-hidden="true">
          {[state, ...facts].join(' · ')}
        </span>
        <span className={classes.spoken}>{whole}</span>
      </span>
    </PageLink>
  )
}
