/** The reader's language: stored on this machine, and set on the page for screen readers and line breaks. */
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '#words/word.ts'
import type { Language, Words } from '#words/word.ts'
import { wordsOf } from '#words/pillars.ts'

/** The languages, in their own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ko: '한국어',
  ja: '日本語',
}

const STORED_AS = 'entente-language'

function languageOf(tag: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => tag?.toLowerCase().startsWith(language)) ?? null
}

/** Sets the stored language on the page, or else the browser's, and returns it. */
export function startLanguage(): Language {
  const language = languageOf(localStorage.getItem(STORED_AS)) ?? languageOf(navigator.language) ?? 'en'
  document.documentElement.lang = language
  return language
}

/** The current language and its setter. */
export function useLanguage(): readonly [Language, (next: Language) => void] {
  const { i18n } = useTranslation()
  const choose = (next: Language): void => {
    localStorage.setItem(STORED_AS, next)
    document.documentElement.lang = next
    void i18n.changeLanguage(next)
  }
  return [languageOf(i18n.language) ?? 'en', choose]
}

/** Returns the words for a code if this build has them; `group` is a group of `#words`. */
export function useNames(group: Readonly<Record<string, Words>>): (code: string) => string {
  const [language] = useLanguage()
  return (code) => wordsOf(group, code)?.[language] ?? plainCode(code)
}

/** `missile_launch` → `missile launch`, for a code without words. */
export function plainCode(code: string): string {
  return code.replaceAll(/[_-]+/g, ' ')
}

/** The name in the reader's language, else in English, else in any language. */
export function nameIn(names: Readonly<Record<string, string>> | undefined, language: Language): string {
  return names?.[language] ?? names?.['en'] ?? Object.values(names ?? {})[0] ?? ''
}
