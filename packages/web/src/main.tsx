/** The console starts here: texts, theme, queries and pages are put together and drawn. */
import '@mantine/core/styles.css'
import '@mantine/spotlight/styles.css'
import './ui/chart.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from './core/language.ts'
import { startTexts } from './core/texts.ts'
import { queryClient } from './core/queries.ts'
import { loadPages, router } from './router.tsx'
import { applyStoredShade } from './ui/shade.ts'
import { chartTheme, chartVariables } from './ui/theme.ts'

/** The first page is fetched and drawn before the others are. */
const OTHERS_AFTER_MS = 2000

applyStoredShade()
startTexts(startLanguage())
setTimeout(loadPages, OTHERS_AFTER_MS)

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={chartTheme} cssVariablesResolver={chartVariables}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
