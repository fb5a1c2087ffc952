/** Who is signed in, and what the console does when that changes. */
import { useQuery } from '@tanstack/react-query'
import { identity } from '#api/identity.ts'
import type { Me } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { RefusedError, call } from './client.ts'
import { HOME } from './paths.ts'
import { isSignedOut, queryClient, queryKeyOf, refresh } from './queries.ts'

const KEY = queryKeyOf(identity.me, {})

export type SessionState =
  | { readonly state: 'unknown' }
  | { readonly state: 'nobody' }
  | { readonly state: 'unreachable'; readonly error: unknown }
  | { readonly state: 'somebody'; readonly me: Me }

/** The session according to the node. If the node cannot be reached, the person stays signed in here. */
export function useSession(): SessionState {
  const { data, error } = useQuery<Me | null>({ queryKey: KEY, queryFn: ({ signal }) => readSession(signal) })
  if (data === null) return { state: 'nobody' }
  if (data !== undefined) return { state: 'somebody', me: data }
  return error === null ? { state: 'unknown' } : { state: 'unreachable', error }
}

/** Null if nobody is signed in. */
async function readSession(signal: AbortSignal): Promise<Me | null> {
  const reply = await call(identity.me, {}, { signal })
  if (!isRefusal(reply)) {
    forgetOthers(reply)
    return reply
  }
  if (isSignedOut(reply)) return null
  throw new RefusedError(reply)
}

/** The person whose replies are in the cache. */
let personHere: string | null = null

/** Clears the cache when another person signs in. */
function forgetOthers(me: Me): void {
  if (personHere !== null && personHere !== me.person.id) {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== identity.me.name })
  }
  personHere = me.person.id
}

/** Shows the console to a person who has just signed in. */
export async function enterSession(me: Me): Promise<void> {
  forgetOthers(me)
  queryClient.setQueryData(KEY, me)
  await refresh(() => true)
}

/** Signs out without a refetch, which would show the sign-in page before the new page loads. */
async function leave(to: string): Promise<void> {
  await call(identity.signOut, {})
  location.assign(to)
}

/** Signs out, then loads the desk or the given page from scratch, so that nothing shown stays in memory. */
export function useSignOut(): (to?: string) => void {
  return (to = HOME) => void leave(to)
}
