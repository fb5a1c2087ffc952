/** Recorded decisions: stored with everything they rest on, and replayed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActs } from '#node/kernel/command.ts'
import type { Acts } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { decisionsAbout, explainDecision, keepPolicies, recordDecision } from './decision.store.ts'
import type { GateFacts } from './facts.ts'
import { putInstrument } from '#node/law/law.store.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import { factsFor, GATE as gate, instrumentNamed, JP_KR, POLICIES as texts } from '#node/testFacts.ts'

describe('decisions', () => {
  let database: Database
  let acts: Acts
  let calls = 0
  const world = {
    now: () => 1_790_000_000_000 + calls,
    random: (sizeBytes: number) => new Uint8Array(sizeBytes).fill(++calls),
  }
  const record = (facts: GateFacts, matter: string | null) => {
    const decision = gate.decide(facts, facts.agreement === null ? null : JP_KR)
    return acts.run(async (act) =>
      recordDecision(act, decision, { action: facts.action, actor: 'analyst', matter }),
    )
  }

  beforeAll(async () => {
    database = await openTestDatabase()
    acts = createActs({ database, world, nation: 'JP', announce: () => {} })
    await acts.run(async (act) => {
      await keepPolicies(act, gate)
      await putInstrument(act, instrumentNamed(JP_KR.instrument), world.now())
    })
  })
  afterAll(() => database.close())

  it('[GATE-5] are recorded with inputs, policies and profile, each stored once', async () => {
    const facts = factsFor('release')
    const first = await record(facts, 'm1')
    const second = await record(facts, 'm1')
    expect(first).not.toBe(second)
    const about = await decisionsAbout(database.query, 'm1')
    expect(about.map(({ id }) => id)).toEqual([first, second])
    expect(about[0]).toMatchObject({
      action: 'release',
      actor: 'analyst',
      permitted: true,
      profile: JP_KR.hash,
    })
    const inputs = await database.query.selectFrom('decision_input').selectAll().execute()
    expect(inputs.map((row) => row.inputs)).toEqual([gate.decide(facts, JP_KR).inputs])
    expect(await database.query.selectFrom('policy_set').selectAll().execute()).toHaveLength(1)
  })

  it('[GATE-11] replay to the same answer, permitted or refused, with and without a profile', async () => {
    const cases = [
      factsFor('open'),
      factsFor('open', { actor: { needToKnow: false } }),
      factsFor('order', { agreement: null }),
    ]
    for (const facts of cases) {
      const id = await record(facts, null)
      const explained = await explainDecision(database.query, TERM_KINDS, id)
      expect(explained?.replay).toMatchObject({ same: true, differs: [] })
      expect(explained?.decision.permitted).toBe(explained?.replay.decision?.permitted)
    }
    expect(await explainDecision(database.query, TERM_KINDS, 'decision-none')).toBeNull()
  })

  it('[GATE-11] reveal a changed record: the answer, the inputs, the profile or the policies', async () => {
    const id = await record(factsFor('open', { actor: { clearance: null } }), 'm2')
    const differs = async () => (await explainDecision(database.query, TERM_KINDS, id))?.replay.differs
    const { query } = database
    await query.updateTable('decision').set({ permitted: true }).where('id', '=', id).execute()
    expect(await differs()).toEqual(['answer'])
    await query.updateTable('decision').set({ permitted: false }).where('id', '=', id).execute()
    expect(await differs()).toEqual([])
    const changed = gate.decide(factsFor('open'), JP_KR).inputs
    const { input_hash } = await query
      .selectFrom('decision')
      .select('input_hash')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await query
      .updateTable('decision_input')
      .set({ inputs: changed })
      .where('hash', '=', input_hash)
      .execute()
    expect(await differs()).toEqual(['inputs', 'answer'])
    await query
      .updateTable('policy_set')
      .set({ policies: texts.policies.replace('>= 2', '>= 1') })
      .execute()
    expect(await differs()).toEqual(['inputs', 'policy', 'answer'])
    await query
      .updateTable('profile')
      .set({ text: JP_KR.text.replace('trade', '') + ' ' })
      .execute()
    expect(await differs()).toContain('profile')
  })
})
