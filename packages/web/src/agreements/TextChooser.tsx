/** Chooses the text and the second text beside it; every language is shown with its standing. */
import { NativeSelect } from '@mantine/core'
import { LANGUAGE_NAMES } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import type { Language } from '#words/word.ts'
import type { Text } from './anchors.ts'
import { agreementWords } from './words.ts'
import classes from './Agreements.module.css'

/** A language, in its own words. */
export function languageName(language: string): string {
  return LANGUAGE_NAMES[language as Language] ?? language
}

/** Whether a text is authentic, official, or our own rendering. */
export function standingOf(text: Text): 'authentic' | 'official' | 'rendering' {
  if (text.authentic) return 'authentic'
  return text.official ? 'official' : 'rendering'
}

interface Props {
  readonly texts: readonly Text[]
  readonly language: string
  readonly beside: string
  readonly onLanguage: (language: string) => void
  readonly onBeside: (language: string) => void
}

export function TextChooser({ texts, language, beside, onLanguage, onBeside }: Props) {
  const t = useText(agreementWords)
  const choices = texts.map((text) => ({
    value: text.language,
    label: `${languageName(text.language)} (${t(standingOf(text))})`,
  }))
  return (
    <div className={classes.chooser}>
      <NativeSelect
        label={t('language')}
        value={language}
        onChange={(event) => onLanguage(event.currentTarget.value)}
        data={choices}
      />
      <NativeSelect
        label={t('beside')}
        value={beside}
        onChange={(event) => onBeside(event.currentTarget.value)}
        data={[
          { value: '', label: t('besideNone') },
          ...choices.filter((choice) => choice.value !== language),
        ]}
      />
    </div>
  )
}
