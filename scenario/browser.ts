/**
 * People at the consoles of the exercise, in a browser: signs in through the page and acts by role and label,
 * recording console errors and failed requests.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { EXERCISE_PASSWORD } from './cast.ts'

/** How long one expectation may take: generous, because the machine may be busy. */
const PATIENCE_MS = 45_000

const HOST_CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type Language = 'en' | 'ko' | 'ja'

export interface Seat {
  readonly language?: Language
  readonly shade?: 'light' | 'dark' | 'dim'
  /** Width of the window; 390 is a phone. */
  readonly widthPx?: number
}

/** A person at their console. */
export interface Person {
  readonly page: Page
  /** What failed in the page: script errors, blocked resources, unexpected failed requests. */
  readonly troubles: readonly string[]
  /** Loads a path of the person's console and waits for the page to render. */
  visit(path: string): Promise<void>
  /** Navigates client-side, as a link does, without reloading the console. */
  follow(path: string): Promise<void>
  /** Opens another window of the same person with the same session. */
  another(how: Seat): Promise<Person>
  button(name: string | RegExp): Locator
}

/**
 * Starts the browser that `CHROMIUM_PATH` names, or else the host's.
 * @throws Error if there is none, saying what to do
 */
export async function openBrowser(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'] ?? HOST_CHROMIUM
  if (!existsSync(path)) {
    throw new Error(
      `There is no Chromium at ${path}. Set CHROMIUM_PATH to one, or run npm test, which finds or installs one.`,
    )
  }
  return chromium.launch({ executablePath: path, headless: true, args: FLAGS })
}

/** Opens a separate window for a person and signs them in through the page. */
export async function seat(browser: Browser, base: string, person: string, how: Seat = {}): Promise<Person> {
  const window = await openWindow(browser, base, how)
  const { page } = window
  await page.goto(base)
  const form = page.locator('form')
  await form.getByRole('textbox').first().fill(person)
  await form.locator('input[autocomplete=current-password]').fill(EXERCISE_PASSWORD)
  await form.locator('button[type=submit]').click()
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  await form.locator('input[autocomplete=current-password]').waitFor({ state: 'detached' })
  return window
}

async function openWindow(browser: Browser, base: string, how: Seat): Promise<Person> {
  const { language = 'en', shade = 'light', widthPx = 1440 } = how
  const heightPx = widthPx < 600 ? 844 : 900
  const context = await browser.newContext({
    viewport: { width: widthPx, height: heightPx },
    timezoneId: 'Asia/Tokyo',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript(
    ([chosen, shown]) => {
      localStorage.setItem('entente-language', chosen!)
      localStorage.setItem('entente-theme', shown!)
    },
    [language, shade],
  )
  const page = await context.newPage()
  const visit = async (path: string): Promise<void> => {
    await page.goto(base + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  return {
    page,
    troubles: troublesOf(page),
    visit,
    follow: (path) => (page.url() === 'about:blank' ? visit(path) : follow(page, path)),
    button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    async another(otherwise) {
      const other = await openWindow(browser, base, otherwise)
      await other.page.context().addCookies(await context.cookies())
      return other
    },
  }
}

/** Navigates client-side and waits for the new page to render. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    document.querySelector('h1')?.setAttribute('data-left', '')
    history.pushState(null, '', to)
  }, path)
  await page.locator('h1:not([data-left])').waitFor()
}

/** Records what fails in a page from now on. */
function troublesOf(page: Page): readonly string[] {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    // A refusal by the node is not a fault of the page.
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) troubles.push(`console: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} ${response.url()}`)
  })
  return troubles
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface AxeViolation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/**
 * The violations of WCAG 2.2 A and AA that axe-core finds in the current page, one per line; empty if there
 * are none.
 */
export async function accessFaults(page: Page): Promise<string[]> {
  // Evaluated over the debugging protocol, to which the page's content security policy does not apply.
  await page.evaluate(readFileSync(AXE, 'utf8'))
  const violations: AxeViolation[] = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(where: object, how: object): Promise<{ violations: AxeViolation[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    return (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) =>
      `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`.replaceAll(/\s+/g, ' '),
    ),
  )
}

/** How many pixels the page is wider than its window; 0 if it does not scroll sideways. */
export function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
