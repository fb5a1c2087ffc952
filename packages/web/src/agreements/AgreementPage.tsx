/**
 * One agreement: its status on any day and why, what may cross on that day, and its text beside its terms.
 */
import { agreements } from '#api/agreements.ts'
import { nameIn, plainCode, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { PageFrame } from '../ui/PageFrame.tsx'
import { Section } from '../ui/Section.tsx'
import { usePathParam } from '../ui/address.ts'
import type { Agreement } from '../law/heldAgreements.ts'
import { CrossingList } from './CrossingList.tsx'
import { ProfileMatch } from './ProfileMatch.tsx'
import { StatusFacts, StatusMark } from './StatusMark.tsx'
import { TextAndTerms } from './TextAndTerms.tsx'
import { Timeline } from './Timeline.tsx'
import { useChosenDay } from './chosenDay.ts'
import { fieldsOf } from '../law/termFields.ts'
import { agreementWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Agreements.module.css'

export function Page() {
  const [language] = useLanguage()
  const nationName = useNationName()
  const instrument = usePathParam('instrument')
  const { day, asked, choose } = useChosenDay()
  // While the slider moves, the last reply is shown: the same agreement on another day.
  const reply = useRoute(agreements.get, { instrument, on: asked }, { keepsLast: true })
  const agreement = reply.data?.instrument === instrument ? reply.data : undefined
  return (
    <PageFrame
      title={nameIn(agreement?.title, language) || instrument}
      aside={agreement !== undefined && <StatusMark state={agreement.status.state} />}
      needs={agreement !== undefined && <Needs agreement={agreement} day={asked} />}
      failure={refusalOf(reply.error)}
      isLoading={agreement === undefined}
    >
      {agreement !== undefined && (
        <>
          <p className={classes.quiet}>{agreement.parties.map(nationName).join(' – ')}</p>
          <ProfileMatch ours={agreement.profile} theirs={agreement.partnerProfile} isWhole />
          <Illustrative agreement={agreement} />
          <Parts agreement={agreement} day={day} onDay={choose} />
        </>
      )}
    </PageFrame>
  )
}

/** The first sentence: the status on that day, its dates, and why. */
function Needs({ agreement, day }: { readonly agreement: Agreement; readonly day: string }) {
  return (
    <span className={classes.needs} role="status">
      {useDaySentence()(agreement.status.state, day)} <StatusFacts status={agreement.status} />
    </span>
  )
}

function useDaySentence(): (state: string, date: string) => string {
  const t = useText(agreementWords)
  return (state, date) => {
    switch (state) {
      case 'in_force':
        return t('dayInForce', { date })
      case 'signed':
        return t('daySigned', { date })
      case 'terminated':
        return t('dayTerminated', { date })
      case 'not_concluded':
        return t('dayNotConcluded', { date })
      default:
        return `${date}: ${plainCode(state)}`
    }
  }
}

function Illustrative({ agreement }: { readonly agreement: Agreement }) {
  const t = useText(agreementWords)
  const count = agreement.terms.filter((term) => fieldsOf(term)['illustrative'] === true).length
  // An agreement that was never concluded has no text.
  const isPartial = agreement.illustrative && agreement.status.state !== 'not_concluded'
  if (!isPartial && count === 0) return null
  return (
    <p className={classes.illustrative}>
      {isPartial && <>{t('illustrative')} </>}
      {count > 0 && t('illustrativeTerms', { count })}
    </p>
  )
}

interface PartsProps {
  readonly agreement: Agreement
  /** The day that the slider shows; the node's reply may still be for an earlier one. */
  readonly day: string
  readonly onDay: (day: string) => void
}

function Parts({ agreement, day, onDay }: PartsProps) {
  const t = useText(agreementWords)
  const sentence = useDaySentence()
  const { instrument, status, terms, facts } = agreement
  return (
    <>
      <Section title={t('life')}>
        <Timeline facts={facts} day={day} stateText={sentence(status.state, day)} onDay={onDay} />
      </Section>
      <Section title={t('crossing')}>
        <CrossingList instrument={instrument} terms={terms} isInForce={status.state === 'in_force'} />
      </Section>
      <Section title={t('textAndTerms')} count={terms.length}>
        <TextAndTerms agreement={agreement} />
      </Section>
    </>
  )
}
