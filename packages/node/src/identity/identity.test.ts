import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '#api/refusals.ts'
import { verifyAct } from '#wire/personAct.ts'
import type { Database } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import {
  changeRoles,
  createPerson,
  enterFirstAdministrator,
  renewCode,
  withdrawPerson,
} from './identity.commands.ts'
import { performFirstPassword, performPasswordChange } from './password.commands.ts'
import { grantClearance, grantNeedToKnow, revokeClearance, revokeNeedToKnow } from './rights.commands.ts'
import { rightsAt } from './rights.view.ts'
import { enterExercisePeople } from './seed.commands.ts'
import { performSignIn, signOut, signOutEverywhere } from './signIn.commands.ts'
import { PASSWORD, START, codeOf, permitted, testIdentity } from './testIdentity.ts'
import type { TestIdentity } from './testIdentity.ts'

const OVER = `sha384:${'a'.repeat(96)}`
const MINUTE_MS = 60_000
const NEXT = 'seven white herons over Incheon'
const ADMINISTRATOR = { personId: 'administrator', roles: ['administrator'] }
const SECURITY = { personId: 'security', roles: ['security_officer'] }

describe('identity', () => {
  let database: Database
  let jp: TestIdentity
  beforeEach(async () => {
    database = await openTestDatabase()
    jp = testIdentity(database, 'JP')
  })
  afterEach(() => database.close())

  const stored = (person: string) =>
    database.query
      .selectFrom('person_key')
      .selectAll()
      .where('person', '=', person)
      .orderBy('made_at')
      .execute()

  it('[ID-14] the only way to a password is the one-time code, which works once', async () => {
    const input = { id: 'administrator', office: 'Administrator', organisation: 'Exercise Ministry' }
    const { code } = permitted(await jp.acts.run((act) => enterFirstAdministrator(act, input)))
    expect(codeOf(await jp.acts.run((act) => enterFirstAdministrator(act, { ...input, id: 'second' })))).toBe(
      'already_done',
    )
    for (const guess of ['', code, 'administrator', 'password']) {
      expect(codeOf(await performSignIn(jp.acts, jp.settings, 'administrator', guess))).toBe(
        'wrong_credentials',
      )
    }
    const set = (text: string, password: string) =>
      performFirstPassword(jp.acts, jp.settings, { person: 'administrator', code: text, password })
    const short = await set(code, 'short')
    expect(short).toMatchObject({ reasons: [{ code: 'password_too_short' }], place: 'password' })
    expect(codeOf(await set(code, 'Administrator12'))).toBe('password_own_words')
    expect(await set(code.toLowerCase(), PASSWORD)).toEqual({})
    expect(await jp.resume(await jp.signIn('administrator'))).toMatchObject({ personId: 'administrator' })
    expect(codeOf(await set(code, NEXT))).toBe('wrong_credentials')
  })

  it('[ID-14] a one-time code expires after seven days', async () => {
    const input = { id: 'administrator', office: 'Administrator', organisation: 'Exercise Ministry' }
    const { code } = permitted(await jp.acts.run((act) => enterFirstAdministrator(act, input)))
    jp.pass(7 * 24 * 60 * MINUTE_MS)
    const late = { person: 'administrator', code, password: PASSWORD }
    expect(codeOf(await performFirstPassword(jp.acts, jp.settings, late))).toBe('wrong_credentials')
  })

  it('[ID-14] enters the people of an exercise only into an empty node, never with a weak password', async () => {
    const people = [
      { id: 'analyst', office: 'Analyst', organisation: 'Ministry', roles: ['analyst'] as const },
    ]
    expect(codeOf(await enterExercisePeople(jp.acts, jp.settings, people, 'demo'))).toBe('password_too_short')
    expect(await enterExercisePeople(jp.acts, jp.settings, people, PASSWORD)).toEqual({ entered: 1 })
    expect(codeOf(await enterExercisePeople(jp.acts, jp.settings, people, PASSWORD))).toBe('already_done')
  })

  it('[ID-13] answers an unknown person as a wrong password, at the same cost', async () => {
    const profile = { algorithm: 'argon2id', memoryKiB: 16_384, passes: 2, lanes: 1 } as const
    const slow = testIdentity(database, 'JP', { password: profile })
    await slow.enter({ analyst: ['analyst'] })
    const cost = async (person: string): Promise<number> => {
      const before = process.cpuUsage()
      expect(codeOf(await performSignIn(slow.acts, slow.settings, person, NEXT))).toBe('wrong_credentials')
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const [unknown, wrong]: [number[], number[]] = [[], []]
    for (let round = 0; round < 3; round += 1) {
      wrong.push(await cost('analyst'))
      unknown.push(await cost('nobody'))
    }
    // Without the dummy, an unknown person would cost one derivation, and a known one two.
    const ratio = Math.min(...unknown) / Math.min(...wrong)
    expect(ratio).toBeGreaterThan(0.75)
    expect(ratio).toBeLessThan(1.33)
  })

  it('[ID-15] [ID-16] locks after five failures, for the right password too, and records each', async () => {
    await jp.enter({ analyst: ['analyst'] })
    const wrong = () => performSignIn(jp.acts, jp.settings, 'analyst', NEXT)
    const right = () => performSignIn(jp.acts, jp.settings, 'analyst', PASSWORD)
    for (let count = 0; count < 5; count += 1) expect(codeOf(await wrong())).toBe('wrong_credentials')
    expect(codeOf(await right())).toBe('locked_out')
    jp.pass(MINUTE_MS - 1)
    expect(codeOf(await right())).toBe('locked_out')
    jp.pass(1)
    expect(codeOf(await wrong())).toBe('wrong_credentials')
    jp.pass(2 * MINUTE_MS - 1)
    expect(codeOf(await right())).toBe('locked_out')
    jp.pass(1)
    expect(isRefusal(await right())).toBe(false)
    const failures = (await jp.recorded()).filter(({ what }) => what === 'sign_in.failed')
    expect(failures.map(({ failures: count }) => count)).toEqual([1, 2, 3, 4, 5, 6])
    expect(failures[4]).toMatchObject({ person: 'analyst', locked_until: '2026-11-24T00:01:00.000Z' })
    expect(codeOf(await wrong())).toBe('wrong_credentials')
    expect((await jp.recorded()).at(-1)).toMatchObject({ failures: 1, locked_until: null })
  })

  it('[ID-16] locks a name that nobody has in the same way, and does not write it to the log', async () => {
    const guess = () => performSignIn(jp.acts, jp.settings, 'no-such-office', PASSWORD)
    for (let count = 0; count < 5; count += 1) expect(codeOf(await guess())).toBe('wrong_credentials')
    expect(codeOf(await guess())).toBe('locked_out')
    expect(JSON.stringify(await jp.recorded())).not.toContain('no-such-office')
  })

  it('[ID-16] counts concurrent attempts one by one', async () => {
    await jp.enter({ analyst: ['analyst'] })
    const attempts = Array.from({ length: 12 }, () => performSignIn(jp.acts, jp.settings, 'analyst', NEXT))
    const codes = (await Promise.all(attempts)).map((answer) => String(codeOf(answer))).toSorted()
    expect(codes).toEqual([...Array(7).fill('locked_out'), ...Array(5).fill('wrong_credentials')])
  })

  it('[ID-20] [ID-21] [ID-25] makes one key at first sign-in and finds it at the next', async () => {
    await jp.enter({ analyst: ['analyst'] })
    expect(await stored('analyst')).toEqual([])
    const first = await jp.resume(await jp.signIn('analyst'))
    const second = await jp.resume(await jp.signIn('analyst'))
    const [key, ...others] = await stored('analyst')
    expect(others).toEqual([])
    for (const session of [first, second]) {
      const signed = session?.sign('exchange.submit', OVER, START)
      const text = signed && verifyAct(signed, key?.public_key ?? '', 'act')
      expect(text).toMatchObject({ nation: 'JP', person: 'analyst', key: key?.key_id, over: OVER })
    }
  })

  it('[ID-22] [ID-30] stores neither token nor key in a form that the database alone could yield', async () => {
    await jp.enter({ analyst: ['analyst'] })
    const cookie = await jp.signIn('analyst')
    const [session] = await database.query.selectFrom('session').selectAll().execute()
    const everything = JSON.stringify([session, await stored('analyst'), await jp.recorded()])
    expect(everything).not.toContain(cookie)
    expect(everything).not.toContain(PASSWORD)
    const forged = Buffer.from(session?.token_hash ?? '', 'hex').toString('base64url')
    expect(await jp.resume(forged)).toBeNull()
    const moved = testIdentity(database, 'JP')
    const other = Buffer.alloc(32, 5).toString('base64url')
    expect(await moved.resume(other)).toBeNull()
  })

  it('[ID-31] ends a session after 15 idle minutes, and after eight hours in any case', async () => {
    await jp.enter({ analyst: ['analyst'] })
    const idle = await jp.signIn('analyst')
    jp.pass(15 * MINUTE_MS - 1)
    expect(await jp.resume(idle)).not.toBeNull()
    jp.pass(15 * MINUTE_MS)
    expect(await jp.resume(idle)).toBeNull()
    const busy = await jp.signIn('analyst')
    for (let minute = 0; minute < 8 * 60; minute += 10) {
      expect(await jp.resume(busy), `${minute} min`).not.toBeNull()
      jp.pass(10 * MINUTE_MS)
    }
    expect(await jp.resume(busy)).toBeNull()
    expect(await database.query.selectFrom('session').selectAll().execute()).toEqual([])
  })

  it('[ID-32] signs out of one session, or of all', async () => {
    await jp.enter({ analyst: ['analyst'], officer: ['officer'] })
    const [one, two, three] = [
      await jp.signIn('analyst'),
      await jp.signIn('analyst'),
      await jp.signIn('analyst'),
    ]
    const foreign = await jp.signIn('officer')
    const by = await jp.resume(one)
    if (by === null) throw new Error('no session')
    await jp.acts.run((act) => signOut(act, by, one))
    expect(await jp.resume(one)).toBeNull()
    expect(await jp.acts.run((act) => signOutEverywhere(act, by))).toBe(2)
    expect([await jp.resume(two), await jp.resume(three)]).toEqual([null, null])
    expect(await jp.resume(foreign)).not.toBeNull()
  })

  it('[ID-23] a changed password seals the same key again and ends the other sessions', async () => {
    await jp.enter({ analyst: ['analyst'] })
    const [here, elsewhere] = [await jp.signIn('analyst'), await jp.signIn('analyst')]
    const [before] = await stored('analyst')
    const by = await jp.resume(here)
    if (by === null) throw new Error('no session')
    const change = (current: string, next: string) =>
      performPasswordChange(jp.acts, jp.settings, by, here, { current, next })
    expect(codeOf(await change(NEXT, NEXT))).toBe('wrong_credentials')
    expect(codeOf(await change(PASSWORD, 'short'))).toBe('password_too_short')
    expect(await change(PASSWORD, NEXT)).toEqual({})
    const [after] = await stored('analyst')
    expect(after?.key_id).toBe(before?.key_id)
    expect(after?.private_key_sealed).not.toBe(before?.private_key_sealed)
    expect(await jp.resume(elsewhere)).toBeNull()
    expect((await jp.resume(here))?.sign('exchange.submit', OVER, START)).toBeDefined()
    expect(codeOf(await performSignIn(jp.acts, jp.settings, 'analyst', PASSWORD))).toBe('wrong_credentials')
    const again = await jp.resume(await jp.signIn('analyst', NEXT))
    const signed = again?.sign('exchange.submit', OVER, START)
    expect(signed && verifyAct(signed, after?.public_key ?? '', 'act').key).toBe(before?.key_id)
  })

  it('[ID-24] a lost password loses the key: withdrawn, erased, replaced at the next sign-in', async () => {
    await jp.enter({ analyst: ['analyst'], administrator: ['administrator'] })
    const cookie = await jp.signIn('analyst')
    const input = { person: 'analyst', reason: 'Password lost' }
    const { code } = permitted(await jp.acts.run((act) => renewCode(act, ADMINISTRATOR, input)))
    expect(await jp.resume(cookie)).toBeNull()
    expect(codeOf(await performSignIn(jp.acts, jp.settings, 'analyst', PASSWORD))).toBe('wrong_credentials')
    jp.pass(1)
    permitted(await performFirstPassword(jp.acts, jp.settings, { person: 'analyst', code, password: NEXT }))
    await jp.signIn('analyst', NEXT)
    const [old, now] = await stored('analyst')
    expect(old).toMatchObject({ private_key_sealed: null, withdrawn_at: START })
    expect(now?.withdrawn_at).toBeNull()
    expect(now?.key_id).not.toBe(old?.key_id)
  })

  it('[ID-1] [ID-2] [ID-3] only an administrator enters people, and an id is used once', async () => {
    const input = {
      id: 'registrar',
      office: 'Registrar',
      organisation: 'Ministry',
      roles: ['registrar'] as const,
    }
    const ask = (roles: readonly string[]) =>
      jp.acts.run((act) => createPerson(act, { personId: 'someone', roles }, input))
    expect(codeOf(await ask(['security_officer', 'registrar']))).toBe('not_permitted')
    expect(permitted(await ask(['administrator'])).code).toMatch(/^[0-9A-Z-]{29}$/)
    expect(codeOf(await ask(['administrator']))).toBe('id_taken')
    expect((await jp.recorded()).map(({ what }) => what)).toEqual(['person.entered'])
  })

  it('[ID-5] outside their dates a person cannot sign in, and a session ends with them', async () => {
    await jp.enter({ administrator: ['administrator'] })
    const dates = { activeFrom: START + 10 * MINUTE_MS, activeUntil: START + 20 * MINUTE_MS }
    const { code } = permitted(
      await jp.acts.run((act) =>
        createPerson(act, ADMINISTRATOR, {
          id: 'guest',
          office: 'Guest',
          organisation: 'Ministry',
          roles: ['officer'],
          ...dates,
        }),
      ),
    )
    const set = () =>
      performFirstPassword(jp.acts, jp.settings, { person: 'guest', code, password: PASSWORD })
    expect(codeOf(await set())).toBe('wrong_credentials')
    jp.pass(10 * MINUTE_MS)
    permitted(await set())
    const cookie = await jp.signIn('guest')
    jp.pass(10 * MINUTE_MS - 1)
    expect(await jp.resume(cookie)).not.toBeNull()
    jp.pass(1)
    expect(await jp.resume(cookie)).toBeNull()
    expect(codeOf(await performSignIn(jp.acts, jp.settings, 'guest', PASSWORD))).toBe('wrong_credentials')
  })

  it('[ID-3] [ID-7] changed roles take effect with the next request; nobody changes their own', async () => {
    await jp.enter({ analyst: ['analyst'], administrator: ['administrator'] })
    const cookie = await jp.signIn('analyst')
    const change = (person: string) =>
      jp.acts.run((act) =>
        changeRoles(act, ADMINISTRATOR, { person, roles: ['inspector', 'registrar'], reason: 'Move' }),
      )
    expect(codeOf(await change('administrator'))).toBe('not_permitted')
    expect(codeOf(await change('nobody'))).toBe('not_found')
    expect(await change('analyst')).toBe('analyst')
    expect((await jp.resume(cookie))?.roles).toEqual(['registrar', 'inspector'])
  })

  it('[ID-6] [ID-7] withdrawal ends everything at once, and the last administrator stays', async () => {
    await jp.enter({ analyst: ['analyst'], administrator: ['administrator'], security: ['security_officer'] })
    const cookie = await jp.signIn('analyst')
    const withdraw = (person: string) =>
      jp.acts.run((act) => withdrawPerson(act, SECURITY, { person, reason: 'Left the office' }))
    expect(codeOf(await withdraw('security'))).toBe('not_permitted')
    expect(codeOf(await withdraw('administrator'))).toBe('last_administrator')
    expect(await withdraw('analyst')).toBe('analyst')
    expect(codeOf(await withdraw('analyst'))).toBe('person_withdrawn')
    expect(await jp.resume(cookie)).toBeNull()
    expect(codeOf(await performSignIn(jp.acts, jp.settings, 'analyst', PASSWORD))).toBe('wrong_credentials')
    expect((await stored('analyst'))[0]).toMatchObject({ private_key_sealed: null, withdrawn_at: START })
  })

  it('[ID-40] [ID-41] [ID-44] clearances are granted to others, dated, revoked at once', async () => {
    await jp.enter({ officer: ['officer'], security: ['security_officer'] })
    const until = START + 60 * MINUTE_MS
    const grant = (person: string, marking: string, end = until) =>
      jp.acts.run((act) =>
        grantClearance(act, jp.settings, SECURITY, { person, marking, reason: 'Vetting', until: end }),
      )
    const rights = (now: number) => database.transact((tx) => rightsAt(tx, jp.settings, 'officer', now))
    expect(codeOf(await grant('security', '極秘'))).toBe('not_permitted')
    expect(codeOf(await grant('officer', 'SECRET'))).toBe('invalid_input')
    expect(codeOf(await grant('officer', '極秘', START))).toBe('invalid_input')
    expect(codeOf(await grant('nobody', '極秘'))).toBe('not_found')
    expect((await rights(START))?.clearance).toBeNull()
    const id = permitted(await grant('officer', '極秘'))
    expect((await rights(START))?.clearance).toEqual({ marking: '極秘', valid: true, until })
    expect((await rights(until))?.clearance).toMatchObject({ valid: false })
    jp.pass(5)
    const revoke = () =>
      jp.acts.run((act) => revokeClearance(act, SECURITY, { clearance: id, reason: 'Ended' }))
    expect(await revoke()).toBe(id)
    expect((await rights(START + 5))?.clearance).toEqual({
      marking: '極秘',
      valid: false,
      until: START + 5,
    })
    expect(codeOf(await revoke())).toBe('already_done')
  })

  it('[ID-42] [ID-43] [ID-44] [ID-60] need-to-know is given by another and recorded', async () => {
    await jp.enter({ officer: ['officer'], security: ['security_officer'] })
    const scope = { category: 'ballistic-missile' }
    const grant = (personId: string, roles: readonly string[], person: string) =>
      jp.acts.run((act) =>
        grantNeedToKnow(
          act,
          { personId, roles },
          { person, scope, reason: 'Launch watch', until: START + 10 },
        ),
      )
    expect(codeOf(await grant('security', ['security_officer'], 'security'))).toBe('not_permitted')
    expect(codeOf(await grant('officer', ['officer'], 'security'))).toBe('not_permitted')
    const id = permitted(await grant('security', ['security_officer'], 'officer'))
    const grants = async () =>
      (await database.transact((tx) => rightsAt(tx, jp.settings, 'officer', START)))?.needToKnow
    expect(await grants()).toMatchObject([{ scope, reason: 'Launch watch', grantedBy: 'security' }])
    const officer = { personId: 'officer', roles: ['officer'] }
    expect(
      await jp.acts.run((act) => revokeNeedToKnow(act, officer, { grant: id, reason: 'Not needed' })),
    ).toBe(id)
    expect(await grants()).toEqual([])
    const entries = (await jp.recorded()).filter(({ what }) => what.startsWith('need_to_know'))
    expect(entries).toMatchObject([
      {
        what: 'need_to_know.granted',
        person: 'officer',
        right: 'category:ballistic-missile',
        by: 'security',
      },
      { what: 'need_to_know.revoked', person: 'officer', reason: 'Not needed', by: 'officer' },
    ])
  })
})
