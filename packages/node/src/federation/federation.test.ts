/**
 * The mirror protocol between two nodes: entries arrive once and in order over a faulty network (LINK-10 to
 * LINK-35).
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signCheckpoint } from '#wire/log/checkpoint.ts'
import { encodeBundleHead } from '#wire/link/bundle.ts'
import { formatNote } from '#wire/log/note.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { applyNext } from './apply.commands.ts'
import { linkSigner } from './keys.ts'
import { inLog, outLog } from './log.ts'
import { retryDelayMs } from './partner.ts'
import { receiveBundle } from './receive.commands.ts'
import {
  chunked,
  copyOf,
  createTestNetwork,
  createTestNode,
  createTestWorld,
  drain,
  headOf,
  idOf,
  linkNodes,
  partnerOf,
  restore,
  sayBytes,
  takeCourierLease,
} from './testFederation.ts'
import type { TestNetwork, TestNode, TestWorld } from './testFederation.ts'
import { Unreachable } from './transport.ts'

describe('federation', () => {
  let network: TestNetwork
  let world: TestWorld
  let jp: TestNode
  let kr: TestNode

  beforeEach(async () => {
    network = createTestNetwork()
    world = createTestWorld('federation')
    jp = await createTestNode({ nation: 'JP', database: await openTestDatabase(), network, world })
    kr = await createTestNode({ nation: 'KR', database: await openTestDatabase(), network, world })
    await linkNodes(jp, kr)
  })
  afterEach(async () => {
    await jp.close()
    await kr.close()
  })

  const sayMany = async (node: TestNode, to: string, count: number): Promise<string[]> => {
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) ids.push(await node.say(to, `JP-KR-2026-${index}`))
    return ids
  }
  it('[LINK-20] extends the mirror, cosigns, and applies in order', async () => {
    const said = await sayMany(jp, 'KR', 3)
    await drain(jp.startCourier(), 'KR')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(3)
    const out = await headOf(jp, outLog('KR'))
    expect(out).toMatchObject({ witnessedSize: 3, noteSize: 3 })
    expect(out.witnessedNote).toContain('kr.entente/witness')
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
    expect((await headOf(kr, inLog('JP'))).applied).toBe(3)
  })

  it('[LINK-21] applies a bundle that arrives twice only once', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    const said = await sayMany(jp, 'KR', 2)
    const bundles: Uint8Array[] = []
    network.onRequest = (_from, _to, bundle) => (bundles.push(bundle), bundle)
    await drain(courier, 'KR')
    for (const bundle of [...bundles, ...bundles.toReversed()]) {
      const received = await receiveBundle(kr.receiver, chunked(bundle), 'JP')
      expect(received).toMatchObject({ outcome: 'cosigned', stored: 0 })
    }
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
  })

  it('[LINK-22] catches up after a lost reply, also across a restart', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    const said = await sayMany(jp, 'KR', 2)
    network.onReply = () => {
      throw new Unreachable('answer_lost')
    }
    await drain(courier, 'KR')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(2)
    expect((await partnerOf(jp, 'KR')).lastError).toBe('answer_lost')
    network.onReply = (_to, reply) => reply
    world.advance(60_000)
    said.push(...(await sayMany(jp, 'KR', 1)))
    await drain(jp.startCourier(), 'KR')
    expect(await headOf(jp, outLog('KR'))).toMatchObject({ witnessedSize: 3, noteSize: 3 })
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
  })

  it('[LINK-23] answers a gap with the size that it holds, and the sender fills the gap', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    await sayMany(jp, 'KR', 2)
    await drain(courier, 'KR')
    const empty = await copyOf(kr.database)
    await sayMany(jp, 'KR', 2)
    await drain(courier, 'KR')
    await restore(kr.database, empty)
    await sayMany(jp, 'KR', 1)
    await drain(courier, 'KR')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(5)
    expect(await headOf(jp, outLog('KR'))).toMatchObject({ witnessedSize: 5, noteSize: 5 })
  })

  it('[LINK-27] freezes on a fork, keeps the evidence, and receives nothing more', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    await sayMany(jp, 'KR', 2)
    await drain(courier, 'KR')
    const head = await headOf(kr, inLog('JP'))
    const forged = formatNote(
      signCheckpoint(
        { origin: head.origin, size: 1, root: Buffer.alloc(32, 7), extensions: [] },
        linkSigner(jp.keys, 'KR'),
      ),
    )
    const header = { from: 'JP', to: 'KR', first: 1, count: 0, blobs: 0 }
    const bundle = encodeBundleHead({
      header,
      checkpoint: forged,
      acknowledgement: new Uint8Array(0),
      entries: [],
    })
    expect((await receiveBundle(kr.receiver, chunked(bundle), 'JP')).outcome).toBe('fork')
    const row = await kr.database.query.selectFrom('partner').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'frozen', frozen_code: 'fork' })
    const evidence = JSON.parse(row.evidence ?? '{}') as Record<string, string>
    expect(evidence['received']).toBe(Buffer.from(forged).toString())
    expect(evidence['held']).toBe(head.checkpoint)
    expect(evidence['proof']).toMatch(/^[\w+/=]{44}$/)
    await sayMany(jp, 'KR', 1)
    await drain(courier, 'KR')
    expect((await partnerOf(jp, 'KR')).lastError).toBe('partner_frozen')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(2)
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual([])
  })

  it('[LINK-25] freezes if entries do not yield the signed root, except for media, which anyone may have altered', async () => {
    await jp.startCourier().step('KR')
    const said = await sayMany(jp, 'KR', 1)
    const courier = jp.startCourier()
    await courier.step('KR')
    let bundle = new Uint8Array(0)
    network.onRequest = (_from, _to, sent) => ((bundle = Uint8Array.from(sent)), null)
    await courier.step('KR')
    const at = Buffer.from(bundle).indexOf(said[0]!)
    bundle[at] = bundle[at]! ^ 1
    expect(await receiveBundle(kr.receiver, chunked(bundle), null)).toEqual({
      outcome: 'refused',
      code: 'root_mismatch',
    })
    expect((await partnerOf(kr, 'JP')).state).toBe('open')
    expect((await receiveBundle(kr.receiver, chunked(bundle), 'JP')).outcome).toBe('fork')
    expect(await partnerOf(kr, 'JP')).toMatchObject({ state: 'frozen', frozenCode: 'fork' })
  })

  it('[LINK-26] a node restored from an old copy freezes and signs nothing new', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    await sayMany(jp, 'KR', 2)
    await drain(courier, 'KR')
    const old = await copyOf(jp.database)
    await sayMany(jp, 'KR', 3)
    await drain(courier, 'KR')
    await restore(jp.database, old)
    await sayMany(jp, 'KR', 1)
    const sent: string[] = []
    network.onRequest = (_from, _to, bundle) => (sent.push(Buffer.from(bundle).toString('latin1')), bundle)
    await drain(jp.startCourier(), 'KR')
    expect(await partnerOf(jp, 'KR')).toMatchObject({ state: 'frozen', frozenCode: 'rolled_back' })
    expect(sent).toHaveLength(1)
    expect(sent[0]).toContain('"first":2,"count":0')
    expect((await headOf(jp, outLog('KR'))).frontier.size).toBe(2)
    await drain(jp.startCourier(), 'KR')
    expect(sent).toHaveLength(1)
    expect((await partnerOf(kr, 'JP')).state).toBe('open')
  })

  it('[LINK-29] a mirror restored from an old copy is filled again after its node reports its size', async () => {
    await drain(kr.startCourier(), 'JP')
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    await sayMany(jp, 'KR', 2)
    await drain(courier, 'KR')
    const old = await copyOf(kr.database)
    await sayMany(jp, 'KR', 3)
    await drain(courier, 'KR')
    await restore(kr.database, old)
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(2)
    await drain(kr.startCourier(), 'JP')
    expect((await headOf(jp, outLog('KR'))).witnessedSize).toBe(2)
    await drain(courier, 'KR')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(5)
    expect((await headOf(jp, outLog('KR'))).witnessedSize).toBe(5)
    await kr.apply('JP')
    expect(await kr.heard('JP')).toHaveLength(5)
  })

  it('[LINK-33] parks entries that cannot be applied, answers them with a code, and continues', async () => {
    const good = JSON.stringify({
      v: 1,
      kind: 'exchange.withdrawn',
      id: idOf(1),
      from: 'JP',
      to: 'KR',
      at: '2026-01-01T00:00:00.000Z',
      body: { control: 'JP-KR-2026-1' },
    })
    const invalid = [
      ['unknown_kind', good.replace('exchange.withdrawn', 'exchange.exploded')],
      ['unknown_version', good.replace('"v":1', '"v":2')],
      ['not_json', good.slice(1)],
      ['not_utf8', Buffer.from([0xc3, 0x28])],
      ['too_deep', '['.repeat(60_000)],
      ['duplicate_key', good.replace('"v":1', '"v":1,"v":1')],
      ['statement_invalid', good.replace('"control"', '"controls"')],
      ['not_for_us', good.replace('"to":"KR"', '"to":"US"')],
    ] as const
    const said = await sayMany(jp, 'KR', 1)
    for (const [, bytes] of invalid) await sayBytes(jp, 'KR', Buffer.from(bytes))
    said.push(...(await sayMany(jp, 'KR', 2)))
    await drain(jp.startCourier(), 'KR')
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
    const parked = await kr.database.query.selectFrom('parked').selectAll().orderBy('index').execute()
    expect(parked.map((row) => [row.index, row.code])).toEqual(
      invalid.map(([code], index) => [index + 1, code]),
    )
    await drain(kr.startCourier(), 'JP')
    const answers = await jp.database.query
      .selectFrom('log_entry')
      .select('bytes')
      .where('log', '=', inLog('KR'))
      .orderBy('index')
      .execute()
    const bodies = answers.map(
      ({ bytes }) => (JSON.parse(Buffer.from(bytes).toString()) as { body: object }).body,
    )
    expect(bodies).toEqual(invalid.map(([code], index) => ({ index: index + 1, code })))
  })

  it('[LINK-33] parks an entry that the database rejects, and rolls back its effect', async () => {
    const withNul = (act: Parameters<(typeof kr.handlers)['exchange.withdrawn']>[0], value: string) =>
      act.tx
        .insertInto('setting')
        .values({ name: `nul/${value}`, value })
        .execute()
    const handlers = {
      ...kr.handlers,
      'exchange.withdrawn': async (act, heard) => {
        await kr.handlers['exchange.withdrawn'](act, heard)
        for (const { statement } of heard) await withNul(act, statement.body.control)
      },
    } satisfies typeof kr.handlers
    await jp.say('KR', 'one')
    await jp.say('KR', 'a\u0000b')
    await jp.say('KR', 'one')
    await jp.say('KR', 'two')
    await drain(jp.startCourier(), 'KR')
    while ((await applyNext(kr.acts, handlers, 'JP')).more) continue
    const parked = await kr.database.query
      .selectFrom('parked')
      .select(['index', 'code'])
      .orderBy('index')
      .execute()
    expect(parked).toEqual([
      { index: 1, code: 'content_invalid' },
      { index: 2, code: 'content_invalid' },
    ])
    expect(await kr.heard('JP')).toHaveLength(2)
  })

  it('[LINK-34] never answers an answer', async () => {
    await sayBytes(jp, 'KR', Buffer.from('{"v":1,"kind":"entry.refused","id":"broken"}'))
    await drain(jp.startCourier(), 'KR')
    await kr.apply('JP')
    expect(await kr.database.query.selectFrom('log_pending').selectAll().execute()).toEqual([])
  })

  it('[LINK-12] carries 600 entries in batches of at most 256', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    const said = await sayMany(jp, 'KR', 600)
    const counts: number[] = []
    network.onRequest = (_from, _to, bundle) => {
      counts.push(Number(/"count":(\d+)/.exec(Buffer.from(bundle.subarray(0, 200)).toString('latin1'))![1]))
      return bundle
    }
    await drain(courier, 'KR')
    expect(counts).toEqual([256, 256, 88])
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
  })

  it('[LINK-15] backs off for the whole link, and resets after a contact', async () => {
    network.onRequest = () => null
    const courier = jp.startCourier()
    for (let failures = 1; failures <= 4; failures += 1) {
      await courier.step('KR')
      const partner = await partnerOf(jp, 'KR')
      expect(partner).toMatchObject({ failures, lastError: 'lost' })
      const waitMs = partner.retryAt - world.now()
      expect(waitMs).toBeLessThanOrEqual(200 * 2 ** (failures - 1))
      expect(waitMs).toBeGreaterThanOrEqual(150 * 2 ** (failures - 1))
      const before = network.requests
      await courier.step('KR')
      expect(network.requests).toBe(before)
      world.advance(waitMs)
    }
    network.onRequest = (_from, _to, bundle) => bundle
    await drain(courier, 'KR')
    expect(await partnerOf(jp, 'KR')).toMatchObject({ failures: 0, retryAt: 0, lastError: null })
    expect(retryDelayMs(1000, 0)).toBe(60_000)
  })

  it('[LINK-16] a reply that is not signed by the partner for our log changes nothing', async () => {
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    await sayMany(jp, 'KR', 1)
    const before = await headOf(jp, outLog('KR'))
    const answers = [Buffer.from('nonsense'), Buffer.from(before.witnessedNote ?? ''), new Uint8Array(0)]
    for (const [index, body] of answers.entries()) {
      network.onReply = () => ({ outcome: index === 2 ? 'behind' : 'cosigned', body })
      await courier.step('KR')
      world.advance(60_000)
    }
    expect((await headOf(jp, outLog('KR'))).witnessedSize).toBe(0)
    expect((await partnerOf(jp, 'KR')).lastError).toBe('answer_invalid')
  })

  it('[LINK-18] one of two couriers on one database leads; if it dies, the other takes over', async () => {
    const [first, second] = [jp.startCourier('first'), jp.startCourier('second')]
    expect(await takeCourierLease(jp, 'first')).toBe(true)
    expect(await takeCourierLease(jp, 'second')).toBe(false)
    await drain(first, 'KR')
    const said = await sayMany(jp, 'KR', 2)
    await drain(second, 'KR')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(0)
    // The first courier dies while its bundle is in flight: the partner stores it, and the reply is lost.
    network.onReply = () => {
      throw new Error('killed')
    }
    await expect(drain(first, 'KR')).rejects.toThrow('killed')
    network.onReply = (_to, reply) => reply
    world.advance(5001)
    expect(await takeCourierLease(jp, 'second')).toBe(true)
    said.push(...(await sayMany(jp, 'KR', 2)))
    await drain(second, 'KR')
    // If the first courier was only suspended, it can no longer act.
    const before = network.requests
    await drain(first, 'KR')
    expect(network.requests).toBe(before)
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
    expect(await headOf(jp, outLog('KR'))).toMatchObject({ witnessedSize: 4, noteSize: 4 })
  })
})
