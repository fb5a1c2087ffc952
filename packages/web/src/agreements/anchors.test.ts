/**
 * Terms and paragraphs refer to each other, and alignment loses no paragraph: with the text of the real
 * treaty.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addressesIn, addressesOf, covers, rowsOf, termsAt } from './anchors.ts'
import type { Term } from '../law/heldAgreements.ts'
import type { Text } from './anchors.ts'
import { categoriesIn, fieldsOf, textsIn } from '../law/termFields.ts'
import { plainCode } from '../core/language.ts'
import { parsePeriod } from './termWords.ts'
import { factKinds } from '#words/agreements.ts'
import { categories, purposes, termKinds, wordsOf } from '#words/pillars.ts'

const folder = new URL('../../../../instruments/', import.meta.url)

function termsOf(instrument: string): readonly Term[] {
  const { terms } = JSON.parse(readFileSync(new URL(`${instrument}/terms.json`, folder), 'utf8')) as {
    terms: { id: string; articles: string[]; kind: string; note?: Record<string, string> }[]
  }
  return terms.map(({ id, articles, kind, note = null, ...value }) => ({ id, articles, kind, note, value }))
}

const INSTRUMENTS = [
  'jp-kr-acsa',
  'jp-kr-gsomia-2016',
  'jp-us-acsa',
  'jp-us-gsomia-2007',
  'kr-us-gsomia-1987',
  'kr-us-mlsa-1988',
]

function text(language: string, articles: Readonly<Record<string, readonly string[]>>): Text {
  return {
    language,
    authentic: false,
    official: false,
    note: '',
    articles: Object.entries(articles).map(([number, addresses]) => ({
      number,
      heading: `Article ${number}`,
      paragraphs: addresses.map((address) => ({ address, text: `${language} ${address}`, quoted: null })),
    })),
  }
}

test('an article covers its own paragraphs and no others', () => {
  expect(covers('7', '7.5.c')).toBe(true)
  expect(covers('7.5', '7.5')).toBe(true)
  expect(covers('7', '71')).toBe(false)
  expect(covers('7.1', '7.10')).toBe(false)
})

test('a term has its paragraphs, and a paragraph its terms', () => {
  const terms = termsOf('jp-kr-gsomia-2016')
  const addresses = ['7.1', '7.2', '7.5', '7.5.a', '12.a.3']
  const assurance = terms.find((term) => term.id === 'assurance')
  const access = terms.find((term) => term.id === 'access')
  if (assurance === undefined || access === undefined) throw new Error('The treaty has both terms.')
  expect(addressesOf(assurance, addresses)).toEqual(['7.5', '7.5.a'])
  expect(addressesOf(access, addresses)).toEqual(['7.1', '7.2'])
  expect(termsAt(terms, '7.5.a').map(({ id }) => id)).toEqual(['assurance'])
  expect(termsAt(terms, '21.3').map(({ id }) => id)).toEqual(['duration', 'notice'])
})

test('two texts are aligned by address, even if one lacks a paragraph', () => {
  const ko = text('ko', { 1: ['1'], 2: ['2', '2.a', '2.b'], 4: ['4'] })
  const ja = text('ja', { 1: ['1'], 2: ['2', '2.b'], 3: ['3'], 4: ['4'] })
  expect(addressesIn([ko, ja])).toEqual(['1', '2', '2.a', '2.b', '3', '4'])
  const second = rowsOf([ko, ja]).find((article) => article.number === '2')
  expect(second?.rows.map((row) => row.cells.map((cell) => cell?.text ?? null))).toEqual([
    ['ko 2', 'ja 2'],
    ['ko 2.a', null],
    ['ko 2.b', 'ja 2.b'],
  ])
  expect(rowsOf([ko, ja]).find((article) => article.number === '3')?.headings).toEqual([null, 'Article 3'])
})

test('the terms say which categories may cross; under an agreement without categories none may', () => {
  expect(categoriesIn(termsOf('jp-kr-gsomia-2016'))).toContain('missile_launch')
  expect(categoriesIn(termsOf('jp-kr-acsa'))).toEqual([])
  const broken = { id: 'x', articles: ['1'], kind: 'categories', note: null, value: 'broken' }
  expect(categoriesIn([broken])).toEqual([])
})

test('every kind of term, category, purpose and fact that an instrument names has words', () => {
  for (const instrument of INSTRUMENTS) {
    const terms = termsOf(instrument)
    for (const term of terms) {
      expect(wordsOf(termKinds, term.kind), term.kind).not.toBeNull()
      const { permitted, excluded, purposes: served } = fieldsOf(term)
      if (term.kind === 'categories') {
        for (const code of [...textsIn(permitted), ...textsIn(excluded)])
          expect(wordsOf(categories, code), code).not.toBeNull()
      }
      for (const code of textsIn(served)) expect(wordsOf(purposes, code), code).not.toBeNull()
    }
    const { facts } = JSON.parse(readFileSync(new URL(`${instrument}/facts.json`, folder), 'utf8')) as {
      facts: { kind: string }[]
    }
    for (const { kind } of facts) expect(wordsOf(factKinds, kind), kind).not.toBeNull()
  }
})

test('periods and codes', () => {
  expect(parsePeriod('P90D')).toEqual({ count: 90, unit: 'days' })
  expect(parsePeriod('P1Y')).toEqual({ count: 1, unit: 'years' })
  expect(parsePeriod('90 days')).toBeNull()
  expect(plainCode('missile_launch')).toBe('missile launch')
})
