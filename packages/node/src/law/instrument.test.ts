/** The shipped instruments: texts quoted exactly, terms anchored in them, and the errors of a wrong file. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '#wire/testProperties.ts'
import { INSTRUMENTS, INSTRUMENTS_FOLDER, instrumentNamed, JP_KR, NATIONS } from '#node/testFacts.ts'
import { equivalenceOf, equivalentMarkings, markingsOf, originatorName } from '#node/exchange/equivalence.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import { instrumentsBetween, parseInstrument } from './instrument.ts'
import { ladderOf, parseNations, rankOf } from './nations.ts'
import { compileProfile, parseProfile } from './profile.ts'
import { passagesAt, parseText } from './text.ts'

const read = (folder: string, file: string) => readFileSync(join(INSTRUMENTS_FOLDER, folder, file), 'utf8')
const gsomia = instrumentNamed('jp-kr-gsomia-2016')
const textOf = (id: string, language: string) =>
  instrumentNamed(id).texts.find((text) => text.language === language)!

/** The digest of a text without addresses, white space and our own additions: the words of the source. */
function digestOfWords(id: string, language: string): string {
  const quoted = textOf(id, language).passages.filter(({ standing }) => standing !== 'rendering')
  const joined = quoted
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s/g, '')
  return createHash('sha384').update(joined, 'utf8').digest('hex')
}

describe('texts', () => {
  it('[AGR-1] the Korean texts are the official ones, word for word', () => {
    expect(digestOfWords('jp-kr-gsomia-2016', 'ko')).toBe(
      'feea768062e9852629fa3ba8f3a16b8ebc3b28870f84d18dbece710c057095aec5ba7292473f3d0c2e8900f4971c36a9',
    )
    expect(digestOfWords('kr-us-mlsa-1988', 'ko')).toBe(
      'e2d02d144be5c0e2b8cf7c22e6b81acf8a71f728261a0375ac265654d044a6fa289bea163b4fe854527dade5f43a5940',
    )
  })

  it('[AGR-2] the three languages have the same addresses and 21 articles, and 7.5 is found', () => {
    const addresses = (language: string) =>
      [...new Set(textOf(gsomia.id, language).passages.map(({ address }) => address))].sort()
    expect(addresses('en')).toEqual(addresses('ko'))
    expect(addresses('ja')).toEqual(addresses('ko'))
    const headings = textOf(gsomia.id, 'ko').passages.filter(({ heading }) => heading)
    expect(headings.map(({ address }) => address)).toEqual(
      Array.from({ length: 21 }, (_, index) => `${index + 1}`),
    )
    expect(passagesAt(textOf(gsomia.id, 'ko'), '7.5').map(({ address }) => address)).toEqual([
      '7.5',
      '7.5.a',
      '7.5.b',
      '7.5.c',
    ])
  })

  it('[AGR-1] a rendering declares that it is not authentic, and names the source of each quotation', () => {
    for (const language of ['en', 'ja']) {
      const text = textOf(gsomia.id, language)
      expect(text.standing).toBe('rendering')
      expect(text.notice.length).toBeGreaterThan(40)
      for (const passage of text.passages) expect(passage.standing === 'quoted').toBe(passage.source !== null)
    }
    const [last] = passagesAt(textOf(gsomia.id, 'en'), '21.3')
    expect(last).toMatchObject({ standing: 'quoted', source: expect.stringContaining('wikisource') })
    expect(gsomia.terms.authentic).toEqual(['en'])
  })

  it('[AGR-2] a text that is not well formed is rejected with its line', () => {
    const head = '---\ninstrument: a\nlanguage: en\nstanding: rendering\n---\n'
    expect(() => parseText('t', 'no head')).toThrow('t: line 1')
    expect(() => parseText('t', `${head}# T\n\nloose words\n`)).toThrow('t: line 8')
    expect(() => parseText('t', `${head}# T\n[1 =nowhere] words\n`)).toThrow('nowhere')
    expect(() => parseText('t', head)).toThrow('title')
    expect(() => parseText('t', head.replace('rendering', 'binding'))).toThrow('standing')
  })
})

describe('terms', () => {
  it('[AGR-3] every instrument of the cast is there, and says what is illustrative', () => {
    expect(INSTRUMENTS.map(({ id }) => id)).toEqual([
      'jp-kr-acsa',
      'jp-kr-gsomia-2016',
      'jp-us-acsa',
      'jp-us-gsomia-2007',
      'kr-us-gsomia-1987',
      'kr-us-mlsa-1988',
    ])
    for (const { id, terms } of INSTRUMENTS) {
      const unread = terms.terms.filter(({ articles }) => articles.includes('not read'))
      const claimed = unread.filter(
        ({ illustrative, kind }) => illustrative !== true && kind !== 'entry_into_force',
      )
      expect([id, claimed]).toEqual([id, []])
    }
  })

  it('[AGR-5] the markings are exactly those of Article 4(1) in the official text', () => {
    const words = passagesAt(textOf(gsomia.id, 'ko'), '4.1')
      .map(({ text }) => text)
      .join(' ')
    for (const marking of [...markingsOf(JP_KR, 'KR'), ...markingsOf(JP_KR, 'JP')])
      expect(words).toContain(marking)
    expect(markingsOf(JP_KR, 'JP')).toEqual(['極秘', '特定秘密', '秘'].sort())
    expect(markingsOf(JP_KR, 'KR')).toEqual(['군사 Ⅱ급 비밀', '군사 Ⅲ급 비밀'])
  })

  it.each([
    ['an unknown kind', (terms: string) => terms.replace('"kind": "access"', '"kind": "excess"'), 'kind'],
    [
      'a term without an article',
      (terms: string) => terms.replace('"articles": [\n        "3"\n      ]', '"articles": []'),
      'articles',
    ],
    ['a term whose article no text has', (terms: string) => terms.replace('"21.4"', '"21.9"'), '21.9'],
    ['an article left without a term', (terms: string) => terms.replace('"19"', '"18"'), 'article 19'],
    [
      'a marking that is not declared',
      (terms: string) =>
        terms.replace('"marking": "秘",\n          "to"', '"marking": "祕",\n          "to"'),
      'not declared',
    ],
    ['a field that is not known', (terms: string) => terms.replace('"class"', '"klass"'), 'klass'],
    [
      'a note that lacks a language',
      (terms: string) => terms.replace(/"note": \{\s+"en": "[^"]*",/, '"note": {'),
      'note',
    ],
    ['something that is not JSON', (terms: string) => terms.slice(1), 'not JSON'],
  ])('[AGR-4] [AGR-6] rejects %s with its place', (_fault, spoil, place) => {
    const terms = read(gsomia.id, 'terms.json')
    const source = {
      folder: gsomia.id,
      facts: read(gsomia.id, 'facts.json'),
      texts: { 'text.ko.md': read(gsomia.id, 'text.ko.md') },
    }
    expect(spoil(terms)).not.toBe(terms)
    expect(parseInstrument({ ...source, terms }, TERM_KINDS).id).toBe(gsomia.id)
    expect(() => parseInstrument({ ...source, terms: spoil(terms) }, TERM_KINDS)).toThrow(place)
  })

  it('[AGR-3] instruments between two nations on a subject, whichever is named first', () => {
    const found = (one: string, other: string, subject: 'information' | 'logistics') =>
      instrumentsBetween(INSTRUMENTS, one, other, subject, '2026-11-24').map(
        ({ instrument, status }) => `${instrument.id} ${status.state}`,
      )
    expect(found('JP', 'KR', 'information')).toEqual(['jp-kr-gsomia-2016 in_force'])
    expect(found('KR', 'JP', 'logistics')).toEqual(['jp-kr-acsa not_concluded'])
    expect(found('US', 'KR', 'logistics')).toEqual(['kr-us-mlsa-1988 in_force'])
    expect(found('US', 'JP', 'logistics')).toEqual(['jp-us-acsa in_force'])
    expect(found('JP', 'FR', 'information')).toEqual([])
    expect(found('JP', 'JP', 'information')).toEqual([])
  })
})

describe('profile', () => {
  it('[AGR-7] has one hash, whatever the layout and order of the file', () => {
    const turn = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turn)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, turn(inner)]),
      )
    }
    const turned = turn(gsomia.terms) as typeof gsomia.terms
    fc.assert(
      fc.property(fc.shuffledSubarray([...turned.terms], { minLength: turned.terms.length }), (terms) => {
        expect(compileProfile({ ...turned, terms }, TERM_KINDS).hash).toBe(gsomia.profile.hash)
      }),
      runs(20),
    )
    expect(parseProfile(gsomia.profile.text)).toEqual(gsomia.profile)
  })

  it('[AGR-8] a change of any operative value changes the hash; words for people do not', () => {
    const changed = (change: (text: string) => string) =>
      compileProfile(JSON.parse(change(JSON.stringify(gsomia.terms))), TERM_KINDS).hash !==
      gsomia.profile.hash
    expect(changed((text) => text.replace('"P90D"', '"P60D"'))).toBe(true)
    expect(changed((text) => text.replace('"6.a"', '"6.b"'))).toBe(true)
    expect(changed((text) => text.replace('"media"', '"network"'))).toBe(true)
    expect(changed((text) => text.replace('"markings":["極秘","特定秘密"]', '"markings":["極秘"]'))).toBe(
      true,
    )
    expect(changed((text) => text.replace('"shortTitle":{"en":"', '"shortTitle":{"en":"The '))).toBe(false)
    expect(changed((text) => text.replaceAll('"note":{"en":"', '"note":{"en":"Also: '))).toBe(false)
    expect(changed((text) => text.replace('"readings":{', '"unread":{'))).toBe(false)
  })

  it('[AGR-9] another form of a stored profile is not read', () => {
    expect(() => parseProfile(gsomia.profile.text.replace('profile/2', 'profile/3'))).toThrow('format')
  })
})

describe('markings', () => {
  it.each([
    ['JP', '極秘', 'KR', ['군사 Ⅱ급 비밀']],
    ['JP', '特定秘密', 'KR', ['군사 Ⅱ급 비밀']],
    ['JP', '秘', 'KR', ['군사 Ⅲ급 비밀']],
    ['KR', '군사 Ⅱ급 비밀', 'JP', ['極秘', '特定秘密']],
    ['KR', '군사 Ⅲ급 비밀', 'JP', ['秘']],
    ['KR', '군사 Ⅰ급 비밀', 'JP', []],
    ['KR', '군사 II급 비밀', 'JP', []],
    ['JP', '極秘', 'JP', []],
    ['JP', '極秘', 'US', []],
  ])('[AGR-10] what %s marks %s, %s may mark %j', (from, marking, to, expected) => {
    expect(equivalentMarkings(JP_KR, from, marking, to)).toEqual(expected)
  })

  it('[AGR-11] no path through any set of instruments lowers the rank of a marking on its own ladder', () => {
    for (const nation of ['JP', 'KR', 'US']) {
      for (const { marking, rank } of ladderOf(NATIONS, nation)) {
        for (const back of roundTrips(nation, marking))
          expect(rankOf(NATIONS, nation, back)).toBeGreaterThanOrEqual(rank)
      }
    }
  })

  it('[AGR-12] the originator is named in three languages', () => {
    expect(originatorName(gsomia.terms, 'JP')).toEqual({ en: 'Japan', ko: '일본국', ja: '日本国' })
    expect(originatorName(gsomia.terms, 'US')).toBeUndefined()
  })

  it('[AGR-20] a nation’s ladder ranks its own markings only', () => {
    expect(rankOf(NATIONS, 'KR', '군사 Ⅰ급 비밀')).toBe(3)
    expect(rankOf(NATIONS, 'JP', '極秘')).toBe(rankOf(NATIONS, 'JP', '特定秘密'))
    expect(rankOf(NATIONS, 'JP', 'SECRET')).toBeNull()
    expect(ladderOf(NATIONS, 'FR')).toEqual([])
    expect(() => parseNations('{}')).toThrow('nations')
    for (const { nation, ladder } of NATIONS.nations) {
      for (const { profile } of INSTRUMENTS) {
        for (const marking of markingsOf(profile, nation))
          expect(ladder.map((rung) => rung.marking)).toContain(marking)
      }
    }
  })
})

/** Every marking that a marking of `nation` can return as, over any chain of instruments. */
function roundTrips(nation: string, marking: string): readonly string[] {
  const seen = new Set<string>()
  const rows = INSTRUMENTS.flatMap(({ profile }) => equivalenceOf(profile))
  const ahead = [[nation, marking] as const]
  const back: string[] = []
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const [from, borne] = next
    for (const row of rows.filter((candidate) => candidate.from === from && candidate.marking === borne)) {
      for (const equivalent of row.markings) {
        if (row.to === nation) back.push(equivalent)
        if (!seen.has(`${row.to} ${equivalent}`)) ahead.push([row.to, equivalent])
        seen.add(`${row.to} ${equivalent}`)
      }
    }
  }
  return back
}
