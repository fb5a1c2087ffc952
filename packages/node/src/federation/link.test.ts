/** Opening links, media, verification and routes. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { links as contracts } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import { readMediaEnvelope } from '#wire/seal/media.ts'
import type { Statement } from '#wire/statement.ts'
import { insertBlobs } from '#node/kernel/blobs.store.ts'
import type { PersonCaller } from '#node/kernel/caller.ts'
import type { Binding } from '#node/kernel/bind.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { createViews } from '#node/kernel/view.ts'
import { wantContent } from './content.store.ts'
import { exportMedia, importMedia } from './federation.media.ts'
import { createMeetings } from './meetings.ts'
import type { MediaOptions } from './federation.media.ts'
import { federationRoutes } from './federation.routes.ts'
import { freezePartner } from './federation.store.ts'
import {
  acceptInvitation,
  confirmLink,
  fingerprintOf,
  freezeLink,
  invitationText,
  readInvitation,
} from './links.commands.ts'
import { verifyLink } from './verification.view.ts'
import { NATIONAL_LOG, inLog, outLog } from './log.ts'
import { say } from './say.commands.ts'
import {
  chunked,
  createTestNetwork,
  createTestNode,
  createTestWorld,
  drain,
  headOf,
  idOf,
  linkNodes,
  partnerOf,
  testCard,
} from './testFederation.ts'
import type { TestNetwork, TestNode, TestWorld } from './testFederation.ts'

let network: TestNetwork
let world: TestWorld
let jp: TestNode
let kr: TestNode

beforeEach(async () => {
  network = createTestNetwork()
  world = createTestWorld('link')
  jp = await createTestNode({ nation: 'JP', database: await openTestDatabase(), network, world })
  kr = await createTestNode({ nation: 'KR', database: await openTestDatabase(), network, world })
})
afterEach(async () => {
  await jp.close()
  await kr.close()
})

const nationalEntries = async (node: TestNode): Promise<string[]> => {
  const rows = await node.database.query
    .selectFrom('log_pending')
    .select('bytes')
    .where('log', '=', NATIONAL_LOG)
    .orderBy('id')
    .execute()
  return rows.map(({ bytes }) => (JSON.parse(Buffer.from(bytes).toString()) as { what: string }).what)
}

describe('opening a link', () => {
  it('[LINK-4] needs both operators to compare one fingerprint', async () => {
    const opened: string[] = []
    const confirm = (node: TestNode, nation: string, typed: string) =>
      node.acts.run((act) =>
        confirmLink(act, nation, typed, 'operator', async (_act, partner) => void opened.push(partner)),
      )
    const accept = (node: TestNode, other: TestNode) =>
      node.acts.run((act) =>
        acceptInvitation(act, readInvitation(invitationText(other.card)), node.card, 'operator'),
      )
    const [atJp, atKr] = [await accept(jp, kr), await accept(kr, jp)]
    if (isRefusal(atJp) || isRefusal(atKr)) throw new Error('refused')
    expect(atJp.fingerprint).toBe(atKr.fingerprint)
    expect(atJp.fingerprint).toMatch(/^(\d{5} ){7}\d{5}$/)
    await jp.startCourier().step('KR')
    expect(network.requests).toBe(0)
    expect(await confirm(jp, 'KR', '12345')).toMatchObject({
      refused: true,
      reasons: [{ code: 'fingerprint_differs' }],
    })
    expect(await confirm(jp, 'KR', atKr.fingerprint.replaceAll(' ', ''))).toEqual(atJp)
    expect(await confirm(jp, 'KR', atKr.fingerprint)).toMatchObject({ reasons: [{ code: 'wrong_state' }] })
    await drain(jp.startCourier(), 'KR')
    expect((await partnerOf(jp, 'KR')).lastError).toBe('not_open')
    expect(await confirm(kr, 'JP', atJp.fingerprint)).toEqual(atKr)
    world.advance(60_000)
    await jp.say('KR', 'hello')
    await drain(jp.startCourier(), 'KR')
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(1)
    expect(opened).toEqual(['KR', 'JP'])
    expect(await nationalEntries(jp)).toEqual(['link.invited', 'link.opened'])
  })

  it('[LINK-4] reads the newest card that was accepted before the confirmation', async () => {
    const accept = (card: typeof kr.card) =>
      jp.acts.run((act) => acceptInvitation(act, card, jp.card, 'operator'))
    await accept(kr.card)
    expect((await partnerOf(jp, 'KR')).card.address).toBe('https://localhost:1')
    const moved = testCard(kr.keys, 'https://localhost:2', '1'.repeat(64))
    await accept(moved)
    expect(await partnerOf(jp, 'KR')).toMatchObject({
      card: { address: 'https://localhost:2' },
      cardText: moved.text,
      ourCardText: jp.card.text,
    })
  })

  it('[LINK-5] keeps the card of an open link, refuses a link with itself, and lets an operator freeze', async () => {
    await linkNodes(jp, kr)
    const accept = (card: typeof jp.card) =>
      jp.acts.run((act) => acceptInvitation(act, card, jp.card, 'operator'))
    expect(await accept(kr.card)).toMatchObject({ reasons: [{ code: 'link_exists' }] })
    expect(await accept(jp.card)).toMatchObject({
      reasons: [{ code: 'invalid_input' }],
      place: 'card.nation',
    })
    expect(await jp.acts.run((act) => freezeLink(act, 'KR', 'operator'))).toEqual({ partner: 'KR' })
    expect(await jp.acts.run((act) => freezeLink(act, 'US', 'operator'))).toMatchObject({
      reasons: [{ code: 'not_found' }],
    })
    expect(await partnerOf(jp, 'KR')).toMatchObject({ state: 'frozen', frozenCode: 'by_operator' })
    await kr.startCourier().step('JP')
    expect((await partnerOf(kr, 'JP')).lastError).toBe('partner_frozen')
  })

  it('[LINK-6] reopens by fingerprint after an operator froze it, and sends what was said meanwhile', async () => {
    await linkNodes(jp, kr)
    await jp.acts.run((act) => freezeLink(act, 'KR', 'operator'))
    const id = await jp.say('KR', 'JP-KR-2026-1')
    const fingerprint = fingerprintOf(await partnerOf(jp, 'KR'))
    const confirm = (typed: string) =>
      jp.acts.run((act) => confirmLink(act, 'KR', typed, 'operator', async () => expect.fail('said twice')))
    expect(await confirm('11111 11111')).toMatchObject({ reasons: [{ code: 'fingerprint_differs' }] })
    expect(await confirm(fingerprint)).toEqual({ partner: 'KR', fingerprint })
    expect(await partnerOf(jp, 'KR')).toMatchObject({ state: 'open', frozenCode: null })
    await drain(jp.startCourier(), 'KR')
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual([id])
  })

  it.each(['fork', 'rolled_back'] as const)('[LINK-6] never reopens a link frozen as %s', async (code) => {
    await linkNodes(jp, kr)
    await jp.acts.run((act) => freezePartner(act.tx, 'KR', code, {}))
    const fingerprint = fingerprintOf(await partnerOf(jp, 'KR'))
    const again = await jp.acts.run((act) =>
      confirmLink(act, 'KR', fingerprint, 'operator', async () => undefined),
    )
    expect(again).toMatchObject({ reasons: [{ code: 'wrong_state' }] })
    expect(await partnerOf(jp, 'KR')).toMatchObject({ state: 'frozen', frozenCode: code })
  })
})

describe('media', () => {
  const mediaOf = (node: TestNode): MediaOptions => ({
    mayLeave: async () => true,
    receiver: node.receiver,
    folder: node.folder,
    world,
    leads: async () => true,
    addressOf: (nation) => `Ministry of Defense, ${nation}`,
  })
  const exported = async (node: TestNode, to: string): Promise<{ control: string; bytes: Buffer }> => {
    const made = await exportMedia(mediaOf(node), to, 'registrar')
    if (isRefusal(made)) throw new Error('refused')
    return { control: made.control, bytes: Buffer.concat(await Array.fromAsync(made.chunks)) }
  }
  const bring = (node: TestNode, bytes: Uint8Array) =>
    importMedia(mediaOf(node), chunked(bytes, 65_536), 'registrar')

  beforeEach(() => linkNodes(jp, kr))

  it('[LINK-66] a process signs nothing for media until a fresh acknowledgement of the partner', async () => {
    await jp.say('KR', 'JP-KR-2026-1')
    const first = await exported(jp, 'KR')
    await bring(kr, first.bytes)
    const stale = await exported(kr, 'JP')
    await bring(jp, stale.bytes)
    await jp.say('KR', 'JP-KR-2026-2')
    world.advance(60_000)
    const meetings = createMeetings(world.now())
    const restarted = { ...jp, receiver: { ...jp.receiver, meetings } }
    const refusedExport = await exportMedia(mediaOf(restarted), 'KR', 'registrar')
    expect(isRefusal(refusedExport) && refusedExport.reasons[0].code).toBe('partner_not_met')
    expect((await headOf(jp, outLog('KR'))).frontier.size).toBe(1)
    await bring(restarted, stale.bytes)
    expect(meetings.has('KR')).toBe(false)
    world.advance(60_000)
    await bring(restarted, (await exported(kr, 'JP')).bytes)
    expect((await exported(restarted, 'KR')).control).toBe('JP-KR-MEDIA-1-2')
  })

  it('[LINK-60] carry a whole link: entries, small and large content, acknowledgement', async () => {
    const large = await jp.folder.write([randomBytes(2_500_000)])
    const small = await jp.folder.write([randomBytes(500)])
    await jp.acts.run(async (act) => {
      for (const blob of [large, small]) await insertBlobs(act.tx, [blob], act.world.now())
    })
    const said: string[] = []
    for (let index = 0; index < 300; index += 1) said.push(await jp.say('KR', `JP-KR-2026-${index}`))
    const body = { assurance: idOf(1), text: `${large.digest} ${small.digest}` }
    const blobs = [large.digest, small.digest]
    said.push((await jp.acts.run((act) => say(act, 'KR', { kind: 'assurance.given', body, blobs }))).id)
    await kr.acts.run(async (act) => {
      await wantContent(act.tx, 'JP', large.digest, large.sizeBytes)
      await wantContent(act.tx, 'JP', small.digest, small.sizeBytes)
    })
    const { control, bytes } = await exported(jp, 'KR')
    expect(control).toBe('JP-KR-MEDIA-0-301')
    expect(readMediaEnvelope(bytes)).toMatchObject({ control, from: 'Ministry of Defense, JP' })
    expect(bytes.includes('exchange.withdrawn')).toBe(false)
    expect((await bring(kr, bytes)).received).toMatchObject({ outcome: 'cosigned', stored: 301 })
    expect(kr.arrived.toSorted()).toEqual([large.digest, small.digest].toSorted())
    await kr.apply('JP')
    expect(await kr.heard('JP')).toEqual(said)
    const back = await exported(kr, 'JP')
    expect((await bring(jp, back.bytes)).received).toMatchObject({ outcome: 'cosigned', stored: 0 })
    expect(await headOf(jp, outLog('KR'))).toMatchObject({ witnessedSize: 301, noteSize: 301 })
    expect((await exported(jp, 'KR')).control).toBe('JP-KR-MEDIA-301-301')
    expect((await bring(kr, bytes)).received).toMatchObject({ outcome: 'cosigned', stored: 0 })
    const verified = await verifyLink(jp.acts, jp.keys, await partnerOf(jp, 'KR'))
    expect(verified.checks.filter(({ held }) => !held)).toEqual([])
    expect(verified.entries).toBe(301)
  })

  it('[LINK-63] a file that is cut, altered, or for another nation stores nothing', async () => {
    await jp.say('KR', 'one')
    const { bytes } = await exported(jp, 'KR')
    const flipped = Buffer.from(bytes)
    flipped[flipped.length - 20]! ^= 1
    for (const bad of [bytes.subarray(0, -1), bytes.subarray(0, 40), flipped, randomBytes(5000)]) {
      expect((await bring(kr, bad)).received).toMatchObject({
        outcome: 'refused',
        code: expect.stringMatching(/^seal_/),
      })
    }
    expect((await bring(jp, bytes)).received).toMatchObject({
      outcome: 'refused',
      code: 'seal_not_recipient',
    })
    expect((await headOf(kr, inLog('JP'))).frontier.size).toBe(0)
  })
})

describe('verification and routes', () => {
  const callerWith = (roles: readonly string[], request = new Request('http://localhost/')): PersonCaller =>
    ({
      session: { personId: 'p', office: 'o', organisation: 'g', roles, sign: () => null as never },
      token: null,
      request,
      setToken: () => undefined,
      once: null,
    }) satisfies PersonCaller
  const routesOf = (node: TestNode): Map<string, Binding> => {
    const media = {
      receiver: node.receiver,
      folder: node.folder,
      world,
      leads: async () => true,
      mayLeave: async () => true,
      addressOf: (nation: string) => nation,
    }
    const { acts, keys, card, database, nation } = node
    const views = createViews({ database, world, nation })
    const options = {
      media,
      card,
      opened: async () => {},
      unanswered: async () => new Map(),
      referenceOf: ({ body }: Statement) => ('control' in body ? body.control : null),
      heard: () => {},
    }
    const bindings = federationRoutes({ acts, views, keys }, options)
    return new Map(bindings.map((binding) => [binding.route.name, binding]))
  }
  const callRoute = (node: TestNode, name: string, input: unknown, caller: PersonCaller): Promise<unknown> =>
    routesOf(node).get(name)!.handle(input, caller)

  beforeEach(() => linkNodes(jp, kr))

  it('[LINK-70] recompute both logs and detect alterations', async () => {
    for (let index = 0; index < 5; index += 1) await jp.say('KR', `control ${index}`)
    await drain(jp.startCourier(), 'KR')
    const verify = async (node: TestNode, partner: string) =>
      (await verifyLink(node.acts, node.keys, await partnerOf(node, partner))).checks
        .filter(({ held }) => !held)
        .map(({ check }) => check)
    expect([await verify(jp, 'KR'), await verify(kr, 'JP')]).toEqual([[], []])
    await kr.database.query
      .updateTable('log_entry')
      .set({ bytes: Buffer.from('other') })
      .where('index', '=', 2)
      .execute()
    expect(await verify(kr, 'JP')).toEqual(['theirs.entries', 'theirs.root', 'theirs.checkpoint.root'])
    const note = (await headOf(jp, outLog('KR'))).witnessedNote!
    await jp.database.query
      .updateTable('log')
      .set({ witnessed_note: note.replace(/(witness \S{20})./, '$1_').replace('_', 'A') })
      .where('name', '=', outLog('KR'))
      .execute()
    expect(await verify(jp, 'KR')).toEqual(['ours.checkpoint.cosignature'])
  })

  it('[LINK-71] show links and entries, in the shape of the contract, to anyone who is signed in', async () => {
    await jp.say('KR', 'JP-KR-2026-1')
    await drain(jp.startCourier(), 'KR')
    world.advance(1500)
    await jp.say('KR', 'JP-KR-2026-2')
    world.advance(500)
    const caller = callerWith(['analyst'])
    const links = contracts.list.reply.parse(await callRoute(jp, 'links.list', {}, caller))
    expect(links.rows[0]).toMatchObject({
      partner: 'KR',
      state: 'open',
      lagMs: 500,
      ours: { size: 1, pending: 1 },
    })
    expect(links.rows[0]!.can.exportBundle).toMatchObject({ refused: true })
    const asked = { partner: 'KR', direction: 'ours', limit: 10 }
    const page = contracts.listEntries.reply.parse(await callRoute(jp, 'links.listEntries', asked, caller))
    expect(page.rows.map(({ index, state, reference }) => [index, state, reference])).toEqual([
      [1, 'pending', 'JP-KR-2026-2'],
      [0, 'cosigned', 'JP-KR-2026-1'],
    ])
    const theirs = { partner: 'JP', direction: 'theirs' }
    const mirrored = contracts.listEntries.reply.parse(
      await callRoute(kr, 'links.listEntries', theirs, caller),
    )
    expect(mirrored.rows.map(({ state }) => state)).toEqual(['cosigned'])
    expect(await callRoute(jp, 'links.get', { partner: 'US' }, caller)).toMatchObject({
      refused: true,
    })
  })

  it('[LINK-72] permit export and import only to those who carry media', async () => {
    await jp.say('KR', 'JP-KR-2026-1')
    for (const [name, input] of [
      ['links.exportBundle', { partner: 'KR' }],
      ['links.importBundle', {}],
      ['links.verify', { partner: 'KR' }],
    ] as const) {
      expect(await callRoute(jp, name, input, callerWith(['analyst']))).toMatchObject({
        reasons: [{ code: 'not_permitted' }],
      })
    }
    const registrar = callerWith(['registrar'])
    const response = (await callRoute(jp, 'links.exportBundle', { partner: 'KR' }, registrar)) as Response
    expect(response.headers.get('content-disposition')).toContain('JP-KR-MEDIA-0-1.entente')
    const body = new Uint8Array(await response.arrayBuffer())
    const put = (bytes: Uint8Array<ArrayBuffer>) =>
      callerWith(['registrar'], new Request('http://localhost/', { method: 'PUT', body: bytes }))
    expect(await callRoute(kr, 'links.importBundle', {}, put(body))).toEqual({
      partner: 'JP',
      size: 1,
      stored: 1,
    })
    expect(await callRoute(kr, 'links.importBundle', {}, put(body.slice(1)))).toMatchObject({
      reasons: [{ code: 'not_a_bundle' }],
    })
  })
})
