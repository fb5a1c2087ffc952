/** A command requested twice with one key runs once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { SignedIn } from './caller.ts'
import { createActs, withRecord } from './command.ts'
import type { Acts } from './command.ts'
import type { Database } from './database.ts'
import { KEY_MS_MAX, once } from './once.store.ts'
import { openTestDatabase } from './testDatabase.ts'

describe('a keyed act', () => {
  let database: Database
  let acts: Acts
  let now = 1_000_000_000_000
  let count = 0
  beforeAll(async () => {
    database = await openTestDatabase()
    const world = { now: () => now, random: (sizeBytes: number) => new Uint8Array(sizeBytes) }
    acts = createActs({ database, world, nation: 'JP', announce: () => undefined })
  })
  afterAll(() => database.close())

  /** Writes a setting and answers with its name; `key` null asks without a key. */
  function ask(
    person: string,
    key: string | null,
    request: string,
    answer?: Refusal,
    content = '',
  ): Promise<unknown> {
    const caller = { session: { personId: person } as SignedIn, once: key === null ? null : { key, request } }
    const work = async (): Promise<string | Refusal> => {
      count += 1
      return answer ?? `made-${count}`
    }
    return acts.run((act) => once(act, caller, work, content))
  }

  it('[API-9] happens once for the same person, key and request', async () => {
    const before = count
    expect(await ask('analyst', 'a', 'write 1')).toBe(`made-${before + 1}`)
    expect(await ask('analyst', 'a', 'write 1')).toBe(`made-${before + 1}`)
    expect(count).toBe(before + 1)
  })

  it('[API-9] is refused for another request, or other bytes, under the same key', async () => {
    await ask('analyst', 'b', 'write 1', undefined, 'bytes')
    const refused = { reasons: [{ code: 'key_reused' }], place: 'idempotency-key' }
    expect(await ask('analyst', 'b', 'write 2', undefined, 'bytes')).toMatchObject(refused)
    expect(await ask('analyst', 'b', 'write 1', undefined, 'other bytes')).toMatchObject(refused)
  })

  it('[API-9] is its own for each person, and without a key happens each time', async () => {
    const before = count
    await ask('analyst', 'c', 'write 1')
    await ask('officer', 'c', 'write 1')
    await ask('analyst', null, 'write 1')
    await ask('analyst', null, 'write 1')
    expect(count).toBe(before + 4)
  })

  it('[API-9] keeps no key of a refusal, also of one whose record stays', async () => {
    for (const refusal of [refuse('wrong_state'), withRecord(refuse('wrong_state'))]) {
      const before = count
      expect(await ask('analyst', 'd', 'write 1', refusal)).toMatchObject({ refused: true })
      expect(await ask('analyst', 'd', 'write 1', refusal)).toMatchObject({ refused: true })
      expect(count).toBe(before + 2)
    }
  })

  it('[API-9] forgets a key after its time', async () => {
    const before = count
    await ask('analyst', 'e', 'write 1')
    now += KEY_MS_MAX + 1
    await ask('analyst', 'e', 'write 1')
    expect(count).toBe(before + 2)
  })

  it('[API-9] happens once when asked for at the same moment', async () => {
    const before = count
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask('analyst', 'f', 'write 1')))
    expect(count).toBe(before + 1)
    expect(new Set(answers)).toEqual(new Set([`made-${before + 1}`]))
  })
})
