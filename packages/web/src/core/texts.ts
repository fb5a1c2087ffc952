/** The texts of the console. Each slice has them in its `words.ts`, in three languages side by side. */
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { LANGUAGES } from '#words/word.ts'
import type { Language } from '#words/word.ts'

/**
 * English, Korean, Japanese, with values in double braces. A text that depends on `{{count}}` has two forms
 * in English and one in the other languages.
 */
export type Text = readonly [
  english: string | { readonly one: string; readonly other: string },
  korean: string,
  japanese: string,
]

/** The texts of one file. */
export interface Texts<Key extends string = string> {
  readonly namespace: string
  readonly entries: Readonly<Record<Key, Text>>
}

type Resources = Record<string, Record<string, Record<string, string>>>

const resources: Resources = Object.fromEntries(LANGUAGES.map((language) => [language, {}]))

/** Declares the texts of a file; `namespace` is the folder of the file. */
export function texts<const Entries extends Readonly<Record<string, Text>>>(
  namespace: string,
  entries: Entries,
): Texts<keyof Entries & string> {
  for (const language of LANGUAGES) {
    const forms = formsIn(entries, language)
    resources[language]![namespace] = forms
    // The texts of a page are in its module, which may be loaded after the start.
    if (i18next.isInitialized) i18next.addResourceBundle(language, namespace, forms)
  }
  return { namespace, entries }
}

/** The texts of a language for i18next, which has a key for each plural form. */
function formsIn(entries: Readonly<Record<string, Text>>, language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, text]) => {
      const [english] = text
      if (language !== 'en' || typeof english === 'string') return [[key, textIn(text, language)]]
      return Object.entries(english).map(([form, words]) => [`${key}_${form}`, words])
    }),
  )
}

/** Returns a text without values in a language. */
export function textIn([english, korean, japanese]: Text, language: Language): string {
  if (language === 'ko') return korean
  if (language === 'ja') return japanese
  return typeof english === 'string' ? english : english.other
}

/** Initialises i18next in a language. */
export function startTexts(language: Language): void {
  void i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    // React escapes text.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}

export type Values = Readonly<Record<string, string | number>>
export type KeyOf<T extends Texts> = T extends Texts<infer Key> ? Key : never
/** Returns a text in the reader's language, with its values filled in. */
export type Say<T extends Texts> = (key: KeyOf<T>, values?: Values) => string

/** The texts of one or several files: `const t = useText(itemWords, exchangeWords)`, then `t('title')`. */
export function useText<const Sources extends readonly Texts[]>(...sources: Sources): Say<Sources[number]> {
  const { t } = useTranslation()
  return (key, values) => {
    const source = sources.find(({ entries }) => Object.hasOwn(entries, key))
    return t(key, { ...values, ns: source?.namespace ?? '' })
  }
}
