/** Witnessing of national logs (NAT-2 to NAT-5). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signCheckpoint } from '#wire/log/checkpoint.ts'
import { formatNote } from '#wire/log/note.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { nationalSigner } from './keys.ts'
import { NATIONAL_LOG } from './log.ts'
import { recordNational } from './national.ts'
import { sequencePending } from './sequence.commands.ts'
import {
  copyOf,
  createTestNetwork,
  createTestNode,
  createTestWorld,
  linkNodes,
  partnerOf,
  restore,
  transportOf,
} from './testFederation.ts'
import type { TestNetwork, TestNode, TestWorld } from './testFederation.ts'
import { addCheckpoint, createNationalWitness } from './witness.commands.ts'

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

describe('witnessing the national log', () => {
  const grow = async (node: TestNode, count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await node.acts.run(async (act) => recordNational(act, { what: 'exercise.step', index }))
    }
    await node.acts.run((act) => sequencePending(act, NATIONAL_LOG, null))
  }
  const witnessOf = (node: TestNode) =>
    createNationalWitness(node.acts, node.keys, transportOf(network, node.nation))
  const askAll = async (witness: ReturnType<typeof witnessOf>): Promise<void> => {
    const partner = await partnerOf(jp, 'KR')
    for (let asks = 0; (await witness.ask(partner)).asked; asks += 1) expect(asks).toBeLessThan(5)
  }
  const rowOf = (node: TestNode, direction: 'ours' | 'theirs') =>
    node.database.query
      .selectFrom('witnessed')
      .selectAll()
      .where('direction', '=', direction)
      .executeTakeFirstOrThrow()
  const asked = (size: number, old: number, fill: number, proof = '') => {
    const checkpoint = { origin: 'jp.entente/national', size, root: Buffer.alloc(32, fill), extensions: [] }
    const note = Buffer.from(formatNote(signCheckpoint(checkpoint, nationalSigner(jp.keys)))).toString()
    return `old ${old}\n${proof}\n${note}`
  }

  beforeEach(() => linkNodes(jp, kr))

  it('[NAT-2] cosigns a checkpoint that extends the last one it cosigned', async () => {
    const witness = witnessOf(jp)
    await grow(jp, 3)
    await askAll(witness)
    await grow(jp, 600)
    await jp.acts.run((act) => sequencePending(act, NATIONAL_LOG, null))
    await jp.acts.run((act) => sequencePending(act, NATIONAL_LOG, null))
    await askAll(witness)
    expect(await rowOf(kr, 'theirs')).toMatchObject({ nation: 'JP', size: 603 })
    const ours = await rowOf(jp, 'ours')
    expect(ours.size).toBe(603)
    expect(ours.note).toContain('kr.entente/witness')
  })

  it('[NAT-3] answers 409 with the size that it holds, and the asker continues from there', async () => {
    await grow(jp, 3)
    await askAll(witnessOf(jp))
    await jp.database.query
      .updateTable('witnessed')
      .set({ size: 1, note: '' })
      .where('direction', '=', 'ours')
      .execute()
    await grow(jp, 2)
    await askAll(witnessOf(jp))
    expect(await rowOf(kr, 'theirs')).toMatchObject({ size: 5 })
    expect(await rowOf(jp, 'ours')).toMatchObject({ size: 5 })
    const partner = await partnerOf(kr, 'JP')
    expect(await addCheckpoint(kr.acts, kr.keys, partner, asked(9, 4, 1))).toEqual({
      status: 409,
      body: '5\n',
    })
  })

  it('[NAT-4] refuses a fork with 422, freezes, and keeps the evidence', async () => {
    await grow(jp, 3)
    await askAll(witnessOf(jp))
    const partner = await partnerOf(kr, 'JP')
    const proof = `${Buffer.alloc(32).toString('base64')}\n`
    expect((await addCheckpoint(kr.acts, kr.keys, partner, asked(4, 3, 7, proof))).status).toBe(422)
    const row = await kr.database.query.selectFrom('partner').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'frozen', frozen_code: 'fork' })
    expect(row.evidence).toContain('jp.entente/national')
  })

  it('[NAT-4] answers 400, 403 and 404 without effect', async () => {
    const partner = await partnerOf(kr, 'JP')
    const status = async (text: string) => (await addCheckpoint(kr.acts, kr.keys, partner, text)).status
    expect(await status('nonsense')).toBe(400)
    expect(await status(asked(1, 0, 1).replace('old 0', 'old -1'))).toBe(400)
    expect(await status(asked(1, 0, 1).replace('national', 'nationa1'))).toBe(404)
    expect(await status(asked(1, 0, 1).replace('\n1\n', '\n2\n'))).toBe(403)
    expect((await partnerOf(kr, 'JP')).state).toBe('open')
  })

  it('[NAT-5] a node restored from an old copy freezes and signs nothing beyond the witnessed size', async () => {
    await grow(jp, 2)
    await askAll(witnessOf(jp))
    const old = await copyOf(jp.database)
    await grow(jp, 3)
    await askAll(witnessOf(jp))
    await restore(jp.database, old)
    await grow(jp, 1)
    await askAll(witnessOf(jp))
    expect(await partnerOf(jp, 'KR')).toMatchObject({ state: 'frozen', frozenCode: 'rolled_back' })
    expect((await partnerOf(kr, 'JP')).state).toBe('open')
    expect(await rowOf(kr, 'theirs')).toMatchObject({ size: 5 })
  })
})
