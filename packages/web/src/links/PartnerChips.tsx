/** The partners at the top of every page: state of the link, lag, unanswered matters. */
import { consoleApi } from '#api/console.ts'
import type { ReplyOf } from '#api/route.ts'
import { linkStates } from '#words/links.ts'
import { useNames } from '../core/language.ts'
import { useNationName } from '../core/nations.ts'
import { useRoute } from '../core/queries.ts'
import { useText } from '../core/texts.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import type { IconName } from '../ui/icons.tsx'
import { spanText } from '../ui/moment.ts'
import { paths } from './slice.ts'
import { linkWords } from './words.ts'
import classes from './Chips.module.css'

type Partner = ReplyOf<typeof consoleApi.shell>['partners'][number]

const ICONS: Readonly<Record<string, IconName>> = {
  open: 'arrows',
  frozen: 'stop',
  invited: 'clock',
}

export function Part() {
  const t = useText(linkWords)
  const shell = useRoute(consoleApi.shell, {})
  return (
    <nav aria-label={t('partners')} className={classes.partners}>
      {(shell.data?.partners ?? []).map((partner) => (
        <PartnerChip key={partner.nation} partner={partner} />
      ))}
    </nav>
  )
}

function PartnerChip({ partner }: { readonly partner: Partner }) {
  const t = useText(linkWords)
  const nationName = useNationName()
  const state = useNames(linkStates)(partner.state)
  const facts = [
    partner.lagMs === null ? null : t('chipLag', { lag: spanText(partner.lagMs) }),
    partner.pending === 0 ? null : t('chipPending', { count: partner.pending }),
    partner.unanswered === 0 ? null : t('chipUnanswered', { count: partner.unanswered }),
  ].filter((fact) => fact !== null)
  const whole = [t('chip', { nation: nationName(partner.nation), state }), ...facts].join(', ')
  return (
    <PageLink to={paths.link(partner.nation)} className={classes.chip} title={whole}>
      <span className={classes.chipInner} data-state={partner.state}>
        <Icon name={ICONS[partner.state] ?? 'arrows'} sizePx={15} />
        <strong aria-hidden="true">{partner.nation}</strong>
        <span className={classes.chipFacts} aria-hidden="true">
          {[state, ...facts].join(' · ')}
        </span>
        <span className={classes.spoken}>{whole}</span>
      </span>
    </PageLink>
  )
}
