/** Parses the article that a reader searches for. Pure. */

const ASKED =
  /^(?:art(?:icle)?\.?|제|第)?\s*(\d{1,2})(?!\d)\s*(?:조|条)?[\s.(]*제?\s*(\d{1,2}|[a-z])?\s*(?:항|項)?\)?$/iu

/** `7.5`, `Art. 7.5`, `제7조 제5항`, `第7条5` → `7.5`; `6(c)` → `6.c`; `9조` → `9`; null for other words. */
export function parseArticleQuery(words: string): string | null {
  const found = ASKED.exec(words.trim())
  if (found === null) return null
  return [found[1], found[2]?.toLowerCase()].filter((part) => part !== undefined).join('.')
}
