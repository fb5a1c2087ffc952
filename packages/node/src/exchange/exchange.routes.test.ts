/** The exchange over HTTP: ranges of content (API-11), who may reconcile registers, search. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Sha384 } from '#wire/digest.ts'
import { SEGMENT_SIZE_BYTES_MAX } from '#wire/seal/table.ts'
import { keepContent } from '#node/federation/blobPort.store.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import { rangeOf } from '#node/kernel/range.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { cookieOf, httpOf } from '#node/testNetwork.ts'
import type { TestNation } from '#node/testNetwork.ts'
import { acceptArrived } from './items/accept.commands.ts'
import type { Draft } from './drafts/draft.ts'
import { itemAt, openPair, releaseReport } from './testExchange.ts'
import type { Pair } from './testExchange.ts'

/** Sealed without a declared size, so with segments of the largest size; this text fills two. */
const TEXT = Array.from({ length: 650_000 }, (_, index) => `${index}\n`).join('')

interface RequestOptions {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

describe('the exchange over HTTP', () => {
  let pair: Pair
  let item: string
  beforeAll(async () => {
    pair = await openPair(openTestDatabase)
    // As a partner's node that does not check titles would seal it.
    const draft = await releaseReport(pair, {}, TEXT, 'EXERCISE \u202efdp.exe')
    await pair.network.settle()
    await carryContent(draft)
    item = (await itemAt(pair.KR, draft))!.id
  })
  afterAll(() => pair.close())

  /** Carries large content, which goes beside the bundle; the test network does not. */
  async function carryContent(draft: Draft): Promise<void> {
    const { JP, KR, network } = pair
    const { services } = KR.node
    const sealed = (await findBlob(JP.database.query, (await itemAt(JP, draft))!.payloadDigest))!
    const kept = await services.blobs.write(JP.node.services.blobs.read(sealed))
    await services.acts.run((act) =>
      keepContent(act, [kept], (inner, of) => acceptArrived(inner, services, of as Sha384)),
    )
    await network.settle()
  }

  async function ask(nation: TestNation, person: string, path: string, init: RequestOptions = {}) {
    const app = httpOf(nation, (error) => {
      throw error
    })
    const headers = { cookie: await cookieOf(nation, person), ...init.headers }
    return app.request(new Request(`http://localhost${path}`, { ...init, headers }))
  }

  it('[API-11] [EXC-69] [SEAL-19] a range of the content is served, verified, after the whole was verified against the commitment', async () => {
    const body = JSON.stringify({ purpose: pair.purpose })
    const json = { 'content-type': 'application/json' }
    const opened = await ask(pair.KR, 'officer', `/api/items/${item}/open`, {
      method: 'POST',
      body,
      headers: json,
    })
    const { opening, sizeBytes, title } = (await opened.json()) as {
      opening: string
      sizeBytes: number
      title: string
    }
    expect(title, 'EXC-69').toBe('EXERCISE \ufffdfdp.exe')
    expect(sizeBytes).toBe(TEXT.length)
    expect(sizeBytes).toBeGreaterThan(SEGMENT_SIZE_BYTES_MAX)
    const read = (headers: Record<string, string>) =>
      ask(pair.KR, 'officer', `/api/items/${item}/content?opening=${opening}`, { headers })

    // Nobody has read it yet: the first range waits until the whole is verified.
    expect((await itemOf())?.plain_digest).toBeNull()
    const end = await read({ range: 'bytes=-10' })
    expect([end.status, end.headers.get('content-range')]).toEqual([
      206,
      `bytes ${sizeBytes - 10}-${sizeBytes - 1}/${sizeBytes}`,
    ])
    expect(await end.text()).toBe(TEXT.slice(-10))
    expect((await itemOf())?.plain_digest).not.toBeNull()

    const etag = end.headers.get('etag')!
    const rest = await read({ range: `bytes=${SEGMENT_SIZE_BYTES_MAX - 3}-`, 'if-range': etag })
    expect(rest.headers.get('content-length')).toBe(String(sizeBytes - SEGMENT_SIZE_BYTES_MAX + 3))
    expect((await rest.text()) === TEXT.slice(SEGMENT_SIZE_BYTES_MAX - 3)).toBe(true)
    const other = await read({ range: 'bytes=0-3', 'if-range': '"another"' })
    expect([other.status, (await other.text()) === TEXT]).toEqual([200, true])

    const past = await read({ range: `bytes=${sizeBytes}-` })
    expect([past.status, past.headers.get('content-range'), await past.text()]).toEqual([
      416,
      `bytes */${sizeBytes}`,
      '',
    ])
    for (const range of ['bytes=0-1,5-6', 'lines=0-1', 'bytes=5-1', `bytes=${'9'.repeat(400)}-`, 'bytes=-']) {
      const whole = await read({ range })
      expect([whole.status, Number(whole.headers.get('content-length'))], range).toEqual([200, sizeBytes])
      await whole.body?.cancel()
    }
    for (const response of [end, rest, past]) {
      expect(response.headers.get('content-type')).toBe('application/octet-stream')
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    }
  })

  async function itemOf() {
    return pair.KR.database.query.selectFrom('item').selectAll().where('id', '=', item).executeTakeFirst()
  }

  it('tells for each link whether registers may be reconciled', async () => {
    const mayReconcile = async (person: string) => {
      const { rows } = (await (await ask(pair.KR, person, '/api/reconciliations')).json()) as {
        rows: { can: { reconcile: true | { reasons: { code: string }[] } } }[]
      }
      const [first] = rows.map((row) => row.can.reconcile)
      return first === true ? true : first?.reasons[0]?.code
    }
    expect(await mayReconcile('registrar')).toBe(true)
    expect(await mayReconcile('security')).toBe('not_permitted')
    const frozen = { state: 'frozen' as const }
    await pair.KR.database.query.updateTable('partner').set(frozen).where('nation', '=', 'JP').execute()
    expect(await mayReconcile('registrar')).toBe('link_frozen')
  })

  it('shows the number and the markings of an item on the desk, and the number among the entries of the link', async () => {
    const { control } = (await itemOf())!
    const desk = (await (await ask(pair.KR, 'officer', '/api/desk')).json()) as { needsMe: unknown[] }
    const stamps = { originator: 'JP', recipient: 'KR', marking: '極秘', receiverMarking: '군사 Ⅱ급 비밀' }
    expect(desk.needsMe).toContainEqual(expect.objectContaining({ reference: control, stamps }))
    const entries = await ask(pair.KR, 'registrar', '/api/links/JP/entries?direction=theirs')
    const { rows } = (await entries.json()) as { rows: { kind: string; reference: string | null }[] }
    const referenceOf = (kind: string) => rows.find((row) => row.kind === kind)?.reference
    expect([referenceOf('exchange.offered'), referenceOf('agreement.declared')]).toEqual([control, null])
  })

  it('finds agreements and partners in any language, and names them in all', async () => {
    const found = async (words: string) => {
      const reply = await ask(pair.KR, 'officer', `/api/search?q=${encodeURIComponent(words)}`)
      return ((await reply.json()) as { hits: { id: string; title: unknown }[] }).hits
    }
    const [agreement] = await found('日韓秘密軍事情報')
    expect(agreement).toMatchObject({ id: 'jp-kr-gsomia-2016' })
    expect(Object.keys(agreement?.title as object).sort()).toEqual(['en', 'ja', 'ko'])
    expect((await found('일본')).map((hit) => hit.title)).toContainEqual(
      expect.objectContaining({ en: 'Japan', ja: '日本国' }),
    )
  })
})

test.each([
  [null, null],
  ['', null],
  ['bytes=0-0', { fromByte: 0, toByte: 1 }],
  ['bytes=90-', { fromByte: 90, toByte: 100 }],
  ['bytes=90-1000', { fromByte: 90, toByte: 100 }],
  ['bytes=-1000', { fromByte: 0, toByte: 100 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=99999999999999-', 'unsatisfiable'],
  ['bytes=-', null],
  ['bytes=3-2', null],
  ['bytes=0x1-2', null],
  ['bytes=1e3-', null],
  ['bytes=-5-', null],
  ['bytes=0-1, 3-4', null],
  ['BYTES=0-1', null],
  ['bytes 0-1/100', null],
] as const)('[API-11] of 100 bytes, %j requests %j', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
  if (header?.startsWith('bytes=') === true) expect(['object', 'string']).toContain(typeof rangeOf(header, 0))
})
