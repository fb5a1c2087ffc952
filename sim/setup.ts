/**
 * The network before a run: three nations that are linked and know each other's people and profiles, made
 * once in a process and saved, so that each seed begins with a copy.
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
import type { Country } from './nation.ts'

export const NATIONS = ['JP', 'KR', 'US'] as const

/** When the nations of every run were linked. */
const LINKED_MS = Date.parse('2026-11-24T00:00:00Z')
const DAY_MS = 86_400_000
/** When a run begins: later than anything in the setup by more than clocks can be wrong. */
export const START_MS = LINKED_MS + 30 * DAY_MS

/** The copy of a disk that every run begins with. */
export const BASE = 'base'

let made: Promise<readonly Country[]> | null = null

/** The nations, made at the first call. */
export function countries(): Promise<readonly Country[]> {
  made ??= makeCountries()
  return made
}

/** A database of its own: what the server does for other databases changes nothing of the order of its rows. */
async function openOwn(): Promise<Database> {
  const { url } = await createServerDatabase()
  const database = await openDatabase({ url, connectionCount: 2 })
  await migrate(database, seededWorld('migrate', LINKED_MS), MIGRATIONS)
  return database
}

async function makeCountries(): Promise<readonly Country[]> {
  const network = await testNetwork(NATIONS, openOwn, { seed: 'sim', startMs: LINKED_MS })
  const countries: Country[] = []
  for (const name of NATIONS) {
    const nation = network.nations[name]!
    const { database, keys, node } = nation
    // An analyst who is a release authority too: may sign, but never what they wrote.
    for (const id of ['analyst', 'release-2']) {
      const roles = JSON.stringify(['analyst', 'release_authority'])
      await database.query.updateTable('person').set({ roles }).where('id', '=', id).execute()
    }
    const people: Record<string, SignedIn> = {}
    for (const { id } of testPeople(name, LINKED_MS)) people[id] = await nation.as(id)
    const { identity } = node.services
    countries.push({ name, disk: await createDisk(database), keys, identity, people })
  }
  for (const { name, people } of countries) {
    for (const partner of NATIONS) if (partner !== name) await assure(network.nations[name]!, people, partner)
  }
  await network.settle()
  for (const { disk } of countries) await disk.save(BASE)
  return countries
}

/** A standing assurance, so that something can cross from the first tick on. */
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
    if (isRefusal(given)) throw new Error(`no assurance: ${given.reasons[0].code}`)
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
