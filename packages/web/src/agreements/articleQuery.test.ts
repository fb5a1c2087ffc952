/** Parses articles as people type them. */
import { expect, test } from 'vitest'
import { parseArticleQuery } from './articleQuery.ts'

test('an article is parsed in the notation of each language', () => {
  for (const words of ['7.5', 'Art. 7.5', 'article 7.5', '제7조 제5항', '제7조 5항', '第7条5', '第7条5項']) {
    expect(parseArticleQuery(words), words).toBe('7.5')
  }
  expect(parseArticleQuery('6(c)')).toBe('6.c')
  expect(parseArticleQuery('9조')).toBe('9')
  for (const words of ['', 'JP-KR', '2026', 'desk', '7.5.1.2'])
    expect(parseArticleQuery(words), words).toBeNull()
})
