/**
 * The network before a run: three linked nations that know each other's people and profiles. They are
 * prepared and saved once per process; every seed starts from a copy.
 */
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { seededWorld, testNetwork, testPeople } from '#node/testNetwork.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { createDisk } from './disk.ts'
import type { PreparedNation } from './nation.ts'
import { PILLARS } from './pillars.ts'

const NATIONS = ['JP', 'KR', 'US'] as const

/** When the nations of every run were linked. */
const LINKED_MS = Date.parse('2026-11-24T00:00:00Z')
const DAY_MS = 86_400_000
/** When a run begins: later than the whole setup, even by the most skewed clock. */
export const START_MS = LINKED_MS + 30 * DAY_MS

/** The copy of a disk from which every run starts. */
export const BASE = 'base'

let prepared: Promise<readonly PreparedNation[]> | null = null

/** The nations, prepared at the first call. */
export function preparedNations(): Promise<readonly PreparedNation[]> {
  prepared ??= prepareNations()
  return prepared
}

/** A dedicated database: work on other databases does not change the order of its rows. */
async function openOwn(): Promise<Database> {
  const { url } = await createServerDatabase()
  const database = await openDatabase({ url, connectionCount: 2 })
  await migrate(database, seededWorld('migrate', LINKED_MS), MIGRATIONS)
  return database
}

async function prepareNations(): Promise<readonly PreparedNation[]> {
  const network = await testNetwork(NATIONS, openOwn, { seed: 'sim', startMs: LINKED_MS })
  const nations: PreparedNation[] = []
  for (const name of NATIONS) {
    const nation = network.nations[name]!
    const { database, keys, node } = nation
    for (const [id, list] of PILLARS.flatMap(({ roles }) => Object.entries(roles ?? {}))) {
      const roles = JSON.stringify(list)
      await database.query.updateTable('person').set({ roles }).where('id', '=', id).execute()
    }
    const people: Record<string, SignedIn> = {}
    for (const { id } of testPeople(name, LINKED_MS)) people[id] = await nation.as(id)
    const { identity } = node.services
    const partners = NATIONS.filter((other) => other !== name)
    nations.push({ name, partners, disk: await createDisk(database), keys, identity, people })
  }
  for (const { name, partners, people } of nations) {
    const { node } = network.nations[name]!
    for (const partner of partners)
      for (const { prepare } of PILLARS) await prepare?.({ node, people }, partner)
  }
  await network.settle()
  for (const { disk } of nations) await disk.save(BASE)
  return nations
}
