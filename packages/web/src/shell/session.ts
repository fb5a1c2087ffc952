/** Who is signed in. */
import { identity } from '#api/identity.ts'
import type { Me } from '#api/identity.ts'
import { queryClient, refusalOf, useAct, useRoute } from '../queries.ts'

export type SessionState =
  | { readonly state: 'unknown' }
  | { readonly state: 'nobody' }
  | { readonly state: 'unreachable'; readonly error: unknown }
  | { readonly state: 'somebody'; readonly me: Me }

/** The session as the node sees it. */
export function useSession(): SessionState {
  const reply = useRoute(identity.me, {})
  const code = refusalOf(reply.error)?.reasons[0].code
  if (code === 'not_signed_in' || code === 'session_expired') return { state: 'nobody' }
  if (reply.data !== undefined) return { state: 'somebody', me: reply.data }
  if (code !== undefined) return { state: 'unreachable', error: reply.error }
  return { state: 'unknown' }
}

/** Forgets all that was read for the last person, and asks the node who is there now. */
export async function changeSession(): Promise<void> {
  await queryClient.resetQueries()
}

/** Signs out, and forgets what was on the screen. */
export function useSignOut(): () => void {
  const act = useAct(identity.signOut)
  const leave = async (): Promise<void> => {
    await act.run({})
    await changeSession()
  }
  return () => void leave()
}
