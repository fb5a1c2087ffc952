/**
 * The main journey as people do it: Japan's analyst, its release authorities and Korea's officers at their
 * consoles, by role and label, on three real nodes. Also: no script from content runs, and every page works
 * by keyboard and screen reader.
 */
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import type { ServerDatabase } from '#node/kernel/testDatabase.ts'
import { accessFaults, openBrowser, overflowPx, seat } from './browser.ts'
import type { Person, Seat } from './browser.ts'
import { HOSTILE_HTML, HOSTILE_SVG, hostilePdf } from './browserFiles.ts'
import { play } from './play.ts'
import { openRehearsal, readScript } from './rehearsal.ts'
import type { Rehearsal } from './rehearsal.ts'
import { reportsOf } from './exchange/reports.ts'
import { openingOf } from './script.ts'
import type { Stage } from './stage.ts'
import { tinyPdf } from './tinyPdf.ts'

const JOURNEY_MS_MAX = 240_000
const PAGE_1 = /^Page 1 of /

let rehearsal: Rehearsal
let database: ServerDatabase
let stage: Stage
let browser: Browser
/** The report of the opening: delivered to Korea, not yet opened. */
let waitingItem: string
/** Sessions by seat, in separate windows. */
const people = new Map<string, Person>()

beforeAll(async () => {
  database = await createServerDatabase()
  rehearsal = await openRehearsal({ databaseUrl: database.url })
  stage = rehearsal.stage()
  await play(openingOf(readScript('01-a-report-crosses')), stage)
  waitingItem = reportsOf(stage).items.get('warning')!.item!
  browser = await openBrowser()
}, JOURNEY_MS_MAX)

afterAll(async () => {
  await browser?.close()
  await rehearsal?.end()
  await database?.drop()
}, JOURNEY_MS_MAX)

async function take(nation: string, person: string, how: Seat = {}): Promise<Person> {
  const office = `${nation} ${person}`
  const place = `${office} ${JSON.stringify(how)}`
  const base = stage.consoleOf(nation).replace('127.0.0.1', 'localhost')
  const known = people.get(place)
  if (known !== undefined) return known
  const first = people.get(office)
  const seated = await (first === undefined ? seat(browser, base, person, how) : first.another(how))
  people.set(place, seated).set(office, first ?? seated)
  return seated
}

/** Clicks a button of the page, then the button that confirms it in the dialog. */
async function confirm({ page, button }: Person, word: string): Promise<void> {
  await button(word).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: word, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function fillRouting(page: Page): Promise<void> {
  const choose = async (label: string, value: string): Promise<void> => {
    const field = page.getByLabel(label, { exact: true })
    await field.locator(`option[value="${value}"]`).waitFor({ state: 'attached' })
    await field.selectOption(value)
  }
  await choose('Partner', 'KR')
  await choose('Recipient organisation', 'kr-mnd-dia')
  await choose('Marking', '極秘')
  await choose('Purpose', 'missile_warning')
  const verdict = page.getByRole('complementary', { name: 'The gate’s answer' })
  await choose('Category', 'trade')
  await verdict.getByText('REFUSED', { exact: true }).waitFor()
  await choose('Category', 'missile_launch')
  await verdict.getByText('PERMITTED', { exact: true }).waitFor()
  await verdict.getByText('군사 Ⅱ급 비밀').first().waitFor()
}

test(
  '[EXC-68][EXC-90] a PDF goes from an analyst over two signatures to an officer’s receipt, live on both sides',
  { timeout: JOURNEY_MS_MAX },
  async () => {
    const analyst = await take('JP', 'analyst')
    const officer = await take('KR', 'officer')
    const arrived = officer.page.getByRole('main').getByRole('link', { name: 'Open what has arrived' })
    await arrived.first().waitFor()
    const before = await arrived.count()
    await officer.page.evaluate(() => Object.assign(globalThis, { sameLoad: true }))

    await analyst.visit('/compose')
    await fillRouting(analyst.page)
    await analyst.page.getByLabel('Title').fill('EXERCISE: track sketch')
    await analyst.page.getByText('Attach a file').click()
    const file = { name: 'sketch.pdf', mimeType: 'application/pdf', buffer: Buffer.from(tinyPdf('EXERCISE')) }
    await analyst.page.getByLabel('Choose a file').setInputFiles(file)
    await analyst.button('Save and upload').click()
    await analyst.page.getByText('Kept in the draft: sketch.pdf').waitFor()
    await analyst.button('Submit for approval').click()
    await analyst.page.getByText('It waits for the release authorities.').waitFor()
    const control = await analyst.page.getByRole('heading', { level: 1 }).innerText()
    expect(await accessFaults(analyst.page)).toEqual([])

    for (const who of ['release-authority-1', 'release-authority-2']) {
      const authority = await take('JP', who)
      const { page } = authority
      await page.getByRole('listitem').filter({ hasText: control }).getByRole('link').click()
      await page.getByRole('img', { name: PAGE_1 }).waitFor()
      await page.getByText('Computed again here from the exact text: it agrees.').waitFor()
      await page.getByText('Read the content above; then you can sign.').waitFor({ state: 'detached' })
      await confirm(authority, 'Approve and sign')
    }
    await analyst.page.getByRole('link', { name: 'To the item' }).click()
    await analyst.page.getByRole('heading', { name: 'Custody' }).waitFor()

    await expect.poll(() => arrived.count(), { timeout: 45_000 }).toBe(before + 1)
    expect(await officer.page.evaluate(() => 'sameLoad' in globalThis)).toBe(true)
    await officer.page.getByRole('listitem').filter({ hasText: control }).getByRole('link').click()
    await confirm(officer, 'Open')
    await officer.page.getByRole('img', { name: PAGE_1 }).waitFor()
    await officer.page.getByText('EXERCISE', { exact: true }).last().waitFor({ state: 'attached' })
    await confirm(officer, 'Sign the receipt')

    const opened = analyst.page.getByRole('listitem').filter({ hasText: 'Opened, receipt signed' })
    await opened.getByText('KR Warning Desk').waitFor()
    await opened.getByRole('button', { name: 'Verified' }).waitFor()
    expect(await accessFaults(analyst.page)).toEqual([])
    expect([...analyst.troubles, ...officer.troubles]).toEqual([])
  },
)

test(
  '[EXC-90] an officer without need-to-know is refused with the article, and custody records the attempt',
  { timeout: JOURNEY_MS_MAX },
  async () => {
    const { visit, page, button } = await take('KR', 'officer-elsewhere')
    await visit(`/items/${waitingItem}`)
    const needs = page.getByRole('region', { name: 'What opening needs of you' })
    await needs.getByText('Clearance that reaches the marking: you hold it').waitFor()
    await needs.getByText('Need-to-know of this matter: you do not hold it').waitFor()
    await needs.getByText('Ask the security officer of Republic of Korea').waitFor()
    await needs.getByRole('button', { name: /7\.1/ }).first().click()
    const article = page.getByRole('dialog')
    await article.getByRole('heading', { name: 'Official text (한국어)' }).waitFor()
    await article.getByRole('button', { name: 'Close' }).click()
    await article.waitFor({ state: 'detached' })
    expect(await button('Open').getAttribute('aria-disabled')).toBe('true')
    await button(/Try all the same/).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Open', exact: true }).click()
    await dialog.getByRole('alert').getByText('need-to-know').first().waitFor()
    expect(await page.getByRole('region', { name: /^Content of/ }).count()).toBe(0)

    const registrar = await take('KR', 'registrar')
    await registrar.visit(`/items/${waitingItem}`)
    const attempted = registrar.page
      .getByRole('listitem')
      .filter({ hasText: 'Opening attempted and refused' })
    await attempted.getByText('KR Plans').waitFor()
  },
)

test(
  '[EXC-25] [EXC-80] an author cannot approve; two registers are compared; a form names its missing fields',
  { timeout: JOURNEY_MS_MAX },
  async () => {
    const author = await stage.step('JP', 'duty-officer')
    const { id: draft } = must(await author.call(drafts.create, report('own'), { key: randomUUID() }))
    const { proposalDigest } = must(await author.call(drafts.submit, { draft }, { key: randomUUID() }))
    const signed = await author.call(drafts.approve, { draft, digest: proposalDigest! })
    expect(isRefusal(signed) && signed.reasons[0].code).toBe('author_cannot_approve')
    const duty = await take('JP', 'duty-officer')
    await duty.visit(`/drafts/${draft}`)
    await duty.page.getByText('You wrote this, so you cannot approve it.').last().waitFor()
    await duty.button('National rule 4').first().waitFor()
    expect(await duty.button('Approve and sign').getAttribute('aria-disabled')).toBe('true')

    await duty.visit('/orders?partner=KR')
    await duty.button('Ask the gate').click()
    const item = duty.page.getByRole('textbox', { name: 'Item or service', description: /Fill this in\./ })
    await item.and(duty.page.locator('[aria-invalid=true]:focus')).waitFor()

    const registrar = await take('JP', 'registrar', { language: 'ja' })
    await registrar.visit('/register/reconciliation')
    await registrar.button('今照合する').first().click()
    await registrar.page.getByText('登録簿は一致しています').first().waitFor()
    expect([...duty.troubles, ...registrar.troubles]).toEqual([])
  },
)

describe('[EXC-68] active content of a file does not run', () => {
  const files = [
    { name: 'plan.svg', type: 'image/svg+xml', bytes: new TextEncoder().encode(HOSTILE_SVG), drawn: false },
    { name: 'plan.html', type: 'text/html', bytes: new TextEncoder().encode(HOSTILE_HTML), drawn: false },
    { name: 'plan.pdf', type: 'application/pdf', bytes: hostilePdf(), drawn: true },
  ]

  test.each(files)('$name', { timeout: JOURNEY_MS_MAX }, async ({ name, type, bytes, drawn }) => {
    const item = await releaseFile(name, type, bytes)
    const officer = await take('KR', 'officer')
    const { page } = officer
    await officer.visit(`/items/${item}`)
    await confirm(officer, 'Open')
    if (drawn) await page.getByRole('img', { name: PAGE_1 }).waitFor()
    else {
      await page.getByText('Not shown: active content').waitFor()
      const address = await page.getByRole('link', { name: 'Save as an inert file' }).getAttribute('href')
      const headers = (await page.request.get(new URL(address!, page.url()).href)).headers()
      expect(headers['content-disposition']).toMatch(/^attachment/)
      expect(headers['content-type']).toBe('application/octet-stream')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    await page.getByText(`${name} · ${type}`).waitFor()
    expect(await page.evaluate(() => 'ranHere' in globalThis)).toBe(false)
    expect(page.frames()).toHaveLength(1)
    expect(
      await page
        .getByRole('region', { name: /^Content of/ })
        .locator('a[href^="javascript:"], iframe, embed, object')
        .count(),
    ).toBe(0)
    expect(officer.troubles).toEqual([])
  })
})

/** Releases a file through the API and waits until Korea has accepted it; only the reader uses a browser. */
async function releaseFile(
  fileName: string,
  mediaType: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const analyst = await stage.step('JP', 'analyst')
  const { id: draft } = must(await analyst.call(drafts.create, report(fileName), { key: randomUUID() }))
  must(
    await analyst.upload(drafts.uploadContent, { draft, fileName, mediaType }, bytes, {
      key: randomUUID(),
    }),
  )
  const { proposalDigest } = must(await analyst.call(drafts.submit, { draft }, { key: randomUUID() }))
  const approval = { draft, digest: proposalDigest! }
  for (const who of ['release-authority-1', 'release-authority-2']) {
    const authority = await stage.step('JP', who)
    must(await authority.call(drafts.approve, approval, { key: randomUUID() }))
  }
  const { item } = must(await analyst.call(drafts.get, { draft }))
  const officer = await stage.step('KR', 'officer')
  const look = () => officer.call(items.get, { item: item! })
  must(await stage.until(look, (seen) => !isRefusal(seen) && seen.state === 'accepted'))
  return item!
}

/** A report to Korea, without a text. */
function report(name: string) {
  const to = { partner: 'KR', organisation: 'kr-mnd-dia', marking: '極秘' }
  const about = { category: 'missile_launch', purpose: 'missile_warning', derivedFrom: [] }
  return { ...to, ...about, title: `EXERCISE: ${name}`, text: '' }
}

function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${value.reasons.map((each) => each.code).join(', ')}`)
  return value
}

/** Pages that everyone may see, by their names in the navigation. */
const PAGES = [
  '/',
  '/compose',
  '/items',
  '/register',
  '/agreements',
  '/agreements/jp-kr-gsomia-2016',
  '/links',
  '/links/JP',
  '/people',
  '/orders',
]

test(
  '[API-7] every page works with assistive technology, in light, dark and dim',
  { timeout: JOURNEY_MS_MAX },
  async () => {
    const faults: string[] = []
    const look = async (person: Person, path: string): Promise<void> => {
      await person.follow(path)
      await person.page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
      faults.push(...(await accessFaults(person.page)).map((fault) => `${path} ${fault}`))
    }
    const light = await take('KR', 'officer')
    for (const path of [...PAGES, `/items/${waitingItem}`]) await look(light, path)
    for (const shade of ['dark', 'dim'] as const) {
      const night = await take('KR', 'registrar', { shade })
      for (const path of ['/', `/items/${waitingItem}`, '/links/JP']) await look(night, path)
    }
    expect(faults).toEqual([])
    expect(light.troubles).toEqual([])
  },
)

test(
  '[API-7] the console works in every language, on a phone and by keyboard alone',
  { timeout: JOURNEY_MS_MAX },
  async () => {
    const desk = await take('KR', 'officer')
    await desk.visit('/')
    await desk.page.getByRole('main').getByRole('link', { name: 'Open what has arrived' }).first().waitFor()
    await desk.page.keyboard.press('j')
    await desk.page.keyboard.press('Enter')
    await desk.page.getByRole('heading', { name: 'Custody' }).waitFor()
    await desk.page.keyboard.press('Control+k')
    await desk.page.getByRole('dialog').waitFor()
    await desk.page.keyboard.press('Escape')

    await desk.button(/KR Warning Desk/).click()
    await desk.page.getByText('한국어').click()
    await desk.page.getByRole('heading', { level: 2, name: '관리 이력' }).waitFor()
    expect(await desk.page.locator('html').getAttribute('lang')).toBe('ko')

    // A word of the navigation in each language.
    const own = { ko: /등록부/, ja: /登録簿/ }
    for (const language of ['ko', 'ja'] as const) {
      const phone = await take('KR', 'officer', { language, widthPx: 390 })
      for (const path of [...PAGES, `/items/${waitingItem}`]) {
        await phone.follow(path)
        expect(await overflowPx(phone.page), `${path} in ${language} scrolls sideways`).toBe(0)
        expect(await phone.page.locator('body').innerText(), path).toMatch(own[language])
        expect(await phone.page.getByRole('main').innerText(), path).not.toMatch(/\b[a-z]+_[a-z]+\b/)
      }
      expect(phone.troubles).toEqual([])
    }
  },
)
