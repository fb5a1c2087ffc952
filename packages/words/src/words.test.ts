/** The vocabulary: every text is in its own language, and no two refusals are the same sentence. */
import { describe, expect, it } from 'vitest'
import { PILLARS, refusals } from './pillars.ts'
import { LANGUAGES } from './word.ts'
import type { Language, PillarWords, Words } from './word.ts'

const SCRIPTS: Readonly<Record<Language, RegExp>> = {
  en: /^[^\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]+$/u,
  ko: /\p{Script=Hangul}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
}

const GROUPS: readonly (readonly [string, Words])[] = PILLARS.flatMap((pillar: PillarWords) =>
  Object.entries(pillar).flatMap(([group, entries]) =>
    Object.entries(entries as Readonly<Record<string, Words>>).map(
      ([code, words]) => [`${group} ${code}`, words] as const,
    ),
  ),
)

function valuesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
}

describe('the words', () => {
  it('are in their language, without spaces around them', () => {
    expect(GROUPS.length).toBeGreaterThan(100)
    for (const [code, words] of GROUPS) {
      for (const language of LANGUAGES) {
        expect(words[language], code).toMatch(SCRIPTS[language])
        expect(words[language], code).toMatch(/^\S(.*\S)?$/su)
      }
    }
  })

  it('name the same values in every language', () => {
    for (const [code, words] of GROUPS) {
      for (const language of LANGUAGES) expect(valuesIn(words[language]), code).toEqual(valuesIn(words.en))
    }
  })

  it('define no code twice', () => {
    const codes = GROUPS.map(([code]) => code.replace('gateRefusals', 'refusals'))
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  })
})

const ALL: readonly (readonly [string, Words])[] = Object.entries(refusals)

describe('refusals', () => {
  it('are sentences', () => {
    for (const [code, words] of ALL) {
      expect(words.en, code).toMatch(/\.$/)
      expect(words.ko, code).toMatch(/(니다|십시오)\.$/)
      expect(words.ja, code).toMatch(/(です|ます|ません|した|ください)。$/)
    }
  })

  it('differ, so that a reader can tell one from another', () => {
    for (const language of LANGUAGES) {
      const sentences = ALL.map(([, words]) => words[language])
      expect(new Set(sentences).size).toBe(sentences.length)
    }
  })

  it('of the gate have a few words for lists', () => {
    const codes = PILLARS.flatMap((pillar: PillarWords) => Object.entries(pillar.gateRefusals ?? {}))
    for (const [code, { short }] of codes) expect(short, code).toBeDefined()
  })
})
