/** Need-to-know: grants over one matter or one category, with a reason and a validity period (ID-42 to ID-44). Pure. */
import { Malformed } from '#wire/json.ts'
import type { Instant } from '#node/world.ts'
import { isValidAt } from './clearance.ts'

export type Scope = { readonly matter: string } | { readonly category: string }

export interface Grant {
  readonly id: string
  readonly person: string
  readonly scope: Scope
  readonly reason: string
  readonly from: Instant
  readonly until: Instant
  readonly grantedBy: string
  readonly revokedAt: Instant | null
}

const SCOPE = /^(?:matter:([0-9a-f]{32})|category:([a-z0-9][a-z0-9_.-]{0,59}))$/

/** Reads `matter:<id>` or `category:<code>`. @throws Malformed `scope_invalid` */
export function parseScope(text: string): Scope {
  const match = SCOPE.exec(text)
  if (match?.[1] !== undefined) return { matter: match[1] }
  if (match?.[2] !== undefined) return { category: match[2] }
  throw new Malformed('scope_invalid', 'scope')
}

/** Writes a scope as `parseScope` reads it. */
export function formatScope(scope: Scope): string {
  return 'matter' in scope ? `matter:${scope.matter}` : `category:${scope.category}`
}

/** The grant that covers a matter at `now`, or the one of several that ends last; null if there is none. */
export function coveringGrant(
  grants: readonly Grant[],
  about: { readonly matter?: string; readonly category: string },
  now: Instant,
): Grant | null {
  const covering = grants.filter((grant) => isValidAt(grant, now) && covers(grant.scope, about))
  return covering.toSorted((a, b) => b.until - a.until || (a.id < b.id ? -1 : 1))[0] ?? null
}

function covers(scope: Scope, about: { readonly matter?: string; readonly category: string }): boolean {
  return 'matter' in scope ? scope.matter === about.matter : scope.category === about.category
}
