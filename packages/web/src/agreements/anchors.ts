/** Terms and paragraphs: the paragraphs that a term cites, and the terms that cite a paragraph. */
import type { Agreement, Term } from '../law/heldAgreements.ts'

export type Text = Agreement['texts'][number]
export type Paragraph = Text['articles'][number]['paragraphs'][number]

/** `7` covers `7`, `7.1` and `7.5.c`; never `71`. */
export function covers(article: string, address: string): boolean {
  return address === article || address.startsWith(`${article}.`)
}

/** The addresses of the paragraphs that a term cites, in the order of the text. */
export function addressesOf(term: Term, addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => term.articles.some((article) => covers(article, address)))
}

/** The terms that cite a paragraph. */
export function termsAt(terms: readonly Term[], address: string): readonly Term[] {
  return terms.filter((term) => term.articles.some((article) => covers(article, address)))
}

/** Every address that any of the texts has, in the order of the first text that has it. */
export function addressesIn(texts: readonly Text[]): readonly string[] {
  return rowsOf(texts).flatMap((article) => article.rows.map((row) => row.address))
}

export interface AlignedRow {
  readonly address: string
  /** The paragraph in each text; null if a text lacks it. */
  readonly cells: readonly (Paragraph | null)[]
}

export interface AlignedArticle {
  readonly number: string
  /** The heading in each text; null if a text lacks the article. */
  readonly headings: readonly (string | null)[]
  readonly rows: readonly AlignedRow[]
}

/** Aligns texts by article and paragraph, without omitting anything of any text. */
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
 * Merges lists into one order: every list keeps its order, and an entry that only a later list has follows
 * its predecessor in that list.
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
