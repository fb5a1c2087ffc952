/** Finds the article that a reader types, in every agreement whose text has it. */
import { useLanguage } from '../core/language.ts'
import { useHeldAgreements } from '../law/heldAgreements.ts'
import { useCitationName } from '../ui/CitationLink.tsx'
import { parseArticleQuery } from './articleQuery.ts'

export interface FoundArticle {
  readonly label: string
  readonly detail: string
  readonly to: string
}

/** @param pathOf the address of an agreement with an article */
export function useFoundArticles(
  words: string,
  pathOf: (instrument: string, query: { readonly at: string }) => string,
): readonly FoundArticle[] {
  const [language] = useLanguage()
  const citationName = useCitationName()
  const article = parseArticleQuery(words)
  const held = useHeldAgreements(article !== null)
  if (article === null) return []
  const number = article.split('.')[0]
  return held.flatMap(({ instrument, texts }) => {
    const text = texts.find((candidate) => candidate.language === language) ?? texts[0]
    const found = text?.articles.find((candidate) => candidate.number === number)
    if (found === undefined) return []
    if (article !== number && found.paragraphs.every((paragraph) => paragraph.address !== article)) return []
    const label = citationName({ instrument, article })
    return [{ label, detail: found.heading, to: pathOf(instrument, { at: article }) }]
  })
}
