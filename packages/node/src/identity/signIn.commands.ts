/** Sign-in, sign-out, and the session behind a request (ID-13, ID-15, ID-16, ID-20 to ID-22, ID-30 to ID-32). */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import { iso } from '#node/world.ts'
import { sayEntered } from './directory.commands.ts'
import { findPerson, lockPerson } from './person.store.ts'
import { findActiveKey, insertKey } from './personKey.store.ts'
import {
  deleteSession,
  deleteSessionsOf,
  findSession,
  insertSession,
  sweepSessions,
  touchSession,
} from './session.store.ts'
import { clearFailures, putFailures, lockFailures } from './signInFailure.store.ts'
import type { PersonSecrets } from './person.store.ts'
import type { StoredSession } from './session.store.ts'
import { failed, isLocked } from './lockout.ts'
import type { Failures } from './lockout.ts'
import { SALT_SIZE_BYTES } from './password.ts'
import {
  NONCE_SIZE_BYTES,
  SEED_SIZE_BYTES,
  createPersonKey,
  sealUnderPassword,
  sealUnderToken,
  unsealUnderPassword,
  unsealUnderToken,
} from './personKey.ts'
import { isActive } from './person.ts'
import { ententeRule } from '#node/kernel/permission.ts'
import {
  TOKEN_SIZE_BYTES,
  formatToken,
  isLive,
  isSeenStale,
  parseToken,
  signedIn,
  tokenHash,
} from './session.ts'
import type { IdentitySettings } from './settings.ts'
import { provePassword } from './signIn.ts'
import type { SignInFacts, SignInProof } from './signIn.ts'

/** A new session. `token` goes into the cookie and nowhere else. */
export interface Started {
  readonly token: string
  readonly session: StoredSession
}

/** Signs a person in: reads in one act, derives outside any transaction, and decides in a second act. */
export async function performSignIn(
  acts: Acts,
  settings: IdentitySettings,
  person: string,
  password: string,
): Promise<Started | Refusal> {
  const facts = await acts.run((act) => readSignInFacts(act, person))
  const proof = await provePassword(facts, password, settings.password)
  return acts.run((act) => signIn(act, settings, facts, proof))
}

/** Reads what the check of a claimed person's password needs. */
export async function readSignInFacts(act: Act, person: string): Promise<SignInFacts> {
  const found = await findPerson(act.tx, person)
  const key = found === null ? null : await findActiveKey(act.tx, person)
  const sealed = key?.sealed ?? null
  return {
    person,
    stored: found?.password ?? null,
    key: key === null || sealed === null ? null : { owner: { person, keyId: key.keyId }, sealed },
    salt: act.world.random(SALT_SIZE_BYTES),
  }
}

/** Decides a sign-in. A failure is refused, counted and recorded. */
async function signIn(
  act: Act,
  settings: IdentitySettings,
  facts: SignInFacts,
  proof: SignInProof,
): Promise<Started | Refusal> {
  const failures = await lockFailures(act.tx, facts.person)
  if (isLocked(failures, act.world.now())) return refuse('locked_out', ententeRule('ID-15'))
  const person = await lockPerson(act.tx, facts.person)
  const isCurrent = person !== null && isActive(person, act.world.now()) && person.password === facts.stored
  if (!isCurrent || !proof.matches) {
    return countFailure(act, settings, facts.person, { failures, known: person !== null, step: 'sign_in' })
  }
  await clearFailures(act.tx, person.id)
  const key = await openKey(act, person, facts, proof)
  if (isRefusal(key)) return key
  return startSession(act, settings, person, key)
}

interface Failure {
  readonly failures: Failures
  /** Whether the person exists: a name that nobody has is not written to the national log. */
  readonly known: boolean
  readonly step: 'sign_in' | 'first_password' | 'password'
}

/** Counts and records a failure; returns a refusal that commits both. */
export async function countFailure(
  act: Act,
  settings: IdentitySettings,
  person: string,
  failure: Failure,
): Promise<Refusal> {
  const now = act.world.now()
  const next = failed(failure.failures, now, settings.lockout)
  await putFailures(act.tx, person, next, now - settings.lockout.forgetAfterMs)
  recordNational(act, {
    what: 'sign_in.failed',
    step: failure.step,
    person: failure.known ? person : null,
    failures: next.count,
    locked_until: isLocked(next, now) ? iso(next.lockedUntil) : null,
  })
  return withRecord(refuse('wrong_credentials', ententeRule('ID-13')))
}

interface OpenKey {
  readonly keyId: string
  readonly privateKey: Uint8Array
}

/** Unseals the person's key; at the first sign-in, makes one and enters it in the directory. */
async function openKey(
  act: Act,
  person: PersonSecrets,
  facts: SignInFacts,
  proof: SignInProof,
): Promise<OpenKey | Refusal> {
  const active = await findActiveKey(act.tx, person.id)
  if ((active?.sealed ?? null) !== (facts.key?.sealed ?? null)) return refuse('unavailable')
  if (facts.key !== null) {
    const privateKey = unsealUnderPassword(facts.key.sealed, facts.key.owner, proof.secret)
    return { keyId: facts.key.owner.keyId, privateKey }
  }
  const key = createPersonKey(act.world.random(SEED_SIZE_BYTES))
  const owner = { person: person.id, keyId: key.keyId }
  const nonce = act.world.random(NONCE_SIZE_BYTES)
  await insertKey(act.tx, {
    keyId: key.keyId,
    person: person.id,
    publicKey: key.publicKey,
    sealed: sealUnderPassword(key.privateKey, owner, proof.derivation, proof.secret, nonce),
    madeAt: act.world.now(),
    withdrawnAt: null,
  })
  recordNational(act, { what: 'key.made', person: person.id, key: key.keyId })
  await sayEntered(act, person, key)
  act.hint({ routes: 'identity', id: person.id })
  return key
}

async function startSession(
  act: Act,
  settings: IdentitySettings,
  person: PersonSecrets,
  key: OpenKey,
): Promise<Started> {
  const now = act.world.now()
  await sweepSessions(act.tx, now - settings.session.idleMs, now - settings.session.absoluteMs)
  const token = act.world.random(TOKEN_SIZE_BYTES)
  const owner = { person: person.id, keyId: key.keyId }
  const session = {
    tokenHash: tokenHash(token),
    person: person.id,
    keyId: key.keyId,
    sealed: sealUnderToken(key.privateKey, owner, token, act.world.random(NONCE_SIZE_BYTES)),
    startedAt: now,
    seenAt: now,
  }
  await insertSession(act.tx, session)
  recordNational(act, { what: 'session.started', person: person.id, key: key.keyId })
  return { token: formatToken(token), session }
}

/** The person behind a session cookie, with their current roles; null if the session has ended. Counts as a request. */
export async function resumeSession(
  act: Act,
  settings: IdentitySettings,
  cookie: string,
): Promise<SignedIn | null> {
  const token = parseToken(cookie)
  const session = await findLiveSession(act, settings, cookie)
  if (token === null || session === null) return null
  const now = act.world.now()
  const person = await findPerson(act.tx, session.person)
  const key = await findActiveKey(act.tx, session.person)
  if (person === null || !isActive(person, now) || key?.keyId !== session.keyId) {
    await deleteSession(act.tx, session.tokenHash)
    return null
  }
  if (isSeenStale(session, now)) await touchSession(act.tx, session.tokenHash, now)
  const owner = { person: session.person, keyId: session.keyId }
  return signedIn(act.nation, person, session.keyId, () => unsealUnderToken(session.sealed, owner, token))
}

/** The session of a cookie; null if either limit has ended it. */
export async function findLiveSession(
  act: Act,
  settings: IdentitySettings,
  cookie: string,
): Promise<StoredSession | null> {
  const token = parseToken(cookie)
  const session = token === null ? null : await findSession(act.tx, tokenHash(token))
  if (session === null) return null
  if (isLive(session, settings.session, act.world.now())) return session
  await deleteSession(act.tx, session.tokenHash)
  return null
}

/** Deletes the session of a cookie that is about to be replaced. */
export async function dropSession(act: Act, cookie: string): Promise<void> {
  const token = parseToken(cookie)
  if (token !== null) await deleteSession(act.tx, tokenHash(token))
}

/** Ends the session of a cookie. */
export async function signOut(act: Act, by: SignedIn, cookie: string): Promise<void> {
  await dropSession(act, cookie)
  recordNational(act, { what: 'session.ended', person: by.personId })
}

/** Ends every session of a person; returns how many there were. */
export async function signOutEverywhere(act: Act, by: SignedIn): Promise<number> {
  const ended = await deleteSessionsOf(act.tx, by.personId, null)
  recordNational(act, { what: 'session.ended_everywhere', person: by.personId, sessions: ended })
  return ended
}
