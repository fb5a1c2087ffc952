/** Who is signed in, and what happens to the screen when that changes. */
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

/** The session as the node sees it. A node that cannot be reached changes nothing about who is here. */
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

/** The person whose replies fill the cache. */
let personHere: string | null = null

/** When another person signs in, nothing that the person before was shown is left. */
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

/** Nothing is read again in between: the ended session would bring up the sign-in first. */
async function leave(to: string): Promise<void> {
  await call(identity.signOut, {})
  location.assign(to)
}

/**
 * Signs out, and goes to the desk or to what the next person is to see. The page is loaded anew, so that
 * nothing shown stays in memory.
 */
export function useSignOut(): (to?: string) => void {
  return (to = HOME) => void leave(to)
}
