/** Language and theme, for everyone, signed in or not. */
import { SegmentedControl } from '@mantine/core'
import { LANGUAGES } from '#words/word.ts'
import type { Language } from '#words/word.ts'
import { LANGUAGE_NAMES, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { SHADES, useShade } from './shade.ts'
import type { Shade } from './shade.ts'
import { uiWords } from './words.ts'
import classes from './Choices.module.css'

export function Choices() {
  const t = useText(uiWords)
  const [language, setLanguage] = useLanguage()
  const [shade, setShade] = useShade()
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
      <span>{t('shade')}</span>
      <SegmentedControl
        fullWidth
        size="sm"
        orientation="vertical"
        aria-label={t('shade')}
        value={shade}
        onChange={(value) => setShade(value as Shade)}
        data={SHADES.map((value) => ({ value, label: t(value) }))}
      />
    </div>
  )
}
