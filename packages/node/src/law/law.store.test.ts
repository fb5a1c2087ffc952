/** Instruments in the database: loading them again changes nothing; they come back as they went in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActs } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import { INSTRUMENTS } from '#node/testFacts.ts'
import { loadInstruments } from './law.commands.ts'
import { createLawReader, listInstruments } from './law.store.ts'

const readLaw = createLawReader(TERM_KINDS)

const world = { now: () => 1_790_000_000_000, random: (sizeBytes: number) => new Uint8Array(sizeBytes) }

describe('instruments', () => {
  let database: Database
  const hints: string[] = []
  const load = (instruments = INSTRUMENTS) =>
    createActs({
      database,
      world,
      nation: 'KR',
      announce: (list) => void hints.push(...list.map((each) => each.id)),
    }).run((act) => loadInstruments(act, readLaw, instruments))

  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  it('[AGR-21] are loaded once, whole, and announced', async () => {
    expect(await load()).toEqual(INSTRUMENTS.map((each) => each.id))
    expect(await load()).toEqual([])
    expect(hints).toEqual(INSTRUMENTS.map((each) => each.id))
    const stored = await listInstruments(database.query, TERM_KINDS)
    expect(stored.map((each) => ({ ...each, facts: new Set(each.facts) }))).toEqual(
      INSTRUMENTS.map((each) => ({ ...each, facts: new Set(each.facts) })),
    )
    expect(stored[0]?.profile.hash).toMatch(/^sha384:[0-9a-f]{96}$/)
  })

  it('[AGR-21] a new fact is added, and no profile is forgotten', async () => {
    const before = INSTRUMENTS.find((each) => each.id === 'jp-kr-acsa')!
    const fact = { ...before.facts[0]!, id: 'signature', kind: 'signed' as const, date: '2027-01-15' }
    expect(await load([{ ...before, facts: [fact] }])).toEqual(['jp-kr-acsa'])
    const { instruments } = await readLaw(database.query)
    const stored = instruments.find(({ id }) => id === 'jp-kr-acsa')
    expect(stored?.facts.map((each) => each.id)).toEqual([
      ...before.facts.map((each) => each.id),
      'signature',
    ])
    expect(await database.query.selectFrom('profile').selectAll().execute()).toHaveLength(INSTRUMENTS.length)
  })
})
