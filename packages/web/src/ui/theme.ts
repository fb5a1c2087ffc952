/**
 * The themes of the console: light, dark, and dim for a night watch. The choice is stored on this machine.
 */
import { useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'

export const THEMES = ['light', 'dark', 'dim'] as const
export type Theme = (typeof THEMES)[number]

const STORED_AS = 'entente-theme'

function isTheme(value: string | null | undefined): value is Theme {
  return THEMES.some((theme) => theme === value)
}

/** The stored theme, else the one that the system prefers. */
function currentTheme(): Theme {
  const stored = localStorage.getItem(STORED_AS)
  if (isTheme(stored)) return stored
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Sets the theme before the first render, so that the page does not flash light at night. */
export function applyStoredTheme(): void {
  const theme = currentTheme()
  document.documentElement.dataset['theme'] = theme
  localStorage.setItem('mantine-color-scheme-value', theme === 'light' ? 'light' : 'dark')
}

/** The theme and its setter. */
export function useTheme(): readonly [Theme, (next: Theme) => void] {
  const { setColorScheme } = useMantineColorScheme()
  const [theme, setTheme] = useState(currentTheme)
  const choose = (next: Theme): void => {
    localStorage.setItem(STORED_AS, next)
    document.documentElement.dataset['theme'] = next
    setColorScheme(next === 'light' ? 'light' : 'dark')
    setTheme(next)
  }
  return [theme, choose]
}
