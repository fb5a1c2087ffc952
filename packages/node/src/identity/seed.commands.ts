/** Enters the people of an exercise into an empty node, all with one password that is given explicitly (ID-14). */
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId } from '#node/federation/say.commands.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import type { Instant } from '#node/world.ts'
import { insertPerson, listPeople } from './person.store.ts'
import { parseScope } from './needToKnow.ts'
import { SALT_SIZE_BYTES, hashPassword } from './password.ts'
import { faultOf } from './password.commands.ts'
import { sortedRoles } from './person.ts'
import { insertClearance, insertGrant } from './rights.store.ts'
import { ententeRule } from '#node/kernel/permission.ts'
import type { IdentitySettings } from './settings.ts'

export interface ExercisePerson {
  readonly id: string
  readonly office: string
  readonly organisation: string
  readonly roles: readonly Role[]
  readonly clearance?: { readonly marking: string; readonly from: Instant; readonly until: Instant }
  /** `matter:<id>` or `category:<code>`. */
  readonly needToKnow?: readonly { readonly scope: string; readonly from: Instant; readonly until: Instant }[]
}

/** Enters the people of an exercise; refused unless the node has no people. */
export async function enterExercisePeople(
  acts: Acts,
  settings: IdentitySettings,
  people: readonly ExercisePerson[],
  password: string,
): Promise<{ entered: number } | Refusal> {
  const salts = await acts.run(async (act) => people.map(() => act.world.random(SALT_SIZE_BYTES)))
  const hashes: string[] = []
  for (const salt of salts) hashes.push(await hashPassword(password, salt, settings.password))
  return acts.run(async (act) => {
    if ((await listPeople(act.tx)).length > 0) return refuse('already_done', ententeRule('ID-14'))
    for (const [index, person] of people.entries()) {
      const refusal = await enter(act, settings, person, { text: password, hash: hashes[index] ?? '' })
      if (refusal !== null) return refusal
    }
    return { entered: people.length }
  })
}

async function enter(
  act: Act,
  settings: IdentitySettings,
  person: ExercisePerson,
  password: { readonly text: string; readonly hash: string },
): Promise<Refusal | null> {
  const { id, office, organisation } = person
  const roles = sortedRoles(person.roles, ROLES)
  const now = act.world.now()
  const entered = { id, office, organisation, roles, activeFrom: now, activeUntil: null }
  const fault = faultOf(entered, password.text, settings, 'password')
  if (fault !== null) return fault
  const isNew = await insertPerson(act.tx, {
    ...entered,
    password: password.hash,
    oneTimeCode: null,
    oneTimeCodeUntil: null,
  })
  if (!isNew) return refuse('id_taken', ententeRule('ID-1'), id)
  recordNational(act, { what: 'person.entered', person: id, office, roles, by: 'exercise' })
  const dated = { person: id, reason: 'EXERCISE', grantedBy: 'exercise', revokedAt: null }
  if (person.clearance !== undefined) {
    const { marking } = person.clearance
    if (!settings.markings.includes(marking)) return refuse('invalid_input', ententeRule('ID-40'), marking)
    await insertClearance(act.tx, { ...dated, ...person.clearance, id: newId(act) })
    recordNational(act, { what: 'clearance.granted', person: id, right: marking, by: 'exercise' })
  }
  for (const grant of person.needToKnow ?? []) {
    await insertGrant(act.tx, { ...dated, ...grant, scope: parseScope(grant.scope), id: newId(act) })
    recordNational(act, {
      what: 'need_to_know.granted',
      person: id,
      right: grant.scope,
      by: 'exercise',
    })
  }
  return null
}
