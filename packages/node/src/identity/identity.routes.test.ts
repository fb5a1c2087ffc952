import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROLES, identity } from '#api/identity.ts'
import type { Me } from '#api/identity.ts'
import type { Route } from '#api/route.ts'
import type { Database } from '#node/kernel/database.ts'
import { createHttp } from '#node/kernel/http.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { identityRoutes } from './identity.routes.ts'
import { PASSWORD, testIdentity } from './testIdentity.ts'
import type { TestIdentity } from './testIdentity.ts'

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly cookie: string | null
}

describe('identity over HTTP', () => {
  let database: Database
  let jp: TestIdentity
  let app: Hono
  beforeEach(async () => {
    database = await openTestDatabase()
    jp = testIdentity(database, 'JP')
    app = serve(jp)
    await jp.enter({
      administrator: ['administrator'],
      security: ['security_officer'],
      officer: ['officer'],
      inspector: ['inspector'],
    })
  })
  afterEach(() => database.close())

  const routesOf = ({ acts, views, settings }: TestIdentity) =>
    identityRoutes({ acts, views, identity: settings })

  function serve(node: TestIdentity): Hono {
    return createHttp({
      nation: 'JP',
      bindings: routesOf(node),
      authenticate: (token) => node.resume(token),
      report: (error) => {
        throw error
      },
      document: {},
    })
  }

  /** Calls a route as a client does, and checks the reply against its contract. */
  async function call(
    route: Route,
    input: object,
    cookie: string | null = null,
    key: string | null = null,
  ): Promise<Answer> {
    const fields: Record<string, unknown> = { ...input }
    const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
      const value = fields[name]
      delete fields[name]
      return encodeURIComponent(String(value))
    })
    const query = route.method === 'GET' ? `?${new URLSearchParams(fields as Record<string, string>)}` : ''
    const response = await app.request(`http://localhost:8080${path}${query}`, {
      method: route.method,
      headers: {
        host: 'localhost:8080',
        ...(cookie === null ? {} : { cookie }),
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      ...(route.method === 'GET' ? {} : { body: JSON.stringify(fields) }),
    })
    const body = (await response.json()) as Record<string, unknown>
    if (response.status === 200) route.reply.parse(body)
    return {
      status: response.status,
      body,
      cookie: response.headers.get('set-cookie')?.split(';')[0] ?? null,
    }
  }

  const signIn = async (person: string): Promise<string> => {
    const { status, cookie } = await call(identity.signIn, { person, password: PASSWORD })
    if (status !== 200 || cookie === null) throw new Error(`not signed in: ${status}`)
    return cookie
  }
  const codes = ({ body }: Answer) =>
    (body as { reasons: { code: string }[] }).reasons.map(({ code }) => code)

  it('[ID-30] signs in, says who it is, and signs out', async () => {
    const answer = await call(identity.signIn, { person: 'officer', password: PASSWORD })
    const me = answer.body as unknown as Me
    expect(me).toMatchObject({ nation: 'JP', authorities: ['receipt'], clearance: null, needToKnow: [] })
    expect(me.sessionEndsAt).toBe('2026-11-24T00:15:00.000Z')
    expect(me.sessionEndsAtLatest).toBe('2026-11-24T08:00:00.000Z')
    expect(JSON.stringify(answer.body)).not.toContain(answer.cookie?.split('=')[1])
    expect((await call(identity.me, {}, answer.cookie)).body).toEqual(answer.body)
    expect((await call(identity.signOut, {}, answer.cookie)).status).toBe(200)
    expect(codes(await call(identity.me, {}, answer.cookie))).toEqual(['session_expired'])
    expect(codes(await call(identity.me, {}))).toEqual(['not_signed_in'])
  })

  it('[ID-18] checks no more passwords at a time than configured', async () => {
    app = serve(testIdentity(database, 'JP', { passwordChecksMax: 2 }))
    const answers = await Promise.all(
      ['officer', 'security', 'inspector'].map((person) =>
        call(identity.signIn, { person, password: PASSWORD }),
      ),
    )
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '200', '429'])
    expect((await call(identity.signIn, { person: 'inspector', password: PASSWORD })).status).toBe(200)
  })

  it('[ID-32] ends the session that a new sign-in replaces in the same browser', async () => {
    const [first, other] = [await signIn('officer'), await signIn('officer')]
    const second = await call(identity.signIn, { person: 'inspector', password: PASSWORD }, first)
    expect(second.status).toBe(200)
    expect((await call(identity.me, {}, first)).status).toBe(401)
    expect((await call(identity.me, {}, other)).status).toBe(200)
  })

  it('[ID-13] answers a wrong password and a wrong name alike', async () => {
    const wrong = await call(identity.signIn, { person: 'officer', password: 'x' })
    const unknown = await call(identity.signIn, { person: 'Robert"); drop table person;--', password: 'x' })
    expect(wrong.status).toBe(401)
    expect(unknown).toEqual(wrong)
    expect(wrong.cookie).toBeNull()
  })

  it('[ID-4] lists everyone, with what the caller may do; records only to those who may', async () => {
    const [administrator, officer] = [await signIn('administrator'), await signIn('officer')]
    const rows = async (cookie: string) => {
      const { body } = await call(identity.listPeople, {}, cookie)
      return body as { rows: { id: string; can: Record<string, unknown> }[]; can: { create: unknown } }
    }
    const seen = await rows(administrator)
    expect(seen.rows.map(({ id }) => id)).toEqual(['administrator', 'inspector', 'officer', 'security'])
    const own = seen.rows.find(({ id }) => id === 'administrator')?.can
    expect(own?.['withdraw']).toMatchObject({ reasons: [{ because: [{ article: 'ID-7' }] }] })
    const other = seen.rows.find(({ id }) => id === 'officer')?.can
    expect(other).toMatchObject({ withdraw: true, changeRoles: true, grantClearance: { refused: true } })
    expect(seen.can.create).toBe(true)
    expect((await rows(officer)).can.create).toMatchObject({ refused: true })
    expect((await call(identity.getPerson, { person: 'officer' }, officer)).status).toBe(200)
    expect(codes(await call(identity.getPerson, { person: 'inspector' }, officer))).toEqual(['not_permitted'])
    expect(codes(await call(identity.getPerson, { person: 'nobody' }, administrator))).toEqual(['not_found'])
  })

  it('[ID-14] [ID-23] enters a person, who sets a password, changes it and signs in', async () => {
    const administrator = await signIn('administrator')
    const input = { id: 'analyst', office: 'Analyst', organisation: 'Ministry', roles: ['analyst'] }
    const { body } = await call(identity.createPerson, input, administrator)
    const first = { person: 'analyst', code: body['code'], password: PASSWORD }
    expect((await call(identity.setFirstPassword, first)).status).toBe(200)
    const cookie = await signIn('analyst')
    const change = { current: PASSWORD, next: 'a lantern on the eastern breakwater' }
    expect((await call(identity.changePassword, change, cookie)).status).toBe(200)
    expect((await call(identity.signIn, { person: 'analyst', password: PASSWORD })).status).toBe(401)
    const renewed = await call(identity.renewCode, { person: 'analyst', reason: 'Lost' }, administrator)
    expect(renewed.body['code']).not.toBe(body['code'])
    const roles = { person: 'analyst', roles: ['officer'], reason: 'Moved' }
    expect((await call(identity.changeRoles, roles, administrator)).status).toBe(200)
    const leave = { person: 'analyst', reason: 'Left' }
    expect((await call(identity.withdrawPerson, leave, administrator)).status).toBe(200)
    expect((await call(identity.withdrawPerson, leave, administrator)).status).toBe(409)
  })

  it('[ID-42] [ID-45] grants and revokes rights, and names whom to ask', async () => {
    const [security, officer] = [await signIn('security'), await signIn('officer')]
    const until = '2026-12-24T00:00:00Z'
    const right = { person: 'officer', reason: 'Launch watch', until }
    const clearance = await call(identity.grantClearance, { ...right, marking: '極秘' }, security)
    const grant = await call(identity.grantNeedToKnow, { ...right, scope: 'category:maritime' }, security)
    const me = (await call(identity.me, {}, officer)).body as unknown as Me
    expect(me.clearance).toEqual({ marking: '極秘', valid: true, until: '2026-12-24T00:00:00.000Z' })
    expect(me.needToKnow).toMatchObject([{ scope: 'category:maritime', grantedBy: 'security', holds: true }])
    const bad = await call(identity.grantNeedToKnow, { ...right, scope: 'everything' }, security)
    expect(bad).toMatchObject({ status: 400, body: { place: 'scope' } })
    expect(
      (await call(identity.grantNeedToKnow, { ...right, scope: 'category:maritime' }, officer)).status,
    ).toBe(403)
    const reason = 'Ended'
    await call(identity.revokeClearance, { clearance: clearance.body['id'], reason }, security)
    await call(identity.revokeNeedToKnow, { grant: grant.body['id'], reason }, security)
    const after = (await call(identity.me, {}, officer)).body as unknown as Me
    expect([after.clearance?.valid, after.needToKnow]).toEqual([false, []])
    const helpers = (need: string, cookie: string) => call(identity.listHelpers, { need }, cookie)
    expect((await helpers('need-to-know', officer)).body['rows']).toMatchObject([{ person: 'security' }])
    expect((await helpers('clearance', security)).body['rows']).toEqual([])
    expect((await call(identity.listDirectory, {}, officer)).body).toEqual({ rows: [] })
  })

  it('[API-9] grants a right once for a key, and refuses the key for another grant', async () => {
    const security = await signIn('security')
    const right = { person: 'officer', reason: 'Launch watch', until: '2026-12-24T00:00:00Z' }
    const clearance = { ...right, marking: '極秘' }
    const first = await call(identity.grantClearance, clearance, security, 'key-1')
    expect(await call(identity.grantClearance, clearance, security, 'key-1')).toEqual(first)
    const scoped = { ...right, scope: 'category:maritime' }
    const grant = await call(identity.grantNeedToKnow, scoped, security, 'key-2')
    expect(await call(identity.grantNeedToKnow, scoped, security, 'key-2')).toEqual(grant)
    expect(codes(await call(identity.grantNeedToKnow, scoped, security, 'key-1'))).toEqual(['key_reused'])
    for (const table of ['clearance', 'need_to_know'] as const)
      expect(await database.query.selectFrom(table).select('id').execute()).toHaveLength(1)
  })

  it('[ID-17] lists the people to sign in as only in an exercise', async () => {
    expect(codes(await call(identity.listOffered, {}))).toEqual(['not_found'])
    app = serve(testIdentity(database, 'JP', { offersPeople: true }))
    const { body } = await call(identity.listOffered, {})
    expect((body as { rows: { person: string }[] }).rows.map(({ person }) => person)).toContain('officer')
    expect(JSON.stringify(body)).not.toContain('argon2')
  })

  it('[ID-1] refuses a person whose id or titles could deceive', async () => {
    const administrator = await signIn('administrator')
    const create = (changed: object) =>
      call(
        identity.createPerson,
        { id: 'x1', office: 'Office', organisation: 'Ministry', roles: ['officer'], ...changed },
        administrator,
      )
    const bad: [object, string][] = [
      [{ id: 'Analyst' }, 'id'],
      [{ id: '../etc' }, 'id'],
      [{ id: 'a'.repeat(41) }, 'id'],
      [{ office: 'Off\u202eice' }, 'office'],
      [{ office: 'Off\u200bice' }, 'office'],
      [{ office: ' Office' }, 'office'],
      [{ organisation: 'Mini\nstry' }, 'organisation'],
      [{ organisation: '' }, 'organisation'],
      [{ roles: [] }, 'roles'],
      [{ roles: ['root'] }, 'roles.0'],
      [{ activeUntil: 'tomorrow' }, 'activeUntil'],
    ]
    for (const [changed, place] of bad) {
      expect(await create(changed), JSON.stringify(changed)).toMatchObject({ status: 400, body: { place } })
    }
    expect((await create({ office: '정보본부 분석관', organisation: '防衛省' })).status).toBe(200)
  })

  it('binds every contract exactly once, and without a session only the open ones', async () => {
    const bound = routesOf(jp).map(({ route }) => route.name)
    expect(bound.toSorted()).toEqual(
      Object.values(identity)
        .map(({ name }) => name)
        .toSorted(),
    )
    const open = Object.values(identity).filter(({ access }) => access === 'anyone')
    expect(open.map(({ name }) => name)).toEqual([
      'identity.signIn',
      'identity.setFirstPassword',
      'identity.listOffered',
    ])
    for (const route of Object.values(identity)) {
      if (route.access === 'person') expect((await call(route, {})).status, route.name).toBe(401)
    }
    expect(ROLES).toHaveLength(11)
  })
})
