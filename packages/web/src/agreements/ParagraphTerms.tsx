/** The terms that cite a paragraph, below its text; on a phone the chosen term opens there. */
import { useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { articleName } from '../ui/citation.ts'
import type { Term } from '../law/heldAgreements.ts'
import { TermValue } from './TermValue.tsx'
import { useTermWords } from './termWords.ts'
import { agreementWords } from './words.ts'
import classes from './Text.module.css'

interface Props {
  readonly address: string
  readonly terms: readonly Term[]
  readonly pinned: string
  /** Shows the value of the pinned term here. */
  readonly isOpen: boolean
  readonly onTerm: (term: string) => void
  readonly onPoint: (address: string | null) => void
}

export function ParagraphTerms({ address, terms, pinned, isOpen, onTerm, onPoint }: Props) {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  const words = useTermWords()
  if (terms.length === 0) return null
  return (
    <div
      className={classes.bound}
      role="group"
      aria-label={t('termsOf', { article: articleName(address, language) })}
    >
      {terms.map((term) => (
        <button
          key={term.id}
          type="button"
          className={classes.chip}
          aria-pressed={term.id === pinned}
          onClick={() => onTerm(term.id)}
          onFocus={() => onPoint(address)}
          onBlur={() => onPoint(null)}
        >
          {words.term(term.kind)}
        </button>
      ))}
      {isOpen &&
        terms
          .filter((term) => term.id === pinned)
          .map((term) => (
            <div key={term.id} className={classes.inline}>
              <TermValue term={term} />
            </div>
          ))}
    </div>
  )
}
