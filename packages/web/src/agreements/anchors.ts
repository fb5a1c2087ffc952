/**
 * Terms and the words that state them: the paragraphs that a term rests on, and the terms that rest on a
 * paragraph.
 */
import type { Agreement, Term } from '../law/held.ts'

export type Text = Agreement['texts'][number]
export type Paragraph = Text['articles'][number]['paragraphs'][number]

/** `7` covers `7`, `7.1` and `7.5.c`; never `71`. */
export function covers(article: string, address: string): boolean {
  return address === article || address.startsWith(`${article}.`)
}

/** The addresses of the paragraphs that a term rests on, in the order of the text. */
export function addressesOf(term: Term, addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => term.articles.some((article) => covers(article, address)))
}

/** The terms that rest on a paragraph. */
export function termsAt(terms: readonly Term[], address: string): readonly Term[] {
  return terms.filter((term) => term.articles.some((article) => covers(article, address)))
}

/** Every address that any of the texts has, in the order of the first text that has it. */
export function addressesIn(texts: readonly Text[]): readonly string[] {
  return rowsOf(texts).flatMap((article) => article.rows.map((row) => row.address))
}

export interface AlignedRow {
  readonly address: string
  /** The paragraph in each text, null where a text lacks it. */
  readonly cells: readonly (Paragraph | null)[]
}

export interface AlignedArticle {
  readonly number: string
  /** The heading in each text, null where a text lacks the article. */
  readonly headings: readonly (string | null)[]
  readonly rows: readonly AlignedRow[]
}

/** Texts side by side, article by article and paragraph by paragraph; nothing of any text is left out. */
export function rowsOf(texts: readonly Text[]): readonly AlignedArticle[] {
  const numbers = merged(texts.map((text) => text.articles.map((article) => article.number)))
  return numbers.map((number) => {
    const articles = texts.map((text) => text.articles.find((article) => article.number === number))
    const addresses = merged(articles.map((entry) => (entry?.paragraphs ?? []).map(({ address }) => address)))
    return {
      number,
      headings: articles.map((article) => article?.heading ?? null),
      rows: addresses.map((address) => ({
        address,
        cells: articles.map(
          (article) => article?.paragraphs.find((paragraph) => paragraph.address === address) ?? null,
        ),
      })),
    }
  })
}

/**
 * One order out of several: every list keeps its own order, and an entry that only a later list has comes
 * after its predecessor there.
 */
function merged(lists: readonly (readonly string[])[]): readonly string[] {
  const order: string[] = []
  for (const list of lists) {
    let after = -1
    for (const name of list) {
      const at = order.indexOf(name)
      if (at === -1) order.splice(after + 1, 0, name)
      after = at === -1 ? after + 1 : at
    }
  }
  return order
}
