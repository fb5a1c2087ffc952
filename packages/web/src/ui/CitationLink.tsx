/**
 * A link that opens an article beside the page. The article is in the address, so that the link can be
 * shared.
 */
import type { Citation } from '#api/refusals.ts'
import { useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useAddressQuery } from './address.ts'
import { ENTENTE, NATIONAL, articleName, citationText, orderedCitations, instrumentName } from './citation.ts'
import { uiWords } from './words.ts'
import classes from './Citation.module.css'

/** The name of an article, in the reader's language. */
export function useCitationName(): (citation: Citation) => string {
  const t = useText(uiWords)
  const [language] = useLanguage()
  return ({ instrument, article }) => {
    if (instrument === NATIONAL) return t('nationalRule', { article })
    if (instrument === ENTENTE) return t('ententeRule', { article })
    return `${instrumentName(instrument)} ${articleName(article, language)}`
  }
}

function CitationLink({ citation }: { readonly citation: Citation }) {
  const t = useText(uiWords)
  const name = useCitationName()(citation)
  const query = useAddressQuery()
  return (
    <button
      type="button"
      className={classes.link}
      title={t('openArticle', { article: name })}
      onClick={() => query.set({ article: citationText(citation) }, { push: true })}
    >
      {name}
    </button>
  )
}

/** A list of articles. */
export function Citations({ of }: { readonly of: readonly Citation[] }) {
  const citations = orderedCitations(of)
  if (citations.length === 0) return null
  return (
    <span className={classes.row}>
      {citations.map((citation) => (
        <CitationLink key={citationText(citation)} citation={citation} />
      ))}
    </span>
  )
}
