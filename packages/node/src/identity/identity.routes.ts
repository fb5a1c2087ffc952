/** The routes of identity (ID-17, ID-18, ID-45). */
import { identity } from '#api/identity.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import { bind, bindOpen, createBinder } from '#node/kernel/bind.ts'
import type { Binder, Binding } from '#node/kernel/bind.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Services } from '#node/services.ts'
import { iso, isoOrNull } from '#node/world.ts'
import { createConcurrencyLimit } from './concurrencyLimit.ts'
import type { ConcurrencyLimit } from './concurrencyLimit.ts'
import { isActive } from './person.ts'
import { changeRoles, createPerson, renewCode, withdrawPerson } from './identity.commands.ts'
import type { IssuedCode } from './identity.commands.ts'
import { findPerson, listPeople } from './person.store.ts'
import { listKeys } from './personKey.store.ts'
import { findFailures } from './signInFailure.store.ts'
import type { StoredSession } from './session.store.ts'
import { parseScope } from './needToKnow.ts'
import { performFirstPassword, performPasswordChange } from './password.commands.ts'
import { grantClearance, grantNeedToKnow, revokeClearance, revokeNeedToKnow } from './rights.commands.ts'
import { listClearances, listGrants, listPartnerPeople } from './rights.store.ts'
import type { PartnerPerson } from './rights.store.ts'
import { MAY, mayAsk, ententeRule, permit } from '#node/kernel/permission.ts'
import type { IdentitySettings } from './settings.ts'
import { mayReadRecord, meShape, recordShape, rowShape } from './shapes.ts'
import type { PersonDetails } from './shapes.ts'
import { dropSession, findLiveSession, performSignIn, signOut, signOutEverywhere } from './signIn.commands.ts'

/** The bindings of identity. */
export function identityRoutes({ acts, views, identity: settings }: IdentityServices): readonly Binding[] {
  const limited = createConcurrencyLimit(settings.passwordChecksMax)
  const { look, change } = createBinder({ acts, views })
  return [
    ...sessionRoutes(acts, settings, limited),
    ...passwordRoutes(acts, settings, limited),
    ...peopleRoutes(look, settings),
    ...administrationRoutes(acts, change),
    ...rightsRoutes(change, settings),
    ...directoryRoutes(look),
  ]
}

type IdentityServices = Pick<Services, 'acts' | 'views' | 'identity'>
type Look = Binder['look']
type Change = Binder['change']

function sessionRoutes(acts: Acts, settings: IdentitySettings, limited: ConcurrencyLimit): Binding[] {
  return [
    bindOpen(identity.signIn, async (input, caller) => {
      const started = await limited(() => performSignIn(acts, settings, input.person, input.password))
      if (isRefusal(started)) return started
      caller.setToken(started.token)
      return acts.run(async (act) => {
        if (caller.token !== null) await dropSession(act, caller.token)
        return readMe(act, settings, started.session)
      })
    }),
    bind(identity.signOut, async (_input, caller) => {
      await acts.run((act) => signOut(act, caller.session, caller.token ?? ''))
      caller.setToken(null)
      return {}
    }),
    bind(identity.signOutEverywhere, async (_input, caller) => {
      const ended = await acts.run((act) => signOutEverywhere(act, caller.session))
      caller.setToken(null)
      return { ended }
    }),
    bind(identity.me, (_input, caller) =>
      acts.run(async (act) => {
        const session = await findLiveSession(act, settings, caller.token ?? '')
        return session === null
          ? refuse('session_expired', ententeRule('ID-31'))
          : readMe(act, settings, session)
      }),
    ),
  ]
}

function passwordRoutes(acts: Acts, settings: IdentitySettings, limited: ConcurrencyLimit): Binding[] {
  return [
    bindOpen(identity.setFirstPassword, (input) =>
      limited(() => performFirstPassword(acts, settings, input)),
    ),
    bind(identity.changePassword, (input, caller) =>
      limited(() => performPasswordChange(acts, settings, caller.session, caller.token ?? '', input)),
    ),
    bindOpen(identity.listOffered, () =>
      acts.run(async (act) => {
        if (!settings.offersPeople) return refuse('not_found')
        const people = await listPeople(act.tx)
        const rows = people.filter((person) => person.password !== null && isActive(person, act.world.now()))
        return {
          nation: act.nation,
          rows: rows.map((person) => ({ ...officeOf(person), roles: [...person.roles] })),
        }
      }),
    ),
  ]
}

function peopleRoutes(look: Look, settings: IdentitySettings): Binding[] {
  return [
    look(identity.listPeople, async ({ tx, world }, _input, by) => {
      const clearances = await listClearances(tx, null)
      const rows = (await listPeople(tx)).map((person) => {
        const own = clearances.filter((clearance) => clearance.person === person.id)
        return rowShape(settings, by, person, own, world.now())
      })
      return { rows, can: { create: permit(by.roles, MAY['person.create']) } }
    }),
    look(identity.getPerson, async ({ tx, world }, { person }, by) => {
      if (!mayReadRecord(by, person)) return refuse('not_permitted', ententeRule('ID-3'))
      const details = await readDetails(tx, person)
      return details === null ? refuse('not_found') : recordShape(settings, by, details, world.now())
    }),
    look(identity.listHelpers, async ({ tx, world }, { need }, by) => {
      const permission = MAY[need === 'clearance' ? 'clearance.grant' : 'need_to_know.grant']
      const people = (await listPeople(tx)).filter(
        (person) =>
          person.id !== by.personId && isActive(person, world.now()) && mayAsk(person.roles, permission),
      )
      return { rows: people.map(officeOf) }
    }),
  ]
}

/**
 * Replies with a code are secret, so they are not stored under an idempotency key: a retry is refused or issues a new
 * code.
 */
function administrationRoutes(acts: Acts, change: Change): Binding[] {
  return [
    bind(identity.createPerson, async (input, { session }) => {
      const { id, office, organisation, roles } = input
      const dates = {
        ...(input.activeFrom === undefined ? {} : { activeFrom: Date.parse(input.activeFrom) }),
        activeUntil: typeof input.activeUntil === 'string' ? Date.parse(input.activeUntil) : null,
      }
      const person = { id, office, organisation, roles, ...dates }
      return issuedShape(await acts.run((act) => createPerson(act, session, person)))
    }),
    change(
      identity.changeRoles,
      (act, input, by) => changeRoles(act, by, input),
      async () => ({}),
    ),
    bind(identity.renewCode, async (input, { session }) =>
      issuedShape(await acts.run((act) => renewCode(act, session, input))),
    ),
    change(
      identity.withdrawPerson,
      (act, input, by) => withdrawPerson(act, by, input),
      async () => ({}),
    ),
  ]
}

function rightsRoutes(change: Change, settings: IdentitySettings): Binding[] {
  return [
    change(
      identity.grantClearance,
      (act, input, by) => grantClearance(act, settings, by, { ...rightOf(input), marking: input.marking }),
      async (_view, id) => ({ id }),
    ),
    change(
      identity.revokeClearance,
      (act, input, by) => revokeClearance(act, by, input),
      async () => ({}),
    ),
    change(
      identity.grantNeedToKnow,
      (act, input, by) => grantNeedToKnow(act, by, { ...rightOf(input), scope: parseScope(input.scope) }),
      async (_view, id) => ({ id }),
    ),
    change(
      identity.revokeNeedToKnow,
      (act, input, by) => revokeNeedToKnow(act, by, input),
      async () => ({}),
    ),
  ]
}

function directoryRoutes(look: Look): Binding[] {
  return [
    look(identity.listDirectory, async ({ tx, world }, { nation }) => {
      const entries = await listPartnerPeople(tx, nation ?? null)
      return { rows: entries.map((entry) => entryShape(entry, world.now())) }
    }),
  ]
}

function issuedShape(issued: IssuedCode | Refusal) {
  return isRefusal(issued) ? issued : { ...issued, codeEndsAt: iso(issued.codeEndsAt) }
}

/** Everything stored about a person; null if there is no such person. */
async function readDetails(reader: Reader, id: string): Promise<PersonDetails | null> {
  const person = await findPerson(reader, id)
  if (person === null) return null
  return {
    person,
    hasPassword: person.password !== null,
    lockedUntil: (await findFailures(reader, id)).lockedUntil,
    keys: await listKeys(reader, id),
    clearances: await listClearances(reader, id),
    grants: await listGrants(reader, id),
  }
}

async function readMe(act: Act, settings: IdentitySettings, session: StoredSession) {
  const details = await readDetails(act.tx, session.person)
  if (details === null) return refuse('session_expired', ententeRule('ID-31'))
  return meShape(act.nation, settings, details, session, act.world.now())
}

interface RightInput {
  readonly person: string
  readonly reason: string
  readonly from?: string | undefined
  readonly until: string
}

function rightOf({ person, reason, from, until }: RightInput) {
  const begins = from === undefined ? {} : { from: Date.parse(from) }
  return { person, reason, ...begins, until: Date.parse(until) }
}

function officeOf(person: { id: string; office: string; organisation: string }) {
  return { person: person.id, office: person.office, organisation: person.organisation }
}

function entryShape(entry: PartnerPerson, now: number) {
  const isOver = entry.until !== null && entry.until <= now
  const ended = entry.withdrawn ? ('withdrawn' as const) : ('replaced' as const)
  const standing = isOver ? ('ended' as const) : ('standing' as const)
  return {
    nation: entry.nation,
    person: entry.person,
    office: entry.office,
    organisation: entry.organisation,
    keyId: entry.keyId,
    authorities: [...entry.authorities],
    from: iso(entry.from),
    until: isoOrNull(entry.until),
    enteredIndex: entry.enteredIndex,
    endedIndex: entry.endedIndex,
    state: entry.endedIndex === null ? standing : ended,
  }
}
