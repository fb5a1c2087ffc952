/** How the terms of the law read, which every instrument may have. */
import { nameIn, useLanguage, useNames } from '../core/language.ts'
import { useNationName } from '../core/nations.ts'
import { useText } from '../core/texts.ts'
import { organisationsIn } from '../law/organisations.ts'
import type { Organisation } from '../law/organisations.ts'
import { isFields, namesIn, textOf, textsIn } from '../law/termFields.ts'
import { Lines, WordList, crossing } from '../law/terms.tsx'
import type { Crossing, TermValue } from '../law/terms.tsx'
import { Named, useNamed } from '../ui/Named.tsx'
import { categories, termRules } from '#words/pillars.ts'
import { useTermWords } from './termWords.ts'
import { agreementWords } from './words.ts'

const Categories: TermValue = ({ value }) => {
  const t = useText(agreementWords)
  const named = useNamed()
  const word = useNames(categories)
  const excluded = textsIn(value['excluded']).map(word).join(', ')
  return (
    <Lines
      of={[
        textsIn(value['permitted']).map(word).join(', '),
        ...(excluded === '' ? [] : [named(t('excluded'), excluded)]),
      ]}
    />
  )
}

const Authorities: TermValue = ({ value }) => {
  const [language] = useLanguage()
  const nationName = useNationName()
  const named = useNamed()
  return (
    <Lines
      of={organisationsIn(value).map(({ nation, names }) =>
        named(nationName(nation), nameIn(names, language)),
      )}
    />
  )
}

const Originator: TermValue = ({ value }) => {
  const [language] = useLanguage()
  const byNation = Object.values(isFields(value['names']) ? value['names'] : {})
  return <Lines of={byNation.map((names) => nameIn(namesIn(names), language))} />
}

const Channel: TermValue = ({ value }) => {
  const rule = useNames(termRules)
  return <Lines of={[[textOf(value['route']), ...textsIn(value['permitted'])].map(rule).join(', ')]} />
}

const Survival: TermValue = ({ value }) => {
  const rule = useNames(termRules)
  return <Lines of={[rule(textOf(value['rule']))]} />
}

const EntryIntoForce: TermValue = ({ value }) => {
  const t = useText(agreementWords)
  const rule = useNames(termRules)
  return <Lines of={[rule(textOf(value['rule'])), t('zone', { zone: textOf(value['zone']) })]} />
}

const Duration: TermValue = ({ value }) => {
  const t = useText(agreementWords)
  const { period } = useTermWords()
  const initial = textOf(value['initial'])
  const renewal = textOf(value['renewal'])
  const periods = [
    t('initialPeriod', { period: period(initial) }),
    ...(renewal === '' ? [] : [t('renewalPeriod', { period: period(renewal) })]),
  ]
  return <Lines of={[initial === '' ? t('noPeriod') : periods.join(', ')]} />
}

const Notice: TermValue = ({ value }) => {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  const nationName = useNationName()
  const named = useNamed()
  const { period } = useTermWords()
  const marginDays = Number(value['marginDays'] ?? 0)
  const key = value['anchor'] === 'any_time' ? 'noticeAny' : 'noticeBefore'
  const readings = Object.entries(isFields(value['readings']) ? value['readings'] : {})
  return (
    <Lines
      of={[
        t(key, { period: period(textOf(value['period'])) }),
        ...(marginDays > 0 ? [t('margin', { days: t('days', { count: marginDays }) })] : []),
        ...readings.map(([nation, reading]) =>
          named(t('reads', { nation: nationName(nation) }), nameIn(namesIn(reading), language)),
        ),
      ]}
    />
  )
}

/** How the value of a term reads, by kind. */
export const TERMS: Readonly<Record<string, TermValue>> = {
  categories: Categories,
  authorities: Authorities,
  originator: Originator,
  channel: Channel,
  survival: Survival,
  entry_into_force: EntryIntoForce,
  duration: Duration,
  notice: Notice,
}

function Organisations({ of }: { readonly of: readonly Organisation[] }) {
  const [language] = useLanguage()
  const nationName = useNationName()
  return (
    <WordList
      of={of.map(({ id, nation, names }) => (
        <Named key={id} name={nationName(nation)}>
          {nameIn(names, language)}
        </Named>
      ))}
    />
  )
}

const { entries } = agreementWords

/** What may cross under an agreement, from the terms of the law. */
export const CROSSINGS: readonly Crossing[] = [
  crossing({
    kind: 'categories',
    title: entries.categories,
    itemsIn: ({ permitted }) => textsIn(permitted),
    Items: ({ of }) => <WordList of={of.map(useNames(categories))} />,
  }),
  crossing({
    kind: 'categories',
    title: entries.excluded,
    itemsIn: ({ excluded }) => textsIn(excluded),
    Items: ({ of }) => <WordList of={of.map(useNames(categories))} isBarred />,
  }),
  crossing({
    kind: 'authorities',
    title: entries.organisations,
    itemsIn: organisationsIn,
    Items: Organisations,
  }),
  crossing({
    kind: 'channel',
    title: entries.channels,
    itemsIn: ({ permitted }) => textsIn(permitted),
    Items: ({ of }) => <WordList of={of.map(useNames(termRules))} />,
  }),
]
