/**
 * Signature suites as data, their keys, and signing with domain separation (SUITE-3 to SUITE-8, SUITE-10,
 * SUITE-11). Keys are derived from 32-byte seeds, so that a seeded world has the same keys in every run.
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { decodeBase64, encodeBase64 } from './digest.ts'
import { Malformed } from './json.ts'

/** A signature algorithm, by the name that node:crypto and the suites use. */
export type Algorithm = 'ed25519' | 'ml-dsa-87'

/** The name of a suite, as written in keys, cards and signatures. */
export type SuiteName = 'ed25519' | 'ed25519+ml-dsa-87'

/** What is signed. A signature made for one domain never verifies in another (SUITE-6). */
export type Domain = 'note' | 'cosignature' | 'act' | 'card'

/** Sizes of an algorithm's public key and signature in bytes. Its seed has 32 bytes. */
export interface AlgorithmFacts {
  readonly publicKeySizeBytes: number
  readonly signatureSizeBytes: number
}

/** The algorithms that a suite may name. */
export const algorithms: Readonly<Record<Algorithm, AlgorithmFacts>> = {
  ed25519: { publicKeySizeBytes: 32, signatureSizeBytes: 64 },
  'ml-dsa-87': { publicKeySizeBytes: 2592, signatureSizeBytes: 4627 },
}

/** The suites: every algorithm listed must sign, in this order, and every one must verify (SUITE-4). */
export const suites: Readonly<Record<SuiteName, readonly Algorithm[]>> = {
  ed25519: ['ed25519'],
  'ed25519+ml-dsa-87': ['ed25519', 'ml-dsa-87'],
}

/** The suite of a new node. */
export const defaultSuite: SuiteName = 'ed25519+ml-dsa-87'

/** Bytes in the seed of one algorithm's key. */
const SEED_SIZE_BYTES = 32

/** The public key of one algorithm: its raw bytes and the handle that verifies. */
export interface PublicKey {
  readonly algorithm: Algorithm
  readonly bytes: Uint8Array
  readonly handle: KeyObject
}

/** The key pair of one algorithm. `seed` is the secret that determines all of it. */
export interface KeyPair {
  readonly seed: Uint8Array
  readonly privateHandle: KeyObject
  readonly publicKey: PublicKey
}

/** Key pairs of all algorithms of a suite, in its order. */
export interface SuiteKeys {
  readonly suite: SuiteName
  readonly pairs: readonly KeyPair[]
}

/** Public keys of all algorithms of a suite, in its order. */
export interface SuitePublicKeys {
  readonly suite: SuiteName
  readonly keys: readonly PublicKey[]
}

/** A signer of notes: a key name and the keys of a suite. */
export interface Signer {
  readonly name: string
  readonly suite: SuiteName
  readonly keys: SuiteKeys
}

/** An expected signer: a key name and the public keys of a suite. */
export interface Verifier {
  readonly name: string
  readonly suite: SuiteName
  readonly keys: SuitePublicKeys
}

/** Why a signature or a proof does not verify. The codes are in spec/suite.md and spec/log.md. */
export type VerifyCode =
  | 'text_reserved'
  | 'signature_missing'
  | 'signature_invalid'
  | 'suite_downgraded'
  | 'suite_mismatch'
  | 'origin_mismatch'
  | 'time_mismatch'
  | 'inclusion_invalid'
  | 'cosigners_too_few'

/** The outcome of a verification: the verified value, or a code. */
export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: VerifyCode }

/** Returns `sizeBytes` unpredictable bytes, as `World.random` does. */
export type Random = (sizeBytes: number) => Uint8Array

/** True if `name` is a known suite. */
export function isSuiteName(name: unknown): name is SuiteName {
  return typeof name === 'string' && Object.hasOwn(suites, name)
}

/** The suite of that name. Throws `suite_unknown` for any other name (SUITE-5). */
export function suiteNamed(name: string, place = 'suite'): SuiteName {
  if (!isSuiteName(name)) throw new Malformed('suite_unknown', place)
  return name
}

/** New keys for a suite: one 32-byte seed from `random` for each algorithm, in suite order. */
export function generateSuiteKeys(suite: SuiteName, random: Random): SuiteKeys {
  return keysOfSeeds(
    suite,
    suites[suite].map(() => random(SEED_SIZE_BYTES)),
  )
}

/** The public half of keys. */
export function publicKeysOf(keys: SuiteKeys): SuitePublicKeys {
  return { suite: keys.suite, keys: keys.pairs.map((pair) => pair.publicKey) }
}

/** A signer of that name. */
export function signerOf(name: string, keys: SuiteKeys): Signer {
  return { name, suite: keys.suite, keys }
}

/** A verifier of that name. */
export function verifierOf(name: string, keys: SuitePublicKeys): Verifier {
  return { name, suite: keys.suite, keys }
}

/** Private keys as text for the node's own folder: `private:<suite>:<seed>[:<seed>]` in base64. Secret. */
export function exportPrivateKeys(keys: SuiteKeys): string {
  return ['private', keys.suite, ...keys.pairs.map((pair) => encodeBase64(pair.seed))].join(':')
}

/** The inverse of `exportPrivateKeys`. Throws `suite_unknown`, `key_malformed` or `base64_malformed`. */
export function importPrivateKeys(text: string): SuiteKeys {
  const { suite, parts } = splitKeyText(text, 'private')
  const seeds = parts.map((part) => decodeBase64(part, 'private key'))
  if (seeds.some((seed) => seed.length !== SEED_SIZE_BYTES)) {
    throw new Malformed('key_malformed', 'private key')
  }
  return keysOfSeeds(suite, seeds)
}

/** Public keys as text: `public:<suite>:<key>[:<key>]`, each the raw key in base64 (SUITE-8). */
export function exportPublicKeys(keys: SuitePublicKeys): string {
  return ['public', keys.suite, ...keys.keys.map((key) => encodeBase64(key.bytes))].join(':')
}

/** The inverse of `exportPublicKeys`. Throws `suite_unknown`, `key_malformed` or `base64_malformed`. */
export function importPublicKeys(text: string): SuitePublicKeys {
  const { suite, parts } = splitKeyText(text, 'public')
  const keys = suites[suite].map((algorithm, position) =>
    publicKeyOf(algorithm, decodeBase64(parts[position]!, `${algorithm} key`)),
  )
  return { suite, keys }
}

/** The public key of raw bytes. Throws `key_malformed` for a wrong length. */
export function publicKeyOf(algorithm: Algorithm, bytes: Uint8Array): PublicKey {
  if (bytes.length !== algorithms[algorithm].publicKeySizeBytes) {
    throw new Malformed('key_malformed', `${algorithm} key`)
  }
  const key = Buffer.from(bytes)
  const handle = createPublicKey({ key, format: 'raw-public', asymmetricKeyType: algorithm })
  return { algorithm, bytes, handle }
}

/** The signature of one algorithm over `bytes` for `domain`. */
export function signBytes(pair: KeyPair, domain: Domain, bytes: Uint8Array): Uint8Array {
  return sign(null, messageOf(domain, bytes), optionsOf(pair.privateHandle, pair.publicKey.algorithm, domain))
}

/** `signBytes` on the thread pool, because ML-DSA-87 would block the event loop for over a millisecond. */
export function signBytesAsync(pair: KeyPair, domain: Domain, bytes: Uint8Array): Promise<Uint8Array> {
  const options = optionsOf(pair.privateHandle, pair.publicKey.algorithm, domain)
  return new Promise((resolve, reject) => {
    sign(null, messageOf(domain, bytes), options, (error, signature) => {
      if (error) reject(error)
      else resolve(signature)
    })
  })
}

/** True if `signature` is that key's over `bytes` for `domain`. A malformed signature is false. */
export function verifyBytes(
  key: PublicKey,
  domain: Domain,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== algorithms[key.algorithm].signatureSizeBytes) return false
  return verify(null, messageOf(domain, bytes), optionsOf(key.handle, key.algorithm, domain), signature)
}

/** The domains of detached signatures, which stand beside what they sign and not in a note. */
export type DetachedDomain = 'act' | 'card'

/** A detached signature by all algorithms of the suite, as text: `<suite>:<signature>[:<signature>]`. */
export function signDetached(keys: SuiteKeys, domain: DetachedDomain, bytes: Uint8Array): string {
  const signatures = keys.pairs.map((pair) => encodeBase64(signBytes(pair, domain, bytes)))
  return [keys.suite, ...signatures].join(':')
}

/**
 * Verifies a detached signature against the keys of the suite that is expected of its signer. A text that
 * names another known suite is `suite_mismatch`, one that lacks an algorithm `suite_downgraded`.
 * Throws `suite_unknown`, `signature_malformed` or `base64_malformed`.
 */
export function verifyDetached(
  keys: SuitePublicKeys,
  domain: DetachedDomain,
  bytes: Uint8Array,
  signature: string,
): Verdict<SuiteName> {
  const [suiteText = '', ...parts] = signature.split(':')
  const suite = suiteNamed(suiteText, 'signature suite')
  const signatures = parts.map((part) => decodeBase64(part, 'signature'))
  if (signatures.length > keys.keys.length) throw new Malformed('signature_malformed', 'signature')
  if (suite !== keys.suite) return { ok: false, code: 'suite_mismatch' }
  if (signatures.length < keys.keys.length) return { ok: false, code: 'suite_downgraded' }
  const good = keys.keys.every((key, position) => verifyBytes(key, domain, bytes, signatures[position]!))
  return good ? { ok: true, value: suite } : { ok: false, code: 'signature_invalid' }
}

/** First lines that no note text may have, because they open the messages of other domains. */
export const reservedFirstLines: readonly string[] = ['cosignature/v1', 'entente act v1', 'entente card v1']

const prefixes: Readonly<Record<Domain, Buffer>> = {
  note: Buffer.alloc(0),
  cosignature: Buffer.alloc(0),
  act: Buffer.from('entente act v1\n'),
  card: Buffer.from('entente card v1\n'),
}

const contexts: Readonly<Record<Domain, Buffer>> = {
  note: Buffer.from('entente.int/ml-dsa-87'),
  cosignature: Buffer.from('entente.int/ml-dsa-87-cosignature'),
  act: Buffer.from('entente.int/ml-dsa-87-act'),
  card: Buffer.from('entente.int/ml-dsa-87-card'),
}

function messageOf(domain: Domain, bytes: Uint8Array): Uint8Array {
  const prefix = prefixes[domain]
  return prefix.length === 0 ? bytes : Buffer.concat([prefix, bytes])
}

// C2SP fixes plain Ed25519, which has no context, so the first line of the message separates the domains.
// ML-DSA has a context as well.
function optionsOf(
  handle: KeyObject,
  algorithm: Algorithm,
  domain: Domain,
): { key: KeyObject; context?: Buffer } {
  return algorithm === 'ed25519' ? { key: handle } : { key: handle, context: contexts[domain] }
}

function keysOfSeeds(suite: SuiteName, seeds: readonly Uint8Array[]): SuiteKeys {
  return { suite, pairs: suites[suite].map((algorithm, position) => pairOfSeed(algorithm, seeds[position]!)) }
}

function pairOfSeed(algorithm: Algorithm, seed: Uint8Array): KeyPair {
  const format = algorithm === 'ed25519' ? 'raw-private' : 'raw-seed'
  const privateHandle = createPrivateKey({ key: Buffer.from(seed), format, asymmetricKeyType: algorithm })
  const handle = createPublicKey(privateHandle)
  const bytes = handle.export({ format: 'raw-public' })
  return { seed, privateHandle, publicKey: { algorithm, bytes, handle } }
}

function splitKeyText(text: string, kind: 'private' | 'public'): { suite: SuiteName; parts: string[] } {
  const [kindText, suiteText = '', ...parts] = text.split(':')
  if (kindText !== kind) throw new Malformed('key_malformed', `${kind} key`)
  const suite = suiteNamed(suiteText, `${kind} key suite`)
  if (parts.length !== suites[suite].length) throw new Malformed('key_malformed', `${kind} key`)
  return { suite, parts }
}
