/** The authority that an office gives: what a signature of whoever holds it binds the nation to (ID-50). */
import type { Role } from './identity.ts'

/** Roles with their authorities; a role that is not there gives none. */
export type Authorities = Readonly<Partial<Record<Role, readonly string[]>>>

/** The authorities of several rooms and pillars together. */
export function joinAuthorities(parts: readonly Authorities[]): Authorities {
  const joined: Partial<Record<Role, string[]>> = {}
  for (const part of parts) {
    for (const [role, given] of Object.entries(part) as [Role, readonly string[]][])
      joined[role] = [...(joined[role] ?? []), ...given]
  }
  return joined
}
