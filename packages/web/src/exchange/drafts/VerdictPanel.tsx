/**
 * The gate's answer beside a report: permitted or refused and why, the receiver's marking, approvals, what is
 * visible outside the seal, the assurance.
 */
import type { ReleaseVerdict } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { Citations } from '../../ui/CitationLink.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Reasons } from '../../ui/RefusalNotice.tsx'
import { Stamp } from '../../ui/Stamps.tsx'
import { Icon } from '../../ui/icons.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { useOrganisationName } from '../../law/organisations.ts'
import { refusalsOfChoices } from './report.ts'
import type { Choosable } from './report.ts'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'
import classes from './Verdict.module.css'

interface Props {
  readonly verdict: ReleaseVerdict | undefined
  readonly isAsking?: boolean
  readonly originator: string
  readonly marking: string
  /** Empty until the draft has a number. */
  readonly control: string
  /** The fields that are still empty. */
  readonly open: readonly Choosable[]
}

export function VerdictPanel(props: Props) {
  const t = useText(draftWords, exchangeWords)
  const { verdict, open } = props
  return (
    <aside className={classes.panel} aria-label={t('verdictTitle')} data-asking={props.isAsking || undefined}>
      <h2>{t('verdictTitle')}</h2>
      {verdict === undefined ? (
        <p className={classes.quiet} role="status">
          {t(props.isAsking === true ? 'verdictAsking' : 'verdictIncomplete')}
        </p>
      ) : (
        <>
          <Outcome verdict={verdict} open={open} />
          <Bears {...props} verdict={verdict} />
          <Needed verdict={verdict} />
          <Pending verdict={verdict} />
          <Outside {...props} verdict={verdict} />
          <Assured verdict={verdict} />
        </>
      )}
    </aside>
  )
}

type Given = Props & { readonly verdict: ReleaseVerdict }

function Outcome({ verdict, open }: Pick<Given, 'verdict' | 'open'>) {
  const t = useText(draftWords, exchangeWords)
  const refusals = refusalsOfChoices(verdict.refusals, open)
  const outcome = refusals.length > 0 ? 'refused' : open.length > 0 ? 'open' : 'permitted'
  const word = { refused: 'verdictRefused', open: 'verdictOpen', permitted: 'verdictPermitted' } as const
  const icon = { refused: 'stop', open: 'more', permitted: 'tick' } as const
  return (
    <div role="status" className={classes.outcome} data-outcome={outcome}>
      <strong className={classes.word}>
        <Icon name={icon[outcome]} /> {t(word[outcome])}
      </strong>
      {open.length > 0 && (
        <p>{t('verdictStillNeeds', { fields: open.map((field) => t(field)).join(', ') })}</p>
      )}
      {refusals.length > 0 && <Reasons of={refusals} />}
      {outcome === 'permitted' && verdict.because.length > 0 && (
        <p className={classes.because}>
          <span>{t('becauseTitle')}</span> <Citations of={verdict.because} />
        </p>
      )}
    </div>
  )
}

function Bears({ verdict, originator, marking }: Given) {
  const t = useText(draftWords, exchangeWords)
  if (marking === '') return null
  return (
    <section>
      <h3>{t('willBear')}</h3>
      <span className={classes.stamps}>
        <Stamp marking={marking} nation={originator} kind="original" />
        {verdict.receiverMarking !== null && (
          <Stamp marking={verdict.receiverMarking} nation={verdict.outside.to} kind="equivalent" />
        )}
      </span>
    </section>
  )
}

function Needed({ verdict }: Pick<Given, 'verdict'>) {
  const t = useText(draftWords, exchangeWords)
  return (
    <section>
      <h3>{t('approvalsTitle')}</h3>
      <p>{t('approvalsNeeded', { count: verdict.approvalsNeeded })}</p>
    </section>
  )
}

function Pending({ verdict }: Pick<Given, 'verdict'>) {
  const t = useText(draftWords, exchangeWords)
  if (verdict.pending.length === 0) return null
  return (
    <section>
      <h3>{t('pendingTitle')}</h3>
      <Reasons of={verdict.pending} />
    </section>
  )
}

/** Art. 12(a)(1) and (2): what can be read without opening the seal. */
function Outside({ verdict, control }: Given) {
  const t = useText(draftWords, exchangeWords)
  const nationName = useNationName()
  const organisationName = useOrganisationName(verdict.instrument)
  const { from, to, organisation } = verdict.outside
  const addressee =
    organisation === '' ? nationName(to) : `${nationName(to)}, ${organisationName(organisation)}`
  return (
    <section>
      <h3>{t('outsideTitle')}</h3>
      <div className={classes.envelope}>
        <FactList
          facts={[
            [t('from'), nationName(from)],
            [t('to'), addressee],
            [t('control'), control === '' ? t('controlLater') : control],
          ]}
        />
        <p className={classes.quiet}>{t('outsideNothing')}</p>
      </div>
    </section>
  )
}

function Assured({ verdict }: Pick<Given, 'verdict'>) {
  const t = useText(draftWords, exchangeWords)
  return (
    <section>
      <h3>{t('assuranceTitle')}</h3>
      {verdict.assuranceUntil === null ? (
        <p>{t('assuranceNone')}</p>
      ) : (
        <p>
          {t('assuranceUntil')} <Moment at={verdict.assuranceUntil} relative />
        </p>
      )}
    </section>
  )
}
