/** The rights of a person at an instant (ID-40 to ID-44). */
import type { Role } from '#api/identity.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import { clearanceAt, isValidAt } from './clearance.ts'
import type { ClearanceNow } from './clearance.ts'
import type { Grant } from './needToKnow.ts'
import { isActive } from './person.ts'
import { readRights } from './rights.store.ts'
import type { IdentitySettings } from './settings.ts'

export interface Rights {
  readonly roles: readonly Role[]
  readonly active: boolean
  readonly clearance: ClearanceNow | null
  /** The grants that are valid at that instant. */
  readonly needToKnow: readonly Grant[]
}

/** A person's rights at `now`; null if there is no such person. */
export async function rightsAt(
  reader: Reader,
  settings: Pick<IdentitySettings, 'markings'>,
  id: string,
  now: Instant,
): Promise<Rights | null> {
  const found = await readRights(reader, id)
  if (found === null) return null
  const { person, clearances, grants } = found
  return {
    roles: person.roles,
    active: isActive(person, now),
    clearance: clearanceAt(clearances, settings.markings, now),
    needToKnow: grants.filter((grant) => isValidAt(grant, now)),
  }
}
