/** Which typed words name an article. */
import { expect, test } from 'vitest'
import { askedArticle } from './askedArticle.ts'

test('an article is found as each language writes it', () => {
  for (const words of ['7.5', 'Art. 7.5', 'article 7.5', '제7조 제5항', '제7조 5항', '第7条5', '第7条5項']) {
    expect(askedArticle(words), words).toBe('7.5')
  }
  expect(askedArticle('6(c)')).toBe('6.c')
  expect(askedArticle('9조')).toBe('9')
  for (const words of ['', 'JP-KR', '2026', 'desk', '7.5.1.2']) expect(askedArticle(words), words).toBeNull()
})
