/** Sets the first password with a one-time code, and changes a password (ID-12, ID-14, ID-16, ID-23). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import { lockPerson, setPassword } from './person.store.ts'
import { findActiveKey, resealKey } from './personKey.store.ts'
import { deleteSessionsOf } from './session.store.ts'
import { clearFailures, lockFailures } from './signInFailure.store.ts'
import type { PersonSecrets } from './person.store.ts'
import { isLocked } from './lockout.ts'
import { isCode } from './oneTimeCode.ts'
import { SALT_SIZE_BYTES, derive, formatPhc, passwordFault } from './password.ts'
import type { Phc } from './password.ts'
import { isActive } from './person.ts'
import type { Person } from './person.ts'
import { NONCE_SIZE_BYTES, sealUnderPassword, unsealUnderPassword } from './personKey.ts'
import { ententeRule } from '#node/kernel/permission.ts'
import { parseToken, tokenHash } from './session.ts'
import type { IdentitySettings } from './settings.ts'
import { provePassword } from './signIn.ts'
import type { SignInFacts, SignInProof } from './signIn.ts'
import { countFailure, readSignInFacts } from './signIn.commands.ts'

interface NewPassword {
  readonly text: string
  readonly hash: string
}

/** Sets the first password of a person who presents the one-time code. */
export async function performFirstPassword(
  acts: Acts,
  settings: IdentitySettings,
  input: { readonly person: string; readonly code: string; readonly password: string },
): Promise<Record<never, never> | Refusal> {
  const salt = await acts.run(async (act) => act.world.random(SALT_SIZE_BYTES))
  const hash = await derive(input.password, salt, settings.password)
  const next = { text: input.password, hash: formatPhc({ profile: settings.password, salt, hash }) }
  return acts.run((act) => setFirstPassword(act, settings, input, next))
}

async function setFirstPassword(
  act: Act,
  settings: IdentitySettings,
  input: { readonly person: string; readonly code: string },
  next: NewPassword,
): Promise<Record<never, never> | Refusal> {
  const failures = await lockFailures(act.tx, input.person)
  const now = act.world.now()
  if (isLocked(failures, now)) return refuse('locked_out', ententeRule('ID-15'))
  const person = await lockPerson(act.tx, input.person)
  if (person === null || !isActive(person, now) || !hasCode(person, input.code, now)) {
    return countFailure(act, settings, input.person, {
      failures,
      known: person !== null,
      step: 'first_password',
    })
  }
  const fault = faultOf(person, next.text, settings, 'password')
  if (fault !== null) return fault
  await clearFailures(act.tx, person.id)
  await setPassword(act.tx, person.id, next.hash)
  recordNational(act, { what: 'password.set', person: person.id })
  return {}
}

function hasCode(person: PersonSecrets, code: string, now: number): boolean {
  const digest = person.oneTimeCode
  return (
    digest !== null &&
    person.oneTimeCodeUntil !== null &&
    now < person.oneTimeCodeUntil &&
    isCode(code, digest)
  )
}

/** The refusal of a password that breaks the rules, or null. */
export function faultOf(
  person: Person,
  password: string,
  settings: IdentitySettings,
  place: string,
): Refusal | null {
  const own = [person.id, person.office, person.organisation, 'password', 'entente']
  const fault = passwordFault(password, own, settings.passwordLengthMin)
  return fault === null ? null : refuse(`password_${fault}`, ententeRule('ID-12'), place)
}

/** Changes the caller's password: seals their key under the new one and ends their other sessions. */
export async function performPasswordChange(
  acts: Acts,
  settings: IdentitySettings,
  by: SignedIn,
  cookie: string,
  input: { readonly current: string; readonly next: string },
): Promise<Record<never, never> | Refusal> {
  const facts = await acts.run((act) => readSignInFacts(act, by.personId))
  const salt = await acts.run(async (act) => act.world.random(SALT_SIZE_BYTES))
  const proof = await provePassword(facts, input.current, settings.password)
  const seal = { profile: settings.password, salt: facts.salt }
  const [hash, secret] = await Promise.all([
    derive(input.next, salt, settings.password),
    derive(input.next, seal.salt, settings.password),
  ])
  const next = { text: input.next, hash: formatPhc({ profile: settings.password, salt, hash }) }
  return acts.run((act) => changePassword(act, settings, { facts, proof, next, seal, secret, cookie }))
}

interface Change {
  readonly facts: SignInFacts
  readonly proof: SignInProof
  readonly next: NewPassword
  /** The derivation that seals the key from now on. */
  readonly seal: Omit<Phc, 'hash'>
  /** Its 32 bytes. */
  readonly secret: Uint8Array
  readonly cookie: string
}

async function changePassword(
  act: Act,
  settings: IdentitySettings,
  change: Change,
): Promise<Record<never, never> | Refusal> {
  const { facts, proof } = change
  const failures = await lockFailures(act.tx, facts.person)
  if (isLocked(failures, act.world.now())) return refuse('locked_out', ententeRule('ID-15'))
  const person = await lockPerson(act.tx, facts.person)
  if (person === null || person.password !== facts.stored || !proof.matches) {
    return countFailure(act, settings, facts.person, { failures, known: person !== null, step: 'password' })
  }
  const fault = faultOf(person, change.next.text, settings, 'next')
  if (fault !== null) return fault
  const key = await findActiveKey(act.tx, person.id)
  if (facts.key === null || key?.sealed !== facts.key.sealed) return refuse('unavailable')
  const { owner, sealed } = facts.key
  const privateKey = unsealUnderPassword(sealed, owner, proof.secret)
  const nonce = act.world.random(NONCE_SIZE_BYTES)
  await resealKey(
    act.tx,
    owner.keyId,
    sealUnderPassword(privateKey, owner, change.seal, change.secret, nonce),
  )
  await clearFailures(act.tx, person.id)
  await setPassword(act.tx, person.id, change.next.hash)
  const token = parseToken(change.cookie)
  const ended = await deleteSessionsOf(act.tx, person.id, token === null ? null : tokenHash(token))
  recordNational(act, { what: 'password.changed', person: person.id, sessions_ended: ended })
  return {}
}
