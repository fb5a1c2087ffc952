/**
 * The network before a run: three linked nations that know each other's people and profiles. They are
 * prepared once per process and saved, and every seed begins with a copy.
 */
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { isRefusal } from '#api/refusals.ts'
import { INSTRUMENTS } from '#node/testFacts.ts'
import { seededWorld, testNetwork, testPeople } from '#node/testNetwork.ts'
import { markingsOf } from '#node/exchange/equivalence.ts'
import { organisationsOf } from '#node/law/terms.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { giveAssurance } from '#node/exchange/assurances/assurance.commands.ts'
import { createDisk } from './disk.ts'
import type { PreparedNation } from './nation.ts'

export const NATIONS = ['JP', 'KR', 'US'] as const

/** When the nations of every run were linked. */
const LINKED_MS = Date.parse('2026-11-24T00:00:00Z')
const DAY_MS = 86_400_000
/** When a run begins: after everything in the setup, by more than clocks can be skewed. */
export const START_MS = LINKED_MS + 30 * DAY_MS

/** The copy of a disk that every run begins with. */
export const BASE = 'base'

let prepared: Promise<readonly PreparedNation[]> | null = null

/** The nations, prepared at the first call. */
export function preparedNations(): Promise<readonly PreparedNation[]> {
  prepared ??= prepareNations()
  return prepared
}

/** A database of its own: work on other databases does not change the order of its rows. */
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
    // Analysts who are release authorities too: they may sign, but never what they wrote.
    for (const id of ['analyst', 'release-2']) {
      const roles = JSON.stringify(['analyst', 'release_authority'])
      await database.query.updateTable('person').set({ roles }).where('id', '=', id).execute()
    }
    const people: Record<string, SignedIn> = {}
    for (const { id } of testPeople(name, LINKED_MS)) people[id] = await nation.as(id)
    const { identity } = node.services
    nations.push({ name, disk: await createDisk(database), keys, identity, people })
  }
  for (const { name, people } of nations) {
    for (const partner of NATIONS) if (partner !== name) await assure(network.nations[name]!, people, partner)
  }
  await network.settle()
  for (const { disk } of nations) await disk.save(BASE)
  return nations
}

/** Gives an assurance, so that items can cross from the first tick on. */
async function assure(
  nation: Awaited<ReturnType<typeof testNetwork>>['nations'][string],
  people: Readonly<Record<string, SignedIn>>,
  partner: string,
): Promise<void> {
  const { node } = nation
  const profile = informationProfile(node.nation, partner)
  for (const organisation of organisationsOf(profile, node.nation)) {
    const input = {
      partner,
      organisation,
      markings: [...markingsOf(profile, node.nation)],
      purposes: ['missile_warning'],
      until: LINKED_MS + 200 * DAY_MS,
    }
    const given = await node.acts.run((act) => giveAssurance(act, node.services, people['security']!, input))
    if (isRefusal(given)) throw new Error(`the assurance was refused: ${given.reasons[0].code}`)
  }
}

/** The terms on information between two nations. */
export function informationProfile(one: string, other: string) {
  const found = INSTRUMENTS.find(
    ({ profile }) =>
      profile.subject === 'information' && profile.parties.includes(one) && profile.parties.includes(other),
  )
  if (found === undefined) throw new Error(`no instrument between ${one} and ${other}`)
  return found.profile
}
