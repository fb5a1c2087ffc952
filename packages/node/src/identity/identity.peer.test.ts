import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#api/identity.ts'
import type { ActName } from '#wire/pillars.ts'
import type { Statement } from '#wire/statement.ts'
import { freezeLink } from '#node/federation/links.commands.ts'
import type { Database } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { sayDirectory } from './directory.commands.ts'
import { changeRoles, renewCode, withdrawPerson } from './identity.commands.ts'
import { findPartnerKey, onDirectoryEntered, onDirectoryWithdrawn, verifyPersonAct } from './identity.peer.ts'
import { listPartnerPeople } from './rights.store.ts'
import { START, codeOf, testIdentity } from './testIdentity.ts'
import type { TestIdentity } from './testIdentity.ts'

const OVER = `sha384:${'a'.repeat(96)}`
const ADMINISTRATOR = { personId: 'administrator', roles: ['administrator'] }

describe('the directory between two nodes', () => {
  let databases: Database[]
  let jp: TestIdentity
  let kr: TestIdentity
  let carried: number
  beforeEach(async () => {
    databases = [await openTestDatabase(), await openTestDatabase()]
    jp = testIdentity(databases[0]!, 'JP')
    kr = testIdentity(databases[1]!, 'KR')
    carried = 0
    await jp.openLink('KR')
    await jp.enter({
      'release-1': ['release_authority'],
      inspector: ['inspector'],
      administrator: ['administrator'],
    })
  })
  afterEach(async () => {
    for (const database of databases) await database.close()
  })

  /**
   * Gives Korea what Japan has said since the last time, in order; answers the codes of what Korea refused.
   */
  async function carry(): Promise<unknown[]> {
    const said = await jp.said('KR')
    const refusals: unknown[] = []
    for (const [index, statement] of said.entries()) {
      if (index < carried) continue
      const refusal = await hear(statement, index)
      if (refusal !== null) refusals.push(codeOf(refusal))
    }
    carried = said.length
    return refusals
  }

  async function hear(statement: Statement, index: number) {
    const heard = { from: 'JP', index }
    return kr.acts.run(async (act) => {
      if (statement.kind === 'directory.entered') return onDirectoryEntered(act, statement, heard)
      if (statement.kind === 'directory.withdrawn') return onDirectoryWithdrawn(act, statement, heard)
      throw new Error(`said ${statement.kind}`)
    })
  }

  const change = (person: string, roles: readonly Role[]) =>
    jp.acts.run((act) => changeRoles(act, ADMINISTRATOR, { person, roles, reason: 'Exercise' }))

  /** What each node says of one act of the release authority: Japan first, then Korea. */
  async function verdicts(cookie: string, act: ActName): Promise<unknown[]> {
    const session = await jp.resume(cookie)
    if (session === null) throw new Error('no session')
    const signed = session.sign(act, OVER, START)
    return judge(signed, act)
  }

  const judge = async (signed: { text: string; signature: string }, act: ActName) => {
    const expected = { act, over: OVER }
    const one = await jp.acts.run((own) => verifyPersonAct(own, 'JP', signed, expected))
    const two = await kr.acts.run((foreign) => verifyPersonAct(foreign, 'JP', signed, expected))
    return [one, two].map((verdict) => (codeOf(verdict) === verdict ? 'believed' : codeOf(verdict)))
  }

  it('[ID-51] [ID-54] a key made at first sign-in is said, and both sides believe its acts', async () => {
    const cookie = await jp.signIn('release-1')
    expect((await jp.said('KR')).map(({ kind }) => kind)).toEqual(['directory.entered'])
    expect(await verdicts(cookie, 'exchange.approve')).toEqual(['believed', 'unknown_signer'])
    expect(await carry()).toEqual([])
    expect(await verdicts(cookie, 'exchange.approve')).toEqual(['believed', 'believed'])
    expect(await verdicts(cookie, 'exchange.receipt')).toEqual(['not_authorised', 'not_authorised'])
    await jp.signIn('release-1')
    await jp.signIn('inspector')
    expect(await jp.said('KR')).toHaveLength(1)
  })

  it('[ID-51] [LINK-6] a key withdrawn while our operator stopped the link binds no more once it is carried', async () => {
    const cookie = await jp.signIn('release-1')
    await carry()
    const session = await jp.resume(cookie)
    const signed = session!.sign('exchange.approve', OVER, START)
    await jp.acts.run((act) => freezeLink(act, 'KR', 'administrator'))
    await jp.acts.run((act) =>
      withdrawPerson(act, ADMINISTRATOR, { person: 'release-1', reason: 'Exercise' }),
    )
    expect(await carry()).toEqual([])
    expect((await jp.said('KR')).at(-1)!.kind).toBe('directory.withdrawn')
    expect((await judge(signed, 'exchange.approve'))[1]).not.toBe('believed')
  })

  it('[ID-51] a link that opens later is told the whole directory', async () => {
    await jp.signIn('release-1')
    await jp.signIn('inspector')
    await jp.openLink('US')
    await jp.acts.run((act) => sayDirectory(act, 'US'))
    expect((await jp.said('US')).map(({ body }) => body)).toEqual(
      (await jp.said('KR')).map(({ body }) => body),
    )
  })

  it('[ID-53] a withdrawn authority binds no more: neither side believes what its key signs', async () => {
    const cookie = await jp.signIn('release-1')
    await carry()
    await change('release-1', ['analyst'])
    expect(await carry()).toEqual([])
    expect(await verdicts(cookie, 'exchange.approve')).toEqual(['not_authorised', 'not_authorised'])
    expect(await verdicts(cookie, 'exchange.submit')).toEqual(['believed', 'believed'])
    await change('release-1', ['inspector'])
    expect(await carry()).toEqual([])
    expect(await verdicts(cookie, 'exchange.approve')).toEqual(['not_authorised', 'unknown_signer'])
    await change('release-1', ['release_authority'])
    expect(await carry()).toEqual([])
    expect(await verdicts(cookie, 'exchange.approve')).toEqual(['believed', 'believed'])
  })

  it('[ID-53] a withdrawn person’s earlier act is not believed after the withdrawal', async () => {
    const cookie = await jp.signIn('release-1')
    const early = (await jp.resume(cookie))?.sign('exchange.approve', OVER, START)
    if (early === undefined) throw new Error('no session')
    await carry()
    const input = { person: 'release-1', reason: 'Left the office' }
    expect(await jp.acts.run((act) => withdrawPerson(act, ADMINISTRATOR, input))).toEqual({})
    expect(await judge(early, 'exchange.approve')).toEqual(['unknown_signer', 'believed'])
    expect(await carry()).toEqual([])
    expect(await judge(early, 'exchange.approve')).toEqual(['unknown_signer', 'unknown_signer'])
    const [entry] = await kr.acts.run((act) => listPartnerPeople(act.tx, 'JP'))
    expect(entry).toMatchObject({ person: 'release-1', enteredIndex: 0, endedIndex: 1, withdrawn: true })
  })

  it('[ID-24] [ID-51] a renewed code withdraws the key; one without authority is not spoken of', async () => {
    await jp.signIn('release-1')
    await jp.signIn('inspector')
    for (const person of ['release-1', 'inspector']) {
      const input = { person, reason: 'Password lost' }
      expect(codeOf(await jp.acts.run((act) => renewCode(act, ADMINISTRATOR, input)))).toMatchObject({
        person,
      })
    }
    const kinds = (await jp.said('KR')).map(({ kind }) => kind)
    expect(kinds).toEqual(['directory.entered', 'directory.withdrawn'])
    expect(await carry()).toEqual([])
  })

  it('[ID-53] keeps each entry of a key with its place, and finds the one that stands', async () => {
    await jp.signIn('release-1')
    await change('release-1', ['release_authority', 'officer'])
    await carry()
    const entries = await kr.acts.run((act) => listPartnerPeople(act.tx, 'JP'))
    expect(entries.map((entry) => [entry.authorities, entry.enteredIndex, entry.endedIndex])).toEqual([
      [['release'], 0, 1],
      [['receipt', 'release'], 1, null],
    ])
    const find = (at: number) =>
      kr.acts.run((act) => findPartnerKey(act.tx, 'JP', entries[0]?.keyId ?? '', at))
    expect((await find(START))?.enteredIndex).toBe(1)
    expect(await find(START - 1)).toBeNull()
  })

  it('[ID-52] [ID-53] refuses a key that changes hands, and to withdraw what does not stand', async () => {
    await jp.signIn('release-1')
    const [entered] = await jp.said('KR')
    await carry()
    if (entered?.kind !== 'directory.entered') throw new Error('nothing entered')
    const stolen = { ...entered, body: { ...entered.body, person: 'release-2' } }
    expect(codeOf(await hear(stolen, 1))).toBe('statement_invalid')
    const withdrawn = { ...entered, kind: 'directory.withdrawn' as const }
    const { keyId } = entered.body
    const withdraw = (person: string, key: string, index: number) =>
      hear({ ...withdrawn, body: { person, keyId: key } }, index)
    expect(codeOf(await withdraw('release-1', '0'.repeat(16), 2))).toBe('not_found')
    expect(codeOf(await withdraw('release-2', keyId, 3))).toBe('statement_invalid')
    expect(await withdraw('release-1', keyId, 4)).toBeNull()
    expect(codeOf(await withdraw('release-1', keyId, 5))).toBe('not_found')
    expect(await kr.acts.run((act) => listPartnerPeople(act.tx, 'JP'))).toHaveLength(1)
  })

  it('[ID-54] does not believe an own person’s key in a partner’s name', async () => {
    const cookie = await jp.signIn('release-1')
    const signed = (await jp.resume(cookie))?.sign('exchange.approve', OVER, START)
    if (signed === undefined) throw new Error('no session')
    const expected = { act: 'exchange.approve', over: OVER, authority: 'release' } as const
    expect(codeOf(await jp.acts.run((act) => verifyPersonAct(act, 'KR', signed, expected)))).toBe(
      'unknown_signer',
    )
    const broken = { text: '{}', signature: signed.signature }
    expect(codeOf(await jp.acts.run((act) => verifyPersonAct(act, 'JP', broken, expected)))).toBe(
      'signature_invalid',
    )
  })
})
