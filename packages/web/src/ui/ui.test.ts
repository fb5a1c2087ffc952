/** The pure functions of `ui`: citations, the order of markings, instants, addresses, table order. */
import { expect, test } from 'vitest'
import { changedQuery } from './address.ts'
import {
  articleName,
  articleNumber,
  citationText,
  instrumentName,
  orderedCitations,
  parseCitation,
} from './citation.ts'
import { relativeText, sizeText, spanText, zuluText } from './moment.ts'
import { highestOf } from './shownMarkings.ts'
import { nextOrder, parseOrder } from './tableModel.ts'

test('an article has its name in each language', () => {
  expect(['7.5', '6.c', '6(a)', '12'].map((article) => articleName(article, 'en'))).toEqual([
    'Art. 7.5',
    'Art. 6(c)',
    'Art. 6(a)',
    'Art. 12',
  ])
  expect(articleName('7.5', 'ko')).toBe('제7조 제5항')
  expect(articleName('6.c', 'ko')).toBe('제6조 다호')
  expect(articleName('6.c', 'ja')).toBe('第6条(c)')
  expect(articleName('LOG-3', 'en')).toBe('LOG-3')
  expect(instrumentName('jp-kr-gsomia-2016')).toBe('JP–KR GSOMIA 2016')
  expect(instrumentName('kr-us-mlsa-1988')).toBe('KR–US MLSA 1988')
  expect(articleNumber('12.3')).toBe('12')
})

test('a citation in the address can be parsed back', () => {
  const citation = { instrument: 'jp-kr-gsomia-2016', article: '7.5' }
  expect(parseCitation(citationText(citation))).toEqual(citation)
  for (const text of ['', '/', 'a/', '/7', 'none']) expect(parseCitation(text)).toBeNull()
})

test('articles are unique and in the order of their agreement, national rules and those of the software last', () => {
  const cite = (text: string) => parseCitation(text)!
  const given = [
    'x-2016/21.1',
    'entente/ID-3',
    'national/2',
    'x-2016/9',
    'x-2016/4.2',
    'x-2016/9',
    'x-2016/2.d',
    'x-2016/2.a',
  ]
  expect(orderedCitations(given.map(cite)).map(citationText)).toEqual([
    'x-2016/2.a',
    'x-2016/2.d',
    'x-2016/4.2',
    'x-2016/9',
    'x-2016/21.1',
    'national/2',
    'entente/ID-3',
  ])
})

test('the banner shows every marking of the highest level, and any marking that is not on the ladder', () => {
  const ladder = [
    ['군사 Ⅰ급 비밀', 'TOP SECRET'],
    ['極秘', '군사 Ⅱ급 비밀'],
    ['秘', '군사 Ⅲ급 비밀'],
  ]
  expect(highestOf(['秘', '極秘', '군사 Ⅱ급 비밀'], ladder)).toEqual(['極秘', '군사 Ⅱ급 비밀'])
  expect(highestOf(['군사 Ⅲ급 비밀', '秘'], ladder)).toEqual(['군사 Ⅲ급 비밀', '秘'])
  expect(highestOf(['秘', '극秘', '極秘'], ladder)).toEqual(['극秘'])
  expect(highestOf(['TOP SECRET', '극秘'], ladder)).toEqual(['TOP SECRET', '극秘'])
  expect(highestOf(['秘'], [])).toEqual(['秘'])
  expect(highestOf([], ladder)).toEqual([])
})

test('instants, durations and sizes', () => {
  const at = new Date('2026-11-24T08:05:00Z')
  expect(zuluText(at)).toMatch(/08:05Z$/)
  expect(relativeText(at, new Date('2026-11-24T08:08:00Z'), 'en')).toBe('3 minutes ago')
  // The clocks of two nodes differ a little; no event is shown in the future.
  expect(relativeText(at, new Date('2026-11-24T08:04:30Z'), 'en')).toBe('now')
  expect(relativeText(at, new Date('2026-11-21T08:05:00Z'), 'ko')).toBe('3일 후')
  expect([140, 2300, 180_000, 7_800_000, 442_800_000].map(spanText)).toEqual([
    '140 ms',
    '2 s',
    '3 min',
    '2 h 10 min',
    '5 d 3 h',
  ])
  expect([0, 999, 1500, 2_000_000_000].map(sizeText)).toEqual(['0 B', '999 B', '1.5 kB', '2.0 GB'])
})

test('a filter changes its own query value and keeps the others', () => {
  expect(changedQuery('?a=1&b=2', { b: '', c: '3' })).toBe('?a=1&c=3')
  expect(changedQuery('?a=1', { a: '' })).toBe('')
})

test('a press on a column name sorts up, then down, then not at all', () => {
  expect(nextOrder('', 'at')).toBe('at')
  expect(nextOrder('at', 'at')).toBe('-at')
  expect(nextOrder('-at', 'at')).toBe('')
  expect(parseOrder('-at')).toEqual([{ id: 'at', desc: true }])
})
