/** The names of roles in the reader's language. */
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { useText } from '../i18n/index.ts'

function isRole(value: string): value is Role {
  return ROLES.some((role) => role === value)
}

/** Gives the name of a role by its code. */
export function useRoleName(): (role: string) => string {
  const t = useText('identity')
  return (role) => (isRole(role) ? t(role) : role)
}
