/** Who is calling: the signed-in person that a command gets, and the caller that a route handler gets. */
import type { SignedAct } from '#wire/personAct.ts'
import type { ActName } from '#wire/pillars.ts'
import type { Instant } from '#node/world.ts'

/** A person with a live session. `sign` uses their own key, which only the bearer of the session token can unseal. */
export interface SignedIn {
  readonly personId: string
  readonly office: string
  readonly organisation: string
  readonly roles: readonly string[]
  /** Makes a signed act over a digest (`sha384:…`). */
  sign(act: ActName, over: string, at: Instant): SignedAct
}

/** The person whose permissions a command or a view checks. */
export type By = Pick<SignedIn, 'personId' | 'roles'>

/** One request of one of our own clients. */
export interface Caller {
  readonly session: SignedIn | null
  /** The session cookie's secret, needed to sign out; never logged. */
  readonly token: string | null
  readonly request: Request
  /** Sets the session cookie of the reply, or clears it (null). */
  setToken(token: string | null): void
  /** The client's idempotency key, and the digest of the request. */
  readonly once: { readonly key: string; readonly request: string } | null
}

/** A caller of a route that needs a session. */
export type PersonCaller = Caller & { readonly session: SignedIn }
