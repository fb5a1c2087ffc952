/** Names of articles for readers and for addresses. */
import type { Citation } from '#api/refusals.ts'
import type { Language } from '#words/word.ts'

/** The instrument in a citation of a national rule. */
export const NATIONAL = 'national'
/** The instrument in a citation of a rule of the software. */
export const ENTENTE = 'entente'

/** `jp-kr-gsomia-2016` → `JP–KR GSOMIA 2016`. */
export function instrumentName(instrument: string): string {
  const parts = instrument.split('-').map((part) => part.toUpperCase())
  const nations = parts.filter((part, index) => index < 3 && /^[A-Z]{2}$/.test(part))
  const rest = parts.slice(nations.length)
  return [nations.join('–'), ...rest].filter((part) => part !== '').join(' ')
}

/** `jp-kr-gsomia-2016/7.5`, as the address names an open article. */
export function citationText(citation: Citation): string {
  return `${citation.instrument}/${citation.article}`
}

/** Parses a citation in the address; null if it is none. */
export function parseCitation(text: string): Citation | null {
  const cut = text.indexOf('/')
  if (cut <= 0 || cut === text.length - 1) return null
  return { instrument: text.slice(0, cut), article: text.slice(cut + 1) }
}

/** `7.5` → `7`; `6.c` and `6(c)` → `6`. */
export function articleNumber(article: string): string {
  return /^[0-9A-Za-z]+/.exec(article)?.[0] ?? article
}

/** The code of an article that was not read or does not exist. */
const NO_ARTICLE: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'not read': { en: '(article not read)', ko: '(조문 미확인)', ja: '（条文未確認）' },
  'not concluded': { en: '(not concluded)', ko: '(미체결)', ja: '（未締結）' },
}

/** The letters of items in Korean texts, in the order of (a), (b), (c). */
const KOREAN_LETTERS = '가나다라마바사아자차카타파하'

function koreanPart(part: string): string {
  return KOREAN_LETTERS[part.charCodeAt(0) - 'a'.charCodeAt(0)] ?? part
}

/** `7.5` → `Art. 7.5`, `제7조 제5항`, `第7条5`; `6.c` → `Art. 6(c)`, `제6조 다호`, `第6条(c)`. */
export function articleName(article: string, language: Language): string {
  const none = NO_ARTICLE[article]
  if (none !== undefined) return none[language]
  const [head = article, ...parts] = article.split(/[.()\s]+/).filter((part) => part !== '')
  const isNumber = (part: string): boolean => /^\d+$/.test(part)
  if (!isNumber(head)) return article
  switch (language) {
    case 'en':
      return `Art. ${head}${parts.map((part) => (isNumber(part) ? `.${part}` : `(${part})`)).join('')}`
    case 'ko':
      return `제${head}조${parts.map((part) => (isNumber(part) ? ` 제${part}항` : ` ${koreanPart(part)}호`)).join('')}`
    case 'ja':
      return `第${head}条${parts.map((part) => (isNumber(part) ? part : `(${part})`)).join('')}`
  }
}

/**
 * Unique citations: by agreement in the given order, then by article in reading order; last the national rules, then
 * those of the software.
 */
export function orderedCitations(citations: readonly Citation[]): readonly Citation[] {
  const distinct = [...new Map(citations.map((citation) => [citationText(citation), citation])).values()]
  const instruments = [...new Set(distinct.map((citation) => citation.instrument))]
  const place = ({ instrument }: Citation): number =>
    [NATIONAL, ENTENTE].includes(instrument)
      ? instruments.length + [NATIONAL, ENTENTE].indexOf(instrument)
      : instruments.indexOf(instrument)
  return distinct.toSorted(
    (one, other) =>
      place(one) - place(other) || one.article.localeCompare(other.article, 'en', { numeric: true }),
  )
}
