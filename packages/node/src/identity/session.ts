/** Sessions: their token, their limits, and the signed-in person (ID-25, ID-30, ID-31). Pure. */
import { createHash } from 'node:crypto'
import { signAct } from '#wire/personAct.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { iso } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import type { Person } from './person.ts'

export interface SessionLimits {
  /** A session ends after this time without a request. */
  readonly idleMs: number
  /** A session ends at the latest this long after sign-in. */
  readonly absoluteMs: number
}

/** 15 minutes idle, 8 hours in all. A watch station configures longer ones. */
export const SESSION_LIMITS: SessionLimits = { idleMs: 15 * 60_000, absoluteMs: 8 * 3_600_000 }

export const TOKEN_SIZE_BYTES = 32

/** How often `seenAt` is written at most, so that not every read is a write. */
const SEEN_INTERVAL_MS = 30_000

export interface SessionTimes {
  readonly startedAt: Instant
  /** The last request, to within half a minute. */
  readonly seenAt: Instant
}

/** When a session ends if there is no further request. */
export function sessionEndsAt(session: SessionTimes, limits: SessionLimits): Instant {
  return Math.min(session.seenAt + limits.idleMs, session.startedAt + limits.absoluteMs)
}

/** True if the session is live at `now`. A session that starts after `now` (the clock was set back) is not. */
export function isLive(session: SessionTimes, limits: SessionLimits, now: Instant): boolean {
  return session.startedAt <= now && now < sessionEndsAt(session, limits)
}

/** Whether a request at `now` should update `seenAt`. */
export function isSeenStale(session: SessionTimes, now: Instant): boolean {
  return now - session.seenAt >= SEEN_INTERVAL_MS
}

/** Encodes a token for the cookie: base64url, 43 characters. */
export function formatToken(token: Uint8Array): string {
  return Buffer.from(token).toString('base64url')
}

/** Decodes a cookie's token; null if it is malformed. */
export function parseToken(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null
  const token = Buffer.from(text, 'base64url')
  return formatToken(token) === text ? token : null
}

/** The hash of a token that the database stores: SHA-256 in hex. */
export function tokenHash(token: Uint8Array): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The signed-in person with their current roles. `unseal` returns the private key (PKCS8); called only to sign. */
export function signedIn(nation: string, person: Person, keyId: string, unseal: () => Uint8Array): SignedIn {
  return {
    personId: person.id,
    office: person.office,
    organisation: person.organisation,
    roles: person.roles,
    sign: (act, over, at) =>
      signAct(
        {
          v: 1,
          act,
          nation,
          person: person.id,
          office: person.office,
          key: keyId,
          at: iso(at),
          over,
        },
        unseal(),
      ),
  }
}
