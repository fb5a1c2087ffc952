/**
 * The terms of an agreement with their articles. Hovering over a term shows its paragraphs; pressing pins
 * them.
 */
import type { Ref } from 'react'
import { nameIn, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Citations } from '../ui/CitationLink.tsx'
import type { Term } from '../law/heldAgreements.ts'
import { fieldsOf } from '../law/termFields.ts'
import { TermValue } from './TermValue.tsx'
import { useTermWords } from './termWords.ts'
import { agreementWords } from './words.ts'
import classes from './Terms.module.css'

interface Props {
  readonly instrument: string
  readonly terms: readonly Term[]
  /** The terms that cite the hovered paragraph. */
  readonly lit: ReadonlySet<string>
  readonly pinned: string
  /** Whether the node has the text, so that paragraphs can be shown. */
  readonly hasText: boolean
  readonly onPoint: (term: string | null) => void
  readonly onTerm: (term: string) => void
  readonly ref: Ref<HTMLUListElement>
}

export function TermsPane({ terms, ref, ...links }: Props) {
  const t = useText(agreementWords)
  return (
    <ul ref={ref} className={classes.pane} aria-label={t('terms')} tabIndex={-1}>
      {terms.map((term) => (
        <TermCard key={term.id} term={term} {...links} />
      ))}
    </ul>
  )
}

type CardProps = Omit<Props, 'terms' | 'ref'> & { readonly term: Term }

function TermCard({ term, instrument, lit, pinned, hasText, onPoint, onTerm }: CardProps) {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  const words = useTermWords()
  const { illustrative } = fieldsOf(term)
  const isPinned = term.id === pinned
  return (
    <li
      className={classes.card}
      data-term={term.id}
      data-lit={lit.has(term.id) || isPinned || undefined}
      onPointerEnter={() => onPoint(term.id)}
      onPointerLeave={() => onPoint(null)}
    >
      <div className={classes.head}>
        {hasText ? (
          <button
            type="button"
            className={classes.name}
            aria-pressed={isPinned}
            title={isPinned ? t('unpin') : t('showWords')}
            onFocus={() => onPoint(term.id)}
            onBlur={() => onPoint(null)}
            onClick={() => onTerm(term.id)}
          >
            {words.term(term.kind)}
          </button>
        ) : (
          <strong>{words.term(term.kind)}</strong>
        )}
        <Citations of={term.articles.map((article) => ({ instrument, article }))} />
        {isPinned && <span className={classes.pinned}>{t('pinned')}</span>}
      </div>
      <TermValue term={term} />
      {illustrative === true && <p className={classes.illustrative}>{t('madeForExercise')}</p>}
      {term.note !== null && <p className={classes.note}>{nameIn(term.note, language)}</p>}
    </li>
  )
}
