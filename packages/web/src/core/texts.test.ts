/** The texts of the console are complete in three languages, and every text is in its own language. */
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '#words/word.ts'
import type { Text, Texts } from './texts.ts'

const FILES = import.meta.glob<Readonly<Record<string, Texts>>>(['../*/words.ts', '../*/*/words.ts'], {
  eager: true,
})
const SOURCES: readonly (readonly [string, Texts])[] = Object.entries(FILES).flatMap(([file, exported]) =>
  Object.values(exported).map((source) => [file, source] as const),
)

/** Words that are the same in every language: names, identifiers, bare values. */
const SAME_EVERYWHERE = /^(\{\{\w+\}\}|[\s\d.,:;()·/：；、（）-]|Entente|CSV|UTC|PDF|SHA-384|ID)*$/

const SCRIPTS = [
  [1, /\p{Script=Hangul}/u],
  [2, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
] as const

function formsOf([english, korean, japanese]: Text): readonly string[] {
  const forms = typeof english === 'string' ? [english] : [english.one, english.other]
  return [...forms, korean, japanese]
}

function valuesIn(text: string): string {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map((match) => match[1] ?? '')
    .sort()
    .join()
}

describe.each(SOURCES)('%s', (file, { namespace, entries }) => {
  const texts: readonly (readonly [string, Text])[] = Object.entries(entries)

  test('has the name of its folder', () => {
    expect(`../${namespace}/words.ts`).toBe(file)
  })

  test('has no English left in the other languages', () => {
    for (const [place, script] of SCRIPTS) {
      const left = texts.filter(([, text]) => !script.test(text[place]) && !SAME_EVERYWHERE.test(text[place]))
      expect(left.map(([key]) => key)).toEqual([])
    }
  })

  test('has the same values in every language', () => {
    for (const [key, text] of texts) {
      const english = formsOf(text)[typeof text[0] === 'string' ? 0 : 1] ?? ''
      for (const form of [text[1], text[2]]) expect(valuesIn(form), key).toBe(valuesIn(english))
    }
  })

  test('has two English forms only with a count', () => {
    for (const [key, [english]] of texts) {
      if (typeof english !== 'string') expect(english.other, key).toContain('{{count}}')
    }
  })

  test('has no empty text and none with surrounding spaces', () => {
    for (const [key, text] of texts)
      for (const form of formsOf(text)) expect(form, key).toMatch(/^\S(.*\S)?$/su)
  })
})

test('the languages of a text are those of the project, in their order', () => {
  expect(LANGUAGES).toEqual(['en', 'ko', 'ja'])
})
