/** Who is calling: what a session gives to a command, and what a request gives to a route. */
import type { SignedAct } from '#wire/personAct.ts'
import type { ActName } from '#wire/pillars.ts'
import type { Instant } from '#node/world.ts'

/** A person with a live session; `sign` uses their own key, which only the bearer of the session can unlock. */
export interface SignedIn {
  readonly personId: string
  readonly office: string
  readonly organisation: string
  readonly roles: readonly string[]
  /** Signs an act over a digest (`sha384:…`) at an instant. */
  sign(act: ActName, over: string, at: Instant): SignedAct
}

/** One request of one of our own clients. */
export interface Caller {
  readonly session: SignedIn | null
  /** The secret of the session cookie, for signing out; never logged. */
  readonly token: string | null
  readonly request: Request
  /** Sets or clears (null) the session cookie of the reply. */
  setToken(token: string | null): void
  /** The client's own key for an act that must not happen twice, and the digest of what it asks for. */
  readonly once: { readonly key: string; readonly request: string } | null
}

/** A caller of a route that needs a session. */
export type PersonCaller = Caller & { readonly session: SignedIn }
