/** Starts the console: sets up texts, theme, queries and pages, and renders them. */
import '@mantine/core/styles.css'
import '@mantine/spotlight/styles.css'
import './ui/colours.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from './core/language.ts'
import { startTexts } from './core/texts.ts'
import { queryClient } from './core/queries.ts'
import { loadPages, router } from './router.tsx'
import { applyStoredTheme } from './ui/theme.ts'
import { mantineTheme, mantineVariables } from './ui/mantineTheme.ts'

/** The first page is loaded and rendered before the others are loaded. */
const OTHERS_AFTER_MS = 2000

applyStoredTheme()
startTexts(startLanguage())
setTimeout(loadPages, OTHERS_AFTER_MS)

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
