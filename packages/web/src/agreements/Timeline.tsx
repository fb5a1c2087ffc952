/**
 * The timeline of an agreement: a slider over days, for pointer and keyboard, with the dated facts as marks.
 */
import { Button } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { nameIn, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Named, useNamed } from '../ui/Named.tsx'
import { useKeys } from '../ui/keys.ts'
import type { Agreement } from '../law/heldAgreements.ts'
import { DayField } from './DayField.tsx'
import { dayOf, monthsFrom, neighbour, numberOf, placeOf, spanOf, today, yearsIn } from './day.ts'
import { useTermWords } from './termWords.ts'
import { agreementWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Timeline.module.css'

const YEARS_SHOWN_MAX = 8

interface Props {
  readonly facts: Agreement['facts']
  readonly day: string
  /** The status on that day, as a text for screen readers. */
  readonly stateText: string
  readonly onDay: (day: string) => void
}

export function Timeline({ facts, day, stateText, onDay }: Props) {
  const t = useText(agreementWords)
  const named = useNamed()
  const dates = facts.map((fact) => fact.date)
  const span = spanOf([...dates, day], today())
  const clamp = (next: string): string =>
    next < span.first ? span.first : next > span.last ? span.last : next
  const next = neighbour(dates, day, 1)
  const previous = neighbour(dates, day, -1)
  useKeys({
    n: () => next !== null && onDay(next),
    p: () => previous !== null && onDay(previous),
  })
  const byMonth = (event: KeyboardEvent): void => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return
    event.preventDefault()
    onDay(clamp(monthsFrom(day, event.key === 'PageUp' ? 1 : -1)))
  }
  const percent = (date: string): string => `${100 * placeOf(date, span)}%`
  return (
    <div className={classes.timeline}>
      <div className={classes.controls}>
        <DayField day={day} onDay={onDay} />
        <Button disabled={previous === null} onClick={() => previous !== null && onDay(previous)}>
          {t('previousFact')}
        </Button>
        <Button disabled={next === null} onClick={() => next !== null && onDay(next)}>
          {t('nextFact')}
        </Button>
      </div>
      <div className={classes.track}>
        <div className={classes.marks} aria-hidden="true">
          {yearsIn(span, YEARS_SHOWN_MAX).map((year) => (
            <span key={year} className={classes.year} style={{ left: percent(`${year}-01-01`) }}>
              {year}
            </span>
          ))}
          {[...new Set(dates)].map((date) => (
            <span key={date} className={classes.mark} style={{ left: percent(date) }} />
          ))}
          <span className={classes.today} style={{ left: percent(today()) }} />
        </div>
        <input
          type="range"
          className={classes.slider}
          min={numberOf(span.first)}
          max={numberOf(span.last)}
          step={1}
          value={numberOf(day)}
          aria-label={t('slider')}
          aria-valuetext={named(day, stateText)}
          onKeyDown={byMonth}
          onChange={(event) => onDay(dayOf(Number(event.currentTarget.value)))}
        />
      </div>
      <p className={classes.help}>{t('lifeHelp')}</p>
      <Facts facts={facts} day={day} onDay={onDay} />
    </div>
  )
}

type FactsProps = Pick<Props, 'facts' | 'day' | 'onDay'>

function Facts({ facts, day, onDay }: FactsProps) {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  const words = useTermWords()
  const nationName = useNationName()
  if (facts.length === 0) return <p className={classes.help}>{t('factsEmpty')}</p>
  return (
    <ol className={classes.facts}>
      {facts.map((fact, index) => (
        <li key={index} className={classes.fact} data-later={fact.date > day || undefined}>
          <button
            type="button"
            className={classes.factDay}
            aria-pressed={fact.date === day}
            aria-label={t('factDay', { date: fact.date })}
            onClick={() => onDay(fact.date)}
          >
            {fact.date}
          </button>
          <span>
            <strong>
              {words.fact(fact.kind)}
              {fact.by === null ? '' : ` · ${nationName(fact.by)}`}
            </strong>
            <br />
            {nameIn(fact.text, language)}
            <span className={classes.source}>
              <Named name={t('source')}>{fact.source}</Named>
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
