/** Control numbers and register numbers: in the nation's own year, unique, and none for a draft (EXC-3). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { editDraft } from './drafts/draft.commands.ts'
import { itemAt, openPair, permitted, releaseReport, submit, write } from './testExchange.ts'
import type { Pair } from './testExchange.ts'

describe('numbers', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(openTestDatabase)
  })
  afterAll(() => pair.close())

  it('[EXC-3] a draft has no number until it is submitted, and keeps it from then on', async () => {
    const first = await write(pair)
    const second = await write(pair)
    expect([first.control, second.control]).toEqual([null, null])
    const submitted = permitted(await submit(pair, second))
    expect(submitted.control).toBe('JP-KR-2026-000001')
    expect(permitted(await submit(pair, first)).control).toBe('JP-KR-2026-000002')
  })

  it('[EXC-3] a numbered report cannot go to another partner than the number names', async () => {
    const { JP } = pair
    const draft = permitted(await submit(pair, await write(pair)))
    const by = await JP.as('analyst')
    const { services } = JP.node
    const routing = { ...draft, partner: 'US' }
    expect(
      await services.acts.run((act) => editDraft(act, services, by, draft.id, { routing })),
    ).toMatchObject({
      reasons: [{ code: 'invalid_input' }],
      place: 'partner',
    })
  })

  it('[EXC-3] a refused submission takes no number', async () => {
    const { JP } = pair
    const before = await takenAt(JP.database)
    await submit(pair, await write(pair, { category: 'trade' }))
    expect(await takenAt(JP.database)).toEqual(before)
  })

  it('[EXC-3] the number after 999999 is 1000000', async () => {
    const { JP, KR, network } = pair
    await JP.database.query
      .updateTable('number_series')
      .set({ taken: 999_999 })
      .where('name', '=', 'control')
      .execute()
    const draft = await releaseReport(pair)
    expect(draft.control).toBe('JP-KR-2026-1000000')
    await network.settle()
    expect((await itemAt(KR, draft))?.state).toBe('accepted')
  })

  it('[EXC-3] the year is that of the government’s time zone', async () => {
    const newYear = Date.parse('2026-12-31T15:00:00Z')
    const eve = await openPair(openTestDatabase, { startMs: newYear - 3_600_000 })
    const { JP, KR, network } = eve
    const old = await releaseReport(eve)
    await network.settle()
    expect([old.control, (await itemAt(KR, old))?.registered]).toEqual([
      'JP-KR-2026-000001',
      'KR-2026-000001',
    ])
    for (const { world } of [JP, KR]) world.pass(newYear - world.now())
    const draft = await releaseReport(eve)
    expect(draft.control).toBe('JP-KR-2027-000001')
    await network.settle()
    expect((await itemAt(KR, draft))?.registered).toBe('KR-2027-000001')
    await eve.close()
  })
})

function takenAt(database: Pair['JP']['database']) {
  return database.query.selectFrom('number_series').selectAll().orderBy('name').orderBy('year').execute()
}
