/**
 * The reader's language: chosen, kept on this machine, and put on the page for screen readers and line
 * breaks.
 */
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { texts } from './texts.ts'
import type { Namespace, TextKey } from './texts.ts'

export const LANGUAGES = ['en', 'ko', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ko: '한국어',
  ja: '日本語',
}

const STORED_AS = 'entente-language'

function languageOf(tag: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => tag?.toLowerCase().startsWith(language)) ?? null
}

/** Makes the texts ready; the language is the one chosen before, or the browser's. */
export function startTexts(): void {
  const language = languageOf(localStorage.getItem(STORED_AS)) ?? languageOf(navigator.language) ?? 'en'
  document.documentElement.lang = language
  void i18next.use(initReactI18next).init({
    resources: texts,
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'shell',
    keySeparator: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}

/** The language now, and how to change it. */
export function useLanguage(): readonly [Language, (next: Language) => void] {
  const { i18n } = useTranslation()
  const choose = (next: Language): void => {
    localStorage.setItem(STORED_AS, next)
    document.documentElement.lang = next
    void i18n.changeLanguage(next)
  }
  return [languageOf(i18n.language) ?? 'en', choose]
}

export type Values = Readonly<Record<string, string | number>>

/** The texts of a namespace: `const t = useText('exchange'); t('itemsTitle')`. */
export function useText<N extends Namespace>(namespace: N): (key: TextKey<N>, values?: Values) => string {
  const { t } = useTranslation()
  return (key, values) => t(`${namespace}:${key}`, { ...values })
}

/** A name that came in several languages, in the reader's; English, or any, where it is not there. */
export function nameIn(names: Readonly<Record<string, string>> | undefined, language: Language): string {
  return names?.[language] ?? names?.['en'] ?? Object.values(names ?? {})[0] ?? ''
}
