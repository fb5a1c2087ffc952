/** Administration of people: entering them, roles, lost passwords, withdrawal (ID-1 to ID-7, ID-24, ID-60). */
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import type { By } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Instant } from '#node/world.ts'
import { sayEntered, sayWithdrawn } from './directory.commands.ts'
import { directoryChange, directoryEntry } from './directory.ts'
import {
  insertPerson,
  listPeople,
  lockPerson,
  setActiveUntil,
  setOneTimeCode,
  setRoles,
} from './person.store.ts'
import { findActiveKey, withdrawKey } from './personKey.store.ts'
import { deleteSessionsOf } from './session.store.ts'
import type { PersonSecrets } from './person.store.ts'
import { CODE_LIFE_MS, CODE_SIZE_BYTES, codeDigest, formatCode } from './oneTimeCode.ts'
import { isActive, permitOnOther, sortedRoles } from './person.ts'
import { MAY, ententeRule, permit } from '#node/kernel/permission.ts'
import type { Permission } from '#node/kernel/permission.ts'

export interface NewPerson {
  readonly id: string
  readonly office: string
  readonly organisation: string
  readonly roles: readonly Role[]
  /** By default now. */
  readonly activeFrom?: Instant
  readonly activeUntil?: Instant | null
}

/** A one-time code, shown once. */
export interface IssuedCode {
  readonly person: string
  readonly code: string
  readonly codeEndsAt: Instant
}

/** Enters a person. The code, which an administrator passes on, is the only way to a first password. */
export async function createPerson(act: Act, by: By, input: NewPerson): Promise<IssuedCode | Refusal> {
  const permitted = permit(by.roles, MAY['person.create'])
  return permitted === true ? enterPerson(act, by.personId, input) : permitted
}

/** Enters the first administrator; refused unless the node has no people. */
export async function enterFirstAdministrator(
  act: Act,
  input: Omit<NewPerson, 'roles'>,
): Promise<IssuedCode | Refusal> {
  if ((await listPeople(act.tx)).length > 0) return refuse('already_done', ententeRule('ID-14'))
  return enterPerson(act, 'node', { ...input, roles: ['administrator'] })
}

async function enterPerson(act: Act, by: string, input: NewPerson): Promise<IssuedCode | Refusal> {
  const now = act.world.now()
  const activeFrom = input.activeFrom ?? now
  const activeUntil = input.activeUntil ?? null
  if (activeUntil !== null && activeUntil <= Math.max(now, activeFrom)) {
    return refuse('invalid_input', ententeRule('ID-5'), 'activeUntil')
  }
  const issued = newCode(act, input.id)
  const roles = sortedRoles(input.roles, ROLES)
  const entered = await insertPerson(act.tx, {
    id: input.id,
    office: input.office,
    organisation: input.organisation,
    roles,
    activeFrom,
    activeUntil,
    password: null,
    oneTimeCode: codeDigest(issued.code),
    oneTimeCodeUntil: issued.codeEndsAt,
  })
  if (!entered) return refuse('id_taken', ententeRule('ID-1'), 'id')
  recordNational(act, { what: 'person.entered', person: input.id, office: input.office, roles, by })
  act.hint({ routes: 'identity', id: input.id })
  return issued
}

function newCode(act: Act, person: string): IssuedCode {
  const code = formatCode(act.world.random(CODE_SIZE_BYTES))
  return { person, code, codeEndsAt: act.world.now() + CODE_LIFE_MS }
}

/**
 * Replaces a person's roles, with effect from their next request; returns their id. Partners hear of changed
 * authorities.
 */
export async function changeRoles(
  act: Act,
  by: By,
  input: { readonly person: string; readonly roles: readonly Role[]; readonly reason: string },
): Promise<string | Refusal> {
  const person = await target(act, by, MAY['person.change_roles'], input.person)
  if ('refused' in person) return person
  const roles = sortedRoles(input.roles, ROLES)
  await setRoles(act.tx, person.id, roles)
  const key = await findActiveKey(act.tx, person.id)
  const change = directoryChange(person.roles, roles)
  if (key !== null && change === 'enter') await sayEntered(act, { ...person, roles }, key)
  if (key !== null && change === 'withdraw') await sayWithdrawn(act, person.id, key.keyId)
  recordNational(act, {
    what: 'person.roles_changed',
    person: person.id,
    roles,
    before: person.roles,
    reason: input.reason,
    by: by.personId,
  })
  act.hint({ routes: 'identity', id: person.id })
  return person.id
}

/**
 * Issues a one-time code to a person who lost their password. Their key, sealed under that password, is lost too: it is
 * withdrawn, and the next sign-in makes another.
 */
export async function renewCode(
  act: Act,
  by: By,
  input: { readonly person: string; readonly reason: string },
): Promise<IssuedCode | Refusal> {
  const person = await target(act, by, MAY['person.renew_code'], input.person)
  if ('refused' in person) return person
  const issued = newCode(act, person.id)
  await setOneTimeCode(act.tx, person.id, codeDigest(issued.code), issued.codeEndsAt)
  await endSessionsAndKey(act, person)
  const { reason } = input
  recordNational(act, { what: 'person.code_renewed', person: person.id, reason, by: by.personId })
  act.hint({ routes: 'identity', id: person.id })
  return issued
}

/** Ends a person's activity now; returns their id. Their record stays, and what they signed stays provable. */
export async function withdrawPerson(
  act: Act,
  by: By,
  input: { readonly person: string; readonly reason: string },
): Promise<string | Refusal> {
  const person = await target(act, by, MAY['person.withdraw'], input.person)
  if ('refused' in person) return person
  if (await isLastAdministrator(act, person)) return refuse('last_administrator', ententeRule('ID-7'))
  await setActiveUntil(act.tx, person.id, act.world.now())
  await endSessionsAndKey(act, person)
  const { reason } = input
  recordNational(act, { what: 'person.withdrawn', person: person.id, reason, by: by.personId })
  act.hint({ routes: 'identity', id: person.id })
  return person.id
}

/** Locks the person that a command is about, if the caller may use it on them. */
async function target(
  act: Act,
  by: By,
  permission: Permission,
  id: string,
): Promise<PersonSecrets | Refusal> {
  const permitted = permitOnOther(by, permission, id)
  if (permitted !== true) return permitted
  const person = await lockPerson(act.tx, id)
  if (person === null) return refuse('not_found')
  const { activeUntil } = person
  const isOver = activeUntil !== null && activeUntil <= act.world.now()
  return isOver ? refuse('person_withdrawn', ententeRule('ID-6')) : person
}

/** Ends a person's sessions and withdraws their active key. */
async function endSessionsAndKey(act: Act, person: PersonSecrets): Promise<void> {
  await deleteSessionsOf(act.tx, person.id, null)
  const key = await findActiveKey(act.tx, person.id)
  if (key === null) return
  await withdrawKey(act.tx, key.keyId, act.world.now())
  recordNational(act, { what: 'key.withdrawn', person: person.id, key: key.keyId })
  if (directoryEntry(person, key) !== null) await sayWithdrawn(act, person.id, key.keyId)
}

async function isLastAdministrator(act: Act, person: PersonSecrets): Promise<boolean> {
  if (!person.roles.includes('administrator')) return false
  const others = (await listPeople(act.tx)).filter(({ id }) => id !== person.id)
  return !others.some((other) => other.roles.includes('administrator') && isActive(other, act.world.now()))
}
