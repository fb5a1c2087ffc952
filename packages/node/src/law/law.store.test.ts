/** Instruments in the database: reloading changes nothing, and they are read back as they were stored. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVERYTHING, createActs } from '#node/kernel/command.ts'
import type { Hint } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import { INSTRUMENTS } from '#node/testFacts.ts'
import { loadInstruments } from './law.commands.ts'
import { createLawReader, listInstruments } from './law.store.ts'
import type { Instrument } from './instrument.ts'
import type { Fact } from './term.ts'

const readLaw = createLawReader(TERM_KINDS)

const world = { now: () => 1_790_000_000_000, random: (sizeBytes: number) => new Uint8Array(sizeBytes) }

describe('instruments', () => {
  let database: Database
  const hints: Hint[] = []
  const load = (instruments = INSTRUMENTS) =>
    createActs({
      database,
      world,
      nation: 'KR',
      announce: (list) => void hints.push(...list),
    }).run((act) => loadInstruments(act, readLaw, instruments))

  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  it('[AGR-21] are loaded once, whole, and announced', async () => {
    const ids = INSTRUMENTS.map(({ id }) => id)
    expect(await load()).toEqual(ids)
    expect(await load()).toEqual([])
    expect(hints).toEqual([EVERYTHING])
    const stored = await listInstruments(database.query, TERM_KINDS)
    const unordered = (list: readonly Instrument[]) =>
      list.map((instrument) => ({ ...instrument, facts: new Set(instrument.facts) }))
    expect(unordered(stored)).toEqual(unordered(INSTRUMENTS))
    expect(stored[0]?.profile.hash).toMatch(/^sha384:[0-9a-f]{96}$/)
  })

  it('[AGR-21] a new fact is added, and no profile is forgotten', async () => {
    const before = INSTRUMENTS.find(({ id }) => id === 'jp-kr-acsa')!
    const fact = { ...before.facts[0]!, id: 'signature', kind: 'signed' as const, date: '2027-01-15' }
    expect(await load([{ ...before, facts: [fact] }])).toEqual(['jp-kr-acsa'])
    const { instruments } = await readLaw(database.query)
    const stored = instruments.find(({ id }) => id === 'jp-kr-acsa')
    const idsOf = (facts: readonly Fact[]) => facts.map(({ id }) => id)
    expect(idsOf(stored!.facts)).toEqual([...idsOf(before.facts), 'signature'])
    expect(await database.query.selectFrom('profile').selectAll().execute()).toHaveLength(INSTRUMENTS.length)
  })
})
