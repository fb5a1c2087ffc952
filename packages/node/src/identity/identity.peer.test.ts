import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#api/identity.ts'
import type { SignedAct } from '#wire/personAct.ts'
import type { ActName } from '#wire/pillars.ts'
import type { Statement } from '#wire/statement.ts'
import { freezeLink } from '#node/federation/links.commands.ts'
import type { Database } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { sayDirectory } from './directory.commands.ts'
import { changeRoles, renewCode, withdrawPerson } from './identity.commands.ts'
import { verifySignedAct } from './directory.view.ts'
import { onDirectoryEntered, onDirectoryWithdrawn } from './identity.peer.ts'
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

  /** Applies Japan's new statements at Korea, in order; returns the codes of Korea's refusals. */
  async function carry(): Promise<unknown[]> {
    const statements = await jp.said('KR')
    const refusals: unknown[] = []
    for (const [index, statement] of statements.entries()) {
      if (index < carried) continue
      const refusal = await apply(statement, index)
      if (refusal !== null) refusals.push(codeOf(refusal))
    }
    carried = statements.length
    return refusals
  }

  async function apply(statement: Statement, index: number) {
    const source = { from: 'JP', index }
    return kr.acts.run(async (act) => {
      if (statement.kind === 'directory.entered') return onDirectoryEntered(act, statement, source)
      if (statement.kind === 'directory.withdrawn') return onDirectoryWithdrawn(act, statement, source)
      throw new Error(`unexpected ${statement.kind}`)
    })
  }

  const change = (person: string, roles: readonly Role[]) =>
    jp.acts.run((act) => changeRoles(act, ADMINISTRATOR, { person, roles, reason: 'Exercise' }))

  /** What Japan and Korea make of a signed act of the release authority. */
  async function verdicts(cookie: string, name: ActName): Promise<unknown[]> {
    const session = await jp.resume(cookie)
    if (session === null) throw new Error('no session')
    return verdictsOn(session.sign(name, OVER, START), name)
  }

  const verdictsOn = async (signed: SignedAct, name: ActName) => {
    const expected = { act: name, over: OVER }
    const results = [
      await jp.acts.run((act) => verifySignedAct(act, 'JP', signed, expected)),
      await kr.acts.run((act) => verifySignedAct(act, 'JP', signed, expected)),
    ]
    return results.map((result) => (codeOf(result) === result ? 'believed' : codeOf(result)))
  }

  it('[ID-51] [ID-54] a key made at first sign-in is entered, and both nations believe its signed acts', async () => {
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

  it('[ID-51] [LINK-6] a key withdrawn while our operator has frozen the link does not bind once that is carried', async () => {
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
    expect((await verdictsOn(signed, 'exchange.approve'))[1]).not.toBe('believed')
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

  it('[ID-53] after an authority is withdrawn, neither nation believes what the key signs', async () => {
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

  it('[ID-53] a withdrawn person’s earlier signed act is not believed after the withdrawal', async () => {
    const cookie = await jp.signIn('release-1')
    const early = (await jp.resume(cookie))?.sign('exchange.approve', OVER, START)
    if (early === undefined) throw new Error('no session')
    await carry()
    const input = { person: 'release-1', reason: 'Left the office' }
    expect(await jp.acts.run((act) => withdrawPerson(act, ADMINISTRATOR, input))).toBe('release-1')
    expect(await verdictsOn(early, 'exchange.approve')).toEqual(['unknown_signer', 'believed'])
    expect(await carry()).toEqual([])
    expect(await verdictsOn(early, 'exchange.approve')).toEqual(['unknown_signer', 'unknown_signer'])
    const [entry] = await kr.acts.run((act) => listPartnerPeople(act.tx, 'JP'))
    expect(entry).toMatchObject({ person: 'release-1', enteredIndex: 0, endedIndex: 1, withdrawn: true })
  })

  it('[ID-24] [ID-51] a renewed code withdraws the key; partners hear nothing of a key without authority', async () => {
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

  it('[ID-53] keeps each entry of a key with its indexes', async () => {
    await jp.signIn('release-1')
    await change('release-1', ['release_authority', 'officer'])
    await carry()
    const entries = await kr.acts.run((act) => listPartnerPeople(act.tx, 'JP'))
    expect(entries.map((entry) => [entry.authorities, entry.enteredIndex, entry.endedIndex])).toEqual([
      [['release'], 0, 1],
      [['receipt', 'release'], 1, null],
    ])
  })

  it('[ID-52] [ID-53] refuses a key of another person, and the withdrawal of an inactive key', async () => {
    await jp.signIn('release-1')
    const [entered] = await jp.said('KR')
    await carry()
    if (entered?.kind !== 'directory.entered') throw new Error('nothing entered')
    const stolen = { ...entered, body: { ...entered.body, person: 'release-2' } }
    expect(codeOf(await apply(stolen, 1))).toBe('statement_invalid')
    const withdrawn = { ...entered, kind: 'directory.withdrawn' as const }
    const { keyId } = entered.body
    const withdraw = (person: string, key: string, index: number) =>
      apply({ ...withdrawn, body: { person, keyId: key } }, index)
    expect(codeOf(await withdraw('release-1', '0'.repeat(16), 2))).toBe('not_found')
    expect(codeOf(await withdraw('release-2', keyId, 3))).toBe('statement_invalid')
    expect(await withdraw('release-1', keyId, 4)).toBeNull()
    expect(codeOf(await withdraw('release-1', keyId, 5))).toBe('not_found')
    expect(await kr.acts.run((act) => listPartnerPeople(act.tx, 'JP'))).toHaveLength(1)
  })

  it('[ID-54] does not believe our own person’s key in a partner’s name', async () => {
    const cookie = await jp.signIn('release-1')
    const signed = (await jp.resume(cookie))?.sign('exchange.approve', OVER, START)
    if (signed === undefined) throw new Error('no session')
    const expected = { act: 'exchange.approve', over: OVER, authority: 'release' } as const
    expect(codeOf(await jp.acts.run((act) => verifySignedAct(act, 'KR', signed, expected)))).toBe(
      'unknown_signer',
    )
    const broken = { text: '{}', signature: signed.signature }
    expect(codeOf(await jp.acts.run((act) => verifySignedAct(act, 'JP', broken, expected)))).toBe(
      'signature_invalid',
    )
  })
})
