/** What may cross on the chosen day: markings with their equivalents, categories, purposes, organisations. */
import type { ReactNode } from 'react'
import { nameIn, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { Named } from '../ui/Named.tsx'
import { EquivalenceTable } from './EquivalenceTable.tsx'
import { crossingOf, permitsAnything } from '../law/crossing.ts'
import type { Crossing } from '../law/crossing.ts'
import type { Term } from '../law/heldAgreements.ts'
import { useTermWords } from './termWords.ts'
import { agreementWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Agreements.module.css'

interface Props {
  readonly instrument: string
  readonly terms: readonly Term[]
  readonly isInForce: boolean
}

export function CrossingList({ instrument, terms, isInForce }: Props) {
  const t = useText(agreementWords)
  const crossing = crossingOf(terms)
  if (!isInForce) return <p className={classes.nothing}>{t('crossingNone')}</p>
  if (!permitsAnything(crossing)) return <p className={classes.nothing}>{t('crossingUnstated')}</p>
  return <Crossings instrument={instrument} crossing={crossing} />
}

interface CrossingsProps {
  readonly instrument: string
  readonly crossing: Crossing
}

function Crossings({ instrument, crossing }: CrossingsProps) {
  const t = useText(agreementWords)
  const words = useTermWords()
  const { articles } = crossing
  const part = (title: string, of: readonly string[], children: ReactNode) => (
    <Part title={title} instrument={instrument} articles={of}>
      {children}
    </Part>
  )
  return (
    <div className={classes.crossing}>
      {crossing.equivalence.length > 0 &&
        part(t('markings'), articles.equivalence, <EquivalenceTable rows={crossing.equivalence} />)}
      {part(t('categories'), articles.categories, <WordList codes={crossing.categories} />)}
      {crossing.excluded.length > 0 &&
        part(t('excluded'), articles.categories, <WordList codes={crossing.excluded} isBarred />)}
      {crossing.purposes.length > 0 &&
        part(t('purposes'), articles.purpose, <WordList codes={crossing.purposes} />)}
      {crossing.organisations.length > 0 &&
        part(t('organisations'), articles.authorities, <Organisations of={crossing.organisations} />)}
      {crossing.channels.length > 0 &&
        part(
          t('channels'),
          articles.channel,
          <ul className={classes.words}>
            {crossing.channels.map((channel) => (
              <li key={channel}>{words.rule(channel)}</li>
            ))}
          </ul>,
        )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly instrument: string
  readonly articles: readonly string[]
  readonly children: ReactNode
}

function Part({ title, instrument, articles, children }: PartProps) {
  return (
    <section className={classes.part}>
      <h3>
        {title} <Citations of={articles.map((article) => ({ instrument, article }))} />
      </h3>
      {children}
    </section>
  )
}

function WordList({
  codes,
  isBarred = false,
}: {
  readonly codes: readonly string[]
  readonly isBarred?: boolean
}) {
  const words = useTermWords()
  return (
    <ul className={classes.words} data-barred={isBarred || undefined}>
      {codes.map((code) => (
        <li key={code}>{words.word(code)}</li>
      ))}
    </ul>
  )
}

function Organisations({ of }: { readonly of: Crossing['organisations'] }) {
  const [language] = useLanguage()
  const nationName = useNationName()
  return (
    <ul className={classes.words}>
      {of.map((organisation) => (
        <li key={organisation.id}>
          <Named name={nationName(organisation.nation)}>{nameIn(organisation.names, language)}</Named>
        </li>
      ))}
    </ul>
  )
}
