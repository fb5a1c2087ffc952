/** The choice of language and theme, also before sign-in. */
import { SegmentedControl } from '@mantine/core'
import { LANGUAGES } from '#words/word.ts'
import type { Language } from '#words/word.ts'
import { LANGUAGE_NAMES, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { THEMES, useTheme } from './theme.ts'
import type { Theme } from './theme.ts'
import { uiWords } from './words.ts'
import classes from './Choices.module.css'

export function Choices() {
  const t = useText(uiWords)
  const [language, setLanguage] = useLanguage()
  const [theme, setTheme] = useTheme()
  return (
    <div className={classes.choices}>
      <span>{t('language')}</span>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t('language')}
        value={language}
        onChange={(value) => setLanguage(value as Language)}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      />
      <span>{t('theme')}</span>
      <SegmentedControl
        fullWidth
        size="sm"
        orientation="vertical"
        aria-label={t('theme')}
        value={theme}
        onChange={(value) => setTheme(value as Theme)}
        data={THEMES.map((value) => ({ value, label: t(value) }))}
      />
    </div>
  )
}
