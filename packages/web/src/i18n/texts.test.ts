/** The texts of the console are whole in three languages, and each is in its language. */
import { describe, expect, test } from 'vitest'
import { ROLES } from '#api/identity.ts'
import { texts } from './texts.ts'

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>
const english: Texts = texts.en

/** Words that stay as they are in every language: names, identifiers, what is only a value. */
const SAME_EVERYWHERE = /^(\{\{\w+\}\}|[\s\d.,:;()·/：；、（）-]|Entente|CSV|UTC|PDF|SHA-384|ID)*$/

function eachText(language: Texts): readonly (readonly [string, string])[] {
  return Object.entries(language).flatMap(([namespace, entries]) =>
    Object.entries(entries).map(([key, text]) => [`${namespace}:${key}`, text] as const),
  )
}

function valuesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()
}

describe.each([
  ['ko', texts.ko as Texts, /\p{Script=Hangul}/u],
  ['ja', texts.ja as Texts, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
])('%s', (_, language, script) => {
  test('has the same keys as English', () => {
    expect(
      eachText(language)
        .map(([key]) => key)
        .sort(),
    ).toEqual(
      eachText(english)
        .map(([key]) => key)
        .sort(),
    )
  })

  test('leaves no English', () => {
    const left = eachText(language).filter(([, text]) => !script.test(text) && !SAME_EVERYWHERE.test(text))
    expect(left).toEqual([])
  })

  test('names the same values as English', () => {
    const source = new Map(eachText(english))
    const wrong = eachText(language).filter(
      ([key, text]) => valuesIn(text).join() !== valuesIn(source.get(key) ?? '').join(),
    )
    expect(wrong).toEqual([])
  })
})

test('no text is empty or has spaces around it', () => {
  for (const language of Object.values(texts)) {
    for (const [key, text] of eachText(language)) expect(text, key).toMatch(/^\S(.*\S)?$/su)
  }
})

test('every role has its name', () => {
  for (const role of ROLES) expect(texts.en.identity[role]).toBeTruthy()
})

test('a category or purpose has one word, on the pages of agreements and on those of the exchange', () => {
  for (const { agreements, exchange } of Object.values(texts)) {
    const words: Readonly<Record<string, string>> = agreements
    for (const [key, text] of Object.entries(exchange)) {
      const code = /^(?:category|purpose)_(\w+)$/.exec(key)?.[1] ?? ''
      const word = words[`word_${code}`]
      if (word !== undefined) expect(text, key).toBe(word)
    }
  }
})
