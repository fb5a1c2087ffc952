/** Authorities: the acts by which an office may bind the nation (ID-50). */
import type { Role } from './identity.ts'

/** Roles with their authorities; an absent role gives none. */
export type Authorities = Readonly<Partial<Record<Role, readonly string[]>>>

/** Joins the authorities of several pillars. */
export function joinAuthorities(parts: readonly Authorities[]): Authorities {
  const joined: Partial<Record<Role, string[]>> = {}
  for (const part of parts) {
    for (const [role, given] of Object.entries(part) as [Role, readonly string[]][])
      joined[role] = [...(joined[role] ?? []), ...given]
  }
  return joined
}
