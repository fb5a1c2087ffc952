/**
 * Text on the left, terms on the right: hovering over or pressing one side shows its counterpart on the
 * other.
 */
import { useEffect, useRef, useState } from 'react'
import { useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useAddressQuery } from '../ui/address.ts'
import { addressesIn, addressesOf, covers, termsAt } from './anchors.ts'
import type { Agreement } from '../law/heldAgreements.ts'
import type { Text } from './anchors.ts'
import { TermsPane } from './TermsPane.tsx'
import { TextChooser } from './TextChooser.tsx'
import { TextPane } from './TextPane.tsx'
import { reveal } from './reveal.ts'
import { agreementWords } from './words.ts'
import classes from './Agreements.module.css'

/** How long a pointer rests on a term before the text scrolls to it. */
const REST_MS = 160

/** The paragraph or term that has the pointer or the focus. */
type Pointed = { readonly term: string } | { readonly address: string } | null

export function TextAndTerms({ agreement }: { readonly agreement: Agreement }) {
  const t = useText(agreementWords)
  const query = useAddressQuery()
  const { shown, language, beside } = useShownTexts(agreement.texts)
  const [pointed, setPointed] = useState<Pointed>(null)
  const textPane = useRef<HTMLDivElement>(null)
  const termsPane = useRef<HTMLUListElement>(null)
  const pinned = query.get('term')
  const at = query.get('at')

  const addresses = addressesIn(shown)
  const pointedTerm = pointed !== null && 'term' in pointed ? pointed.term : null
  const term = agreement.terms.find((candidate) => candidate.id === (pointedTerm ?? pinned))
  const lit =
    term === undefined
      ? addresses.filter((address) => at !== '' && covers(at, address))
      : addressesOf(term, addresses)
  const litTerms =
    pointed !== null && 'address' in pointed
      ? termsAt(agreement.terms, pointed.address).map(({ id }) => id)
      : []
  const firstLit = lit[0]

  useEffect(() => {
    if (firstLit === undefined) return undefined
    // On a phone the page itself scrolls, so only a press may scroll it.
    if (pointedTerm !== null && !scrollsAlone(textPane.current)) return undefined
    const timer = setTimeout(() => reveal(textPane.current, `[data-address="${firstLit}"]`), REST_MS)
    return () => clearTimeout(timer)
  }, [firstLit, pointedTerm])

  const pin = (id: string): void => query.set({ term: id === pinned ? '' : id, at: '' })
  return (
    <>
      {agreement.texts.length > 0 && (
        <TextChooser
          texts={agreement.texts}
          language={language}
          beside={beside}
          onLanguage={(next) => query.set({ text: next, ...(next === beside ? { beside: '' } : {}) })}
          onBeside={(next) => query.set({ beside: next })}
        />
      )}
      <div className={classes.panes}>
        {shown.length === 0 ? (
          <p className={classes.nothing}>{t('noText')}</p>
        ) : (
          <TextPane
            ref={textPane}
            texts={shown}
            terms={agreement.terms}
            lit={new Set(lit)}
            pinned={pinned}
            onPoint={(address) => setPointed(address === null ? null : { address })}
            onTerm={(id) => {
              pin(id)
              if (scrollsAlone(termsPane.current)) reveal(termsPane.current, `[data-term="${id}"]`)
            }}
          />
        )}
        <TermsPane
          ref={termsPane}
          instrument={agreement.instrument}
          terms={agreement.terms}
          lit={new Set(litTerms)}
          pinned={pinned}
          hasText={shown.length > 0}
          onPoint={(id) => setPointed(id === null ? null : { term: id })}
          onTerm={pin}
        />
      </div>
    </>
  )
}

function scrollsAlone(pane: HTMLElement | null): boolean {
  return pane !== null && pane.scrollHeight > pane.clientHeight + 1
}

interface ShownTexts {
  readonly shown: readonly Text[]
  readonly language: string
  /** Empty if no second text is shown. */
  readonly beside: string
}

/** The texts named in the address; by default the one in the reader's language. */
function useShownTexts(texts: readonly Text[]): ShownTexts {
  const query = useAddressQuery()
  const [reader] = useLanguage()
  const find = (language: string): Text | undefined => texts.find((text) => text.language === language)
  const main = find(query.get('text')) ?? find(reader) ?? texts[0]
  const second = find(query.get('beside'))
  const beside = second === main ? undefined : second
  return {
    shown: [main, beside].filter((text) => text !== undefined),
    language: main?.language ?? '',
    beside: beside?.language ?? '',
  }
}
