/** Receiving bundles: refusals, and whole effect or none (LINK-20, BUNDLE-6). */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runs } from '#wire/testProperties.ts'
import { insertBlobs } from '#node/kernel/blobs.store.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { receiveBundle } from './receive.commands.ts'
import { say } from './say.commands.ts'
import {
  chunked,
  copyOf,
  createTestNetwork,
  createTestNode,
  createTestWorld,
  drain,
  idOf,
  linkNodes,
  restore,
} from './testFederation.ts'
import type { TestNetwork, TestNode, TestWorld } from './testFederation.ts'

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
  const capture = async (node: TestNode, to: string): Promise<Uint8Array> => {
    let taken: Uint8Array | undefined
    network.onRequest = (_from, _to, bundle) => ((taken = bundle), null)
    const courier = node.startCourier()
    await courier.step(to)
    network.onRequest = (_from, _to, bundle) => bundle
    world.advance(60_000)
    return taken!
  }

  it('[BUNDLE-6] a bundle that is cut or has one changed byte is refused, or has the whole effect', async () => {
    await drain(kr.startCourier(), 'JP')
    const content = await jp.folder.write([Buffer.from('small sealed content')])
    await jp.acts.run((act) => insertBlobs(act.tx, [content], act.world.now()))
    const body = { assurance: idOf(1), text: content.digest }
    const courier = jp.startCourier()
    await drain(courier, 'KR')
    await jp.acts.run((act) => say(act, 'KR', { kind: 'assurance.given', body, blobs: [content.digest] }))
    await sayMany(jp, 'KR', 1)
    let sent = new Uint8Array(0)
    network.onRequest = (_from, _to, bundle) => ((sent = Uint8Array.from(bundle)), null)
    await courier.step('KR')
    const before = await copyOf(kr.database)
    const effect = async () => ({
      entries: await kr.database.query
        .selectFrom('log_entry')
        .select(['log', 'index', 'leaf_hash'])
        .orderBy('index')
        .execute(),
      logs: await kr.database.query
        .selectFrom('log')
        .select(['name', 'size', 'frontier'])
        .orderBy('name')
        .execute(),
      blobs: await kr.database.query.selectFrom('blob').select('digest').execute(),
      partner: await kr.database.query.selectFrom('partner').select(['state', 'evidence']).execute(),
    })
    const reset = async (): Promise<void> => {
      await kr.database.query.deleteFrom('blob').execute()
      await restore(kr.database, before)
    }
    const nothing = await effect()
    expect((await receiveBundle(kr.receiver, chunked(sent), null)).outcome).toBe('cosigned')
    const whole = await effect()
    expect(whole.blobs).toHaveLength(1)
    await reset()
    const changes = fc.oneof(
      fc.record({ cutAt: fc.nat(sent.length - 1) }),
      fc.record({ at: fc.nat(sent.length - 1), flip: fc.integer({ min: 1, max: 255 }) }),
    )
    await fc.assert(
      fc.asyncProperty(changes, async (change) => {
        const bytes = 'cutAt' in change ? sent.slice(0, change.cutAt) : sent.slice()
        if ('at' in change) bytes[change.at]! ^= change.flip
        const { outcome } = await receiveBundle(kr.receiver, chunked(bytes), null)
        const now = await effect()
        expect(now).toEqual(outcome === 'cosigned' ? whole : nothing)
        if (outcome === 'cosigned') await reset()
      }),
      runs(300),
    )
  })

  it('[LINK-20] refuses a bundle for another nation, from another sender, too large, or without an open link', async () => {
    const bundle = await capture(jp, 'KR')
    expect((await receiveBundle(kr.receiver, chunked(bundle), 'US')).outcome).toBe('not_for_us')
    expect((await receiveBundle(jp.receiver, chunked(bundle), 'JP')).outcome).toBe('not_for_us')
    const huge = Buffer.from('entente bundle v1\n{"from":"JP","to":"KR","first":0,"count":300,"blobs":0}\n')
    expect(await receiveBundle(kr.receiver, chunked(huge), 'JP')).toEqual({
      outcome: 'refused',
      code: 'too_large',
    })
    await kr.database.query.updateTable('partner').set({ state: 'invited' }).execute()
    expect((await receiveBundle(kr.receiver, chunked(bundle), 'JP')).outcome).toBe('not_open')
    await kr.database.query.deleteFrom('partner').execute()
    expect((await receiveBundle(kr.receiver, chunked(bundle), 'JP')).outcome).toBe('not_open')
  })
})
