/** The value of a term, by its kind, in the reader's language; a duty has no value. */
import type { ReactNode } from 'react'
import { nameIn, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import type { Say } from '../core/texts.ts'
import type { Language } from '#words/word.ts'
import { useNamed } from '../ui/Named.tsx'
import type { Term } from '../law/heldAgreements.ts'
import { EquivalenceTable } from './EquivalenceTable.tsx'
import {
  equivalenceIn,
  fieldsOf,
  isFields,
  namesIn,
  organisationsIn,
  textsIn,
  textOf,
} from '../law/crossing.ts'
import { useTermWords } from './termWords.ts'
import { agreementWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Agreements.module.css'

export function TermValue({ term }: { readonly term: Term }) {
  const lines = useLines(term)
  if (term.kind === 'equivalence') return <EquivalenceTable rows={equivalenceIn(fieldsOf(term)['rows'])} />
  if (lines.length === 0) return null
  return (
    <ul className={classes.lines}>
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}

/** One line for each part of the value. */
function useLines(term: Term): readonly ReactNode[] {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  const nationName = useNationName()
  const words = useTermWords()
  const named = useNamed()
  const value = fieldsOf(term)
  const text = (name: string): string => (typeof value[name] === 'string' ? value[name] : '')
  const rules = (name: string): readonly string[] => textsIn(value[name]).map(words.rule)
  switch (term.kind) {
    case 'markings':
      return Object.entries(isFields(value['markings']) ? value['markings'] : {}).map(([nation, markings]) =>
        named(nationName(nation), markingNames(markings).join(', ')),
      )
    case 'categories':
      return [
        textsIn(value['permitted']).map(words.word).join(', '),
        ...(textsIn(value['excluded']).length === 0
          ? []
          : [named(t('excluded'), textsIn(value['excluded']).map(words.word).join(', '))]),
      ]
    case 'purpose':
      return [textsIn(value['purposes']).map(words.word).join(', ')]
    case 'authorities':
      return organisationsIn(value['organisations']).map((organisation) =>
        named(nationName(organisation.nation), nameIn(organisation.names, language)),
      )
    case 'originator':
      return Object.values(isFields(value['names']) ? value['names'] : {}).map((names) =>
        nameIn(namesIn(names), language),
      )
    case 'access':
      return [rules('requires').join(' + ')]
    case 'assurance':
      return [rules('covers').join(', ')]
    case 'channel':
      return [[words.rule(text('route')), ...rules('permitted')].join(', ')]
    case 'third_party':
    case 'survival':
      return [words.rule(text('rule'))]
    case 'entry_into_force':
      return [words.rule(text('rule')), t('zone', { zone: text('zone') })]
    case 'duration':
      return [
        text('initial') === ''
          ? t('noPeriod')
          : [
              t('initialPeriod', { period: words.period(text('initial')) }),
              ...(text('renewal') === ''
                ? []
                : [t('renewalPeriod', { period: words.period(text('renewal')) })]),
            ].join(', '),
      ]
    case 'notice':
      return noticeLines(term, { t, nationName, named, language, period: words.period })
    default:
      return []
  }
}

interface NoticeWords {
  readonly t: Say<typeof agreementWords>
  readonly nationName: (code: string) => string
  readonly named: (name: string, value: string) => string
  readonly language: Language
  readonly period: (text: string) => string
}

function noticeLines(term: Term, words: NoticeWords): readonly ReactNode[] {
  const { t, nationName, named, language, period } = words
  const value = fieldsOf(term)
  const length = period(textOf(value['period']))
  const marginDays = Number(value['marginDays'] ?? 0)
  const key = value['anchor'] === 'any_time' ? 'noticeAny' : 'noticeBefore'
  return [
    t(key, { period: length }),
    ...(marginDays > 0 ? [t('margin', { days: t('days', { count: marginDays }) })] : []),
    ...Object.entries(isFields(value['readings']) ? value['readings'] : {}).map(([nation, reading]) =>
      named(t('reads', { nation: nationName(nation) }), nameIn(namesIn(reading), language)),
    ),
  ]
}

function markingNames(markings: unknown): readonly string[] {
  if (!Array.isArray(markings)) return []
  return markings.filter(isFields).map((marking) => textOf(marking['marking']))
}
