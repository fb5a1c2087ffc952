/** The identity room of a nation for tests: a database, a clock that the test moves, randomness from a counter. */
import { createHash } from 'node:crypto'
import { isRefusal } from '#api/refusals.ts'
import type { Role } from '#api/identity.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { createActs } from '#node/kernel/command.ts'
import type { Acts } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import { createViews } from '#node/kernel/view.ts'
import type { Views } from '#node/kernel/view.ts'
import type { World } from '#node/world.ts'
import { PASSWORD_PROFILES } from './password.ts'
import { enterExercisePeople } from './seed.commands.ts'
import { IDENTITY_SETTINGS } from './settings.ts'
import type { IdentitySettings } from './settings.ts'
import { performSignIn, resumeSession } from './signIn.commands.ts'

export const START = Date.parse('2026-11-24T00:00:00Z')
export const PASSWORD = 'twelve grey cranes over Tsushima'

/** A ladder of markings, lowest first, as one nation writes them. */
const MARKINGS = ['秘', '極秘', '特定秘密']

export interface TestIdentity {
  readonly acts: Acts
  readonly views: Views
  readonly settings: IdentitySettings
  /** Moves the clock. */
  pass(durationMs: number): void
  /** Enters people by id, with their roles and the password `PASSWORD`. */
  enter(people: Readonly<Record<string, readonly Role[]>>): Promise<void>
  /** Signs in a person; returns the cookie. */
  signIn(person: string, password?: string): Promise<string>
  /** The person behind a cookie. */
  resume(cookie: string): Promise<SignedIn | null>
  openLink(partner: string): Promise<void>
  /** The pending entries of the national log, oldest first. */
  recorded(): Promise<{ what: string; [fact: string]: unknown }[]>
  /** The pending statements to a partner, oldest first. */
  said(partner: string): Promise<Statement[]>
}

/** Builds the identity room of a nation over an empty database. */
export function testIdentity(
  database: Database,
  nation: string,
  changed: Partial<IdentitySettings> = {},
): TestIdentity {
  let now = START
  const settings = {
    ...IDENTITY_SETTINGS,
    password: PASSWORD_PROFILES.light,
    markings: MARKINGS,
    ...changed,
  }
  const world: World = { now: () => now, random: countedRandom(nation) }
  const acts = createActs({ database, world, nation, announce: () => {} })
  const pending = async (log: string): Promise<Uint8Array[]> => {
    const rows = await database.query
      .selectFrom('log_pending')
      .selectAll()
      .where('log', '=', log)
      .orderBy('id')
      .execute()
    return rows.map((row) => row.bytes)
  }
  return {
    acts,
    views: createViews({ database, world, nation }),
    settings,
    pass: (durationMs) => {
      now += durationMs
    },
    enter: async (people) => {
      const entered = Object.entries(people).map(([id, roles]) => ({
        id,
        office: `Office of ${id}`,
        organisation: 'Exercise Ministry',
        roles,
      }))
      permitted(await enterExercisePeople(acts, settings, entered, PASSWORD))
    },
    signIn: async (person, password = PASSWORD) =>
      permitted(await performSignIn(acts, settings, person, password)).token,
    resume: (cookie) => acts.run((act) => resumeSession(act, settings, cookie)),
    openLink: async (partner) => {
      const values = {
        nation: partner,
        state: 'open',
        card: '{}',
        our_card: '{}',
        cards_digest: '',
        failures: 0,
        retry_at: 0,
      }
      await database.query.insertInto('partner').values(values).execute()
    },
    recorded: async () =>
      (await pending('national')).map((bytes) => JSON.parse(Buffer.from(bytes).toString())),
    said: async (partner) => (await pending(`out/${partner}`)).map((bytes) => decodeStatement(bytes)),
  }
}

/** The value, or an error that shows the refusal. */
export function permitted<T>(value: T): Exclude<T, { refused: true }> {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value)}`)
  return value as Exclude<T, { refused: true }>
}

/** The first code of a refusal; any other value unchanged. */
export function codeOf(value: unknown): unknown {
  return isRefusal(value) ? value.reasons[0].code : value
}

/** Bytes that differ with each call and are the same in each run. */
function countedRandom(seed: string): World['random'] {
  let count = 0
  return (sizeBytes) => {
    count += 1
    const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, (_, block) =>
      createHash('sha256').update(`${seed} ${count} ${block}`).digest(),
    )
    return new Uint8Array(Buffer.concat(blocks).subarray(0, sizeBytes))
  }
}
