/** The theme of the component library. All colours are variables of `colours.css`. */
import { createTheme, defaultVariantColorsResolver } from '@mantine/core'
import type { CSSVariablesResolver, VariantColorsResolver } from '@mantine/core'

const FONT = [
  "'Pretendard JP Variable'",
  "'Pretendard JP'",
  'system-ui',
  "'Apple SD Gothic Neo'",
  "'Hiragino Sans'",
  "'Noto Sans CJK KR'",
  'sans-serif',
].join(', ')

/** The colours of buttons and badges, from `colours.css` in every theme; `signal` is the signal colour. */
const ourColors: VariantColorsResolver = (input) => {
  const isSignal = input.color === 'signal'
  const mark = isSignal ? 'var(--signal)' : 'var(--ink)'
  switch (input.variant) {
    case 'filled':
      return {
        background: mark,
        hover: isSignal ? 'var(--signal-strong)' : 'var(--ink-strong)',
        color: isSignal ? 'var(--on-signal)' : 'var(--paper)',
        border: '1px solid transparent',
      }
    case 'default':
      return {
        background: 'var(--sheet)',
        hover: 'var(--tint)',
        color: mark,
        border: '1px solid var(--line-strong)',
      }
    case 'outline':
      return { background: 'transparent', hover: 'var(--tint)', color: mark, border: `1px solid ${mark}` }
    case 'light':
      return {
        background: 'var(--tint)',
        hover: 'var(--tint-strong)',
        color: mark,
        border: '1px solid transparent',
      }
    case 'subtle':
    case 'transparent':
      return { background: 'transparent', hover: 'var(--tint)', color: mark, border: '1px solid transparent' }
    default:
      return defaultVariantColorsResolver(input)
  }
}

export const mantineTheme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '650' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  defaultRadius: 3,
  primaryColor: 'gray',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver: ourColors,
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    // Optional fields are labelled in words; there are no asterisks.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Textarea: { defaultProps: { autosize: true } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'lg' } },
    // The header of a panel is not a banner landmark.
    Drawer: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.35 },
        attributes: { header: { role: 'presentation' } },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        attributes: { header: { role: 'presentation' } },
        styles: { content: { border: '1px solid var(--line-strong)' }, title: { fontWeight: 650 } },
      },
    },
  },
})

/** The library's variables, set to those of `colours.css`. */
const pointed = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-quiet)',
  '--mantine-color-placeholder': 'var(--ink-quiet)',
  '--mantine-color-anchor': 'var(--ink)',
  '--mantine-color-error': 'var(--signal)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--tint)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--tint)',
  '--mantine-color-disabled-color': 'var(--ink-quiet)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--ink)',
  '--mantine-primary-color-filled-hover': 'var(--ink-strong)',
  '--mantine-primary-color-contrast': 'var(--paper)',
  '--mantine-primary-color-light': 'var(--tint)',
  '--mantine-primary-color-light-hover': 'var(--tint-strong)',
  '--mantine-primary-color-light-color': 'var(--ink)',
}

/** Set for both colour schemes, because the library sets them separately. */
export const mantineVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...pointed,
    '--mantine-color-white': 'var(--sheet)',
    '--mantine-color-gray-0': 'var(--tint)',
    '--mantine-color-gray-1': 'var(--tint)',
    '--mantine-color-gray-2': 'var(--tint-strong)',
    '--mantine-color-gray-3': 'var(--line)',
    '--mantine-color-gray-4': 'var(--line-strong)',
  },
  dark: {
    ...pointed,
    '--mantine-color-dark-4': 'var(--line-strong)',
    '--mantine-color-dark-5': 'var(--tint-strong)',
    '--mantine-color-dark-6': 'var(--sheet)',
    '--mantine-color-dark-7': 'var(--paper)',
    '--mantine-color-dark-8': 'var(--tint)',
  },
})
