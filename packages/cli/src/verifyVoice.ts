/** Renders a report in one language and escapes everything from the file. */
import { wordsOf } from '#words/pillars.ts'
import type { Language, Words } from '#words/word.ts'

type Values = Readonly<Record<string, string | number>>

/** Renders the parts of a report in one language. */
export interface Voice {
  /** A sentence with its values, stripped of characters that could move a terminal's cursor or its text. */
  readonly say: (words: Words, values?: Values) => string
  /** The words for a code; the code itself if there are none. */
  readonly codeName: (group: Readonly<Record<string, Words>>, code: string) => string
  readonly nationName: (code: string) => string
}

export function voiceIn(language: Language): Voice {
  const nations = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  return {
    say: (words, values = {}) => fill(words[language], values),
    codeName: (group, code) => wordsOf(group, code)?.[language] ?? code,
    nationName: (code) => nations.of(code) ?? code,
  }
}

/**
 * Puts values into the braces of a sentence, stripped of characters that could move a terminal's cursor or
 * its text.
 */
export function fill(sentence: string, values: Values): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => printable(String(values[name] ?? '')))
}

/** A text without characters that could move a terminal's cursor or reorder its text. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
