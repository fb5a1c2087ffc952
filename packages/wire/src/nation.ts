/** Nations by their ISO 3166-1 alpha-2 code, and the names of what they sign. */
import { z } from 'zod'

/** Two capital letters, for example `JP`. */
export const Nation = z.string().regex(/^[A-Z]{2}$/)
export type Nation = z.infer<typeof Nation>

/** The name under which a nation's node signs what it says to `to` (LOG origin). */
export function linkOrigin(from: Nation, to: Nation): string {
  return `${from.toLowerCase()}.entente/link/${to.toLowerCase()}`
}

/** The name of a nation's national log. */
export function nationalOrigin(nation: Nation): string {
  return `${nation.toLowerCase()}.entente/national`
}

/** The name under which a nation's node cosigns. */
export function witnessName(nation: Nation): string {
  return `${nation.toLowerCase()}.entente/witness`
}
