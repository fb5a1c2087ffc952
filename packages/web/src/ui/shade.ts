/**
 * The themes of the console: light, dark, and dim for a night watch. The choice stays on this
 * machine.
 */
import { useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'

export const SHADES = ['light', 'dark', 'dim'] as const
export type Shade = (typeof SHADES)[number]

const STORED_AS = 'entente-shade'

function isShade(value: string | null | undefined): value is Shade {
  return SHADES.some((shade) => shade === value)
}

/** The theme chosen here before, or what the machine prefers. */
function currentShade(): Shade {
  const stored = localStorage.getItem(STORED_AS)
  if (isShade(stored)) return stored
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Sets the theme before anything is drawn, so that the page never flashes light at night. */
export function applyStoredShade(): void {
  const shade = currentShade()
  document.documentElement.dataset['shade'] = shade
  localStorage.setItem('mantine-color-scheme-value', shade === 'light' ? 'light' : 'dark')
}

/** The shade and how to change it. */
export function useShade(): readonly [Shade, (next: Shade) => void] {
  const { setColorScheme } = useMantineColorScheme()
  const [shade, setShade] = useState(currentShade)
  const choose = (next: Shade): void => {
    localStorage.setItem(STORED_AS, next)
    document.documentElement.dataset['shade'] = next
    setColorScheme(next === 'light' ? 'light' : 'dark')
    setShade(next)
  }
  return [shade, choose]
}
