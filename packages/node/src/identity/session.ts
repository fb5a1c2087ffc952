/** Sessions: their secret, their two ends, and what they give to a command (ID-25, ID-30, ID-31). Pure. */
import { createHash } from 'node:crypto'
import { signAct } from '#wire/personAct.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Instant } from '#node/world.ts'
import type { Person } from './person.ts'

export interface SessionLimits {
  /** Without a request for so long, a session ends. */
  readonly idleMs: number
  /** A session ends so long after sign-in, whatever happens. */
  readonly absoluteMs: number
}

/** 15 minutes idle, 8 hours in all. A watch station configures its own. */
export const SESSION_LIMITS: SessionLimits = { idleMs: 15 * 60_000, absoluteMs: 8 * 3_600_000 }

export const TOKEN_SIZE_BYTES = 32

/**
 * A session's sight of its last request is written at most this often, so that reading does not mean writing.
 */
const SEEN_STEP_MS = 30_000

export interface SessionTimes {
  readonly startedAt: Instant
  readonly seenAt: Instant
}

/** The instant at which a session ends if nothing more is asked. */
export function sessionEndsAt(session: SessionTimes, limits: SessionLimits): Instant {
  return Math.min(session.seenAt + limits.idleMs, session.startedAt + limits.absoluteMs)
}

/** Whether a session still stands. One from the future (a clock set back) does not. */
export function isLive(session: SessionTimes, limits: SessionLimits, now: Instant): boolean {
  return session.startedAt <= now && now < sessionEndsAt(session, limits)
}

/** Whether a request at `now` is worth writing down. */
export function isSeenStale(session: SessionTimes, now: Instant): boolean {
  return now - session.seenAt >= SEEN_STEP_MS
}

/** Writes a token for the cookie: base64url, 43 characters. */
export function formatToken(token: Uint8Array): string {
  return Buffer.from(token).toString('base64url')
}

/** Reads a token of a cookie; null when it is not exactly one. */
export function parseToken(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null
  const token = Buffer.from(text, 'base64url')
  return formatToken(token) === text ? token : null
}

/** What the database keeps of a token: its SHA-256, in hex. */
export function tokenHash(token: Uint8Array): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * What a command is given: the person as they stand at this request, and their hand. `unlock` gives the
 * private key (PKCS8) and is called only when something is signed.
 */
export function signedIn(nation: string, person: Person, keyId: string, unlock: () => Uint8Array): SignedIn {
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
          at: new Date(at).toISOString(),
          over,
        },
        unlock(),
      ),
  }
}
