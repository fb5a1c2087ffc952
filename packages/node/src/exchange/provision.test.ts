/** Assurances, departure, forged offers and registers between two real nodes in one process (EXC-31 to EXC-84). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { say } from '#node/federation/say.commands.ts'
import { giveAssurance, withdrawAssurance } from './assurances/assurance.commands.ts'
import { withdrawItem } from './items/open.commands.ts'
import { reconcile } from './register/reconcile.commands.ts'
import { listItems } from './register/register.store.ts'
import {
  approve,
  assure,
  codesOf,
  itemAt,
  openPair,
  permitted,
  releaseReport,
  submit,
  write,
} from './testExchange.ts'
import type { Draft } from './drafts/draft.ts'
import type { Pair } from './testExchange.ts'
import type { TestNation } from '#node/testNetwork.ts'

describe('provision between Japan and Korea', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(openTestDatabase, { assured: false })
  })
  afterAll(() => pair.close())

  async function outcomeAt(nation: TestNation, partner: string) {
    return nation.database.query
      .selectFrom('reconciliation')
      .selectAll()
      .where('nation', '=', partner)
      .executeTakeFirst()
  }

  async function reconcileNow(): Promise<void> {
    const by = await pair.JP.as('registrar')
    permitted(await pair.JP.node.acts.run((act) => reconcile(act, by, 'KR')))
    await pair.network.settle()
  }

  it('[EXC-50] [GATE-5] only a security officer assures; the gate refuses anyone else and records it', async () => {
    const { KR, purpose } = pair
    const by = await KR.as('registrar')
    const given = await KR.node.acts.run((act) =>
      giveAssurance(act, KR.node.services, by, {
        partner: 'JP',
        organisation: 'kr-mnd-dia',
        markings: ['군사 Ⅱ급 비밀'],
        purposes: [purpose],
        until: KR.world.now() + 86_400_000,
      }),
    )
    expect(codesOf(given)).toEqual(['not_authorised'])
    const decisions = await KR.database.query
      .selectFrom('decision')
      .select(['action', 'permitted'])
      .where('actor', '=', by.personId)
      .execute()
    expect(decisions).toEqual([{ action: 'assure', permitted: false }])
  })

  it('[EXC-31] [EXC-50] a release that waits only for an assurance leaves when it arrives', async () => {
    const submitted = permitted(await submit(pair, await write(pair)))
    permitted(await approve(pair, 'release-1', submitted))
    const waiting = permitted(await approve(pair, 'release-2', submitted))
    expect(waiting.state).toBe('submitted')
    await assure(pair)
    await pair.network.settle()
    expect((await itemAt(pair.KR, submitted))?.state).toBe('accepted')
  })

  /** An approved report of Japan that waits for an assurance of Korea, which starts an hour later. */
  async function waitForLaterStart(): Promise<Draft> {
    const { KR, network } = pair
    const by = await KR.as('security')
    const standing = await KR.database.query
      .selectFrom('assurance')
      .select('id')
      .where('withdrawn_at', 'is', null)
      .execute()
    for (const { id } of standing) permitted(await KR.node.acts.run((act) => withdrawAssurance(act, by, id)))
    await network.settle()
    const submitted = permitted(await submit(pair, await write(pair)))
    permitted(await approve(pair, 'release-1', submitted))
    permitted(await approve(pair, 'release-2', submitted))
    // Korea's clock is ahead, so its assurance starts later at Japan.
    KR.world.pass(3_600_000)
    await assure(pair)
    await network.settle()
    return submitted
  }

  it('[EXC-31] a release that waits for an assurance with a later start leaves at that time, not before', async () => {
    const { JP, KR, network } = pair
    const submitted = await waitForLaterStart()
    await JP.node.due()
    await network.settle()
    expect(await itemAt(KR, submitted)).toBeNull()
    JP.world.pass(3_600_000)
    await JP.node.due()
    await network.settle()
    expect((await itemAt(KR, submitted))?.state).toBe('accepted')
  })

  it('[EXC-31] a release that is due leaves although the database aborts the commit and the act runs again', async () => {
    const { JP, KR, network } = pair
    const submitted = await waitForLaterStart()
    await JP.node.due()
    JP.world.pass(3_600_000)
    // A sequence counts on when the transaction is rolled back.
    await sql`create sequence attempts`.execute(JP.database.query)
    await sql`create function abort_once() returns trigger language plpgsql as $$ begin
      if nextval('attempts') = 1 then raise exception 'aborted' using errcode = 'serialization_failure'; end if;
      return new; end $$`.execute(JP.database.query)
    await sql`create constraint trigger abort_once after insert on item deferrable initially deferred
      for each row execute function abort_once()`.execute(JP.database.query)
    await JP.node.due()
    await sql`drop function abort_once cascade`.execute(JP.database.query)
    await network.settle()
    expect((await itemAt(KR, submitted))?.state).toBe('accepted')
  })

  it('[EXC-35] [EXC-51] [EXC-52] an item that may no longer leave is stopped, and the partner hears nothing of it', async () => {
    const { JP, KR, network } = pair
    network.cut('JP', 'KR', true)
    const draft = await releaseReport(pair)
    const by = await KR.as('security')
    const standing = await KR.database.query
      .selectFrom('assurance')
      .select('id')
      .where('withdrawn_at', 'is', null)
      .execute()
    for (const { id } of standing) permitted(await KR.node.acts.run((act) => withdrawAssurance(act, by, id)))
    await KR.node.courier.step('JP')
    while ((await JP.node.apply('KR')).more) continue
    network.cut('JP', 'KR', false)
    await network.settle()
    expect((await itemAt(JP, draft))?.state).toBe('stopped')
    expect(await itemAt(KR, draft)).toBeNull()
    await assure(pair)
    await network.settle()
  })

  it('[EXC-12] the originator withdraws an item before its acceptance', async () => {
    const { JP, KR, network } = pair
    network.cut('JP', 'KR', true)
    const draft = await releaseReport(pair)
    const by = await JP.as('release-1')
    const item = (await itemAt(JP, draft))!
    permitted(await JP.node.acts.run((act) => withdrawItem(act, by, item.id)))
    network.cut('JP', 'KR', false)
    await network.settle()
    expect((await itemAt(JP, draft))?.state).toBe('withdrawn')
    expect((await itemAt(KR, draft))?.state).toBe('withdrawn')
  })

  it('[EXC-40] [EXC-44] an offer that lacks a signature is parked and answered, and the link goes on', async () => {
    const { JP, KR, network } = pair
    const draft = await releaseReport(pair)
    const pending = await JP.database.query
      .selectFrom('log_pending')
      .select(['id', 'bytes'])
      .where('log', '=', 'out/KR')
      .execute()
    const offer = pending.at(-1)!
    const statement = JSON.parse(Buffer.from(offer.bytes).toString('utf8')) as {
      acts: { signature: string }[]
    }
    statement.acts[1]!.signature = statement.acts[2]!.signature
    const forged = Buffer.from(JSON.stringify(statement))
    await sql`update log_pending set bytes = ${forged} where id = ${offer.id}`.execute(JP.database.query)
    const next = await releaseReport(pair)
    await network.settle()
    expect(await itemAt(KR, draft)).toBeNull()
    expect((await itemAt(KR, next))?.state).toBe('accepted')
    const parked = await KR.database.query.selectFrom('parked').selectAll().execute()
    expect(parked.map(({ code }) => code)).toEqual(['signature_invalid'])
    expect((await itemAt(JP, draft))?.state).toBe('parked')
  })

  it('[EXC-43] an acceptance under another marking is not applied', async () => {
    const { JP, KR, network } = pair
    network.cut('KR', 'JP', true)
    const draft = await releaseReport(pair)
    await JP.node.courier.step('KR')
    while ((await KR.node.apply('JP')).more) continue
    const item = (await itemAt(KR, draft))!
    await KR.node.acts.run((act) =>
      say(act, 'JP', {
        kind: 'exchange.accepted',
        matter: item.id,
        body: { control: item.control, registered: 'KR-2026-999999', marking: '군사 Ⅲ급 비밀' },
      }),
    )
    network.cut('KR', 'JP', false)
    await network.settle()
    const parked = await JP.database.query.selectFrom('parked').selectAll().execute()
    expect(parked.map(({ code }) => code)).toContain('marking_differs')
    expect((await itemAt(JP, draft))?.state).toBe('accepted')
  })

  it('[EXC-80] [EXC-82] [EXC-84] two registers agree, also while an item is in transit', async () => {
    const draft = await releaseReport(pair)
    await reconcileNow()
    expect((await itemAt(pair.KR, draft))?.state).toBe('accepted')
    expect((await outcomeAt(pair.JP, 'KR'))?.outcome).toBe('agreed')
    expect((await outcomeAt(pair.KR, 'JP'))?.outcome).toBe('agreed')
  })

  it('[EXC-81] [EXC-83] a register that was changed by hand is detected, and the difference named', async () => {
    const { JP, KR } = pair
    const draft = await releaseReport(pair)
    await pair.network.settle()
    await KR.database.query
      .updateTable('item')
      .set({ registered: 'KR-2026-000000' })
      .where('control', '=', draft.control)
      .execute()
    await reconcileNow()
    for (const [nation, partner] of [
      [JP, 'KR'],
      [KR, 'JP'],
    ] as const) {
      const found = await outcomeAt(nation, partner)
      expect(found?.outcome).toBe('differs')
      const differences = JSON.parse(found!.differences) as { control: string; kind: string }[]
      expect(differences.map(({ control, kind }) => [control, kind])).toEqual([[draft.control, 'differs']])
    }
  })

  it('[EXC-2] no statement, row or blob has the title or the text in the clear', async () => {
    const text = 'EXERCISE zyxwvut marker'
    const draft = await releaseReport(pair, {}, text)
    await pair.network.settle()
    const item = (await itemAt(pair.KR, draft))!
    const blob = await pair.KR.database.query
      .selectFrom('blob')
      .select('bytes')
      .where('digest', '=', item.payloadDigest)
      .executeTakeFirstOrThrow()
    const entries = await pair.KR.database.query.selectFrom('log_entry').select('bytes').execute()
    for (const bytes of [blob.bytes!, ...entries.map((entry) => entry.bytes)]) {
      expect(Buffer.from(bytes).includes('zyxwvut')).toBe(false)
      expect(Buffer.from(bytes).includes('EXERCISE launch')).toBe(false)
    }
  })

  it('the register finds a complete number, and a number by its beginning or its end', async () => {
    const { query } = pair.JP.database
    const all = await listItems(query, {}, undefined, 50)
    const { control } = all.rows[0]!
    expect(await listItems(query, { search: ` ${control} ` }, undefined, 50)).toMatchObject({
      rows: [{ control }],
      total: 1,
    })
    const registered = all.rows.find((row) => row.registered !== null)!
    for (const [search, expected] of [
      [control.slice(0, -1).toLowerCase(), control],
      [control.slice(-4), control],
      [registered.registered!.slice(0, -1), registered.control],
      [registered.registered!.slice(-6), registered.control],
    ] as const) {
      const found = await listItems(query, { search }, undefined, 50)
      expect(
        found.rows.map((row) => row.control),
        search,
      ).toContain(expected)
    }
    for (const search of ['%', '_', '\\', control.slice(1, -1)]) {
      expect((await listItems(query, { search }, undefined, 50)).rows, search).toEqual([])
    }
    const none = await listItems(query, { search: `${control.slice(0, -6)}999999` }, undefined, 50)
    expect(none).toEqual({ rows: [], next: null, total: 0 })
  })
})
