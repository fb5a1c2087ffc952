/**
 * Signed acts: an exact text and a person's signature over it (ACT-1). The text is kept as the exact string
 * that was signed, and parsed only after the signature has verified.
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { Malformed, parseJson } from './json.ts'
import { Nation } from './nation.ts'
import { ACTS } from './pillars.ts'
import type { ActName } from './pillars.ts'

export const ActText = z.strictObject({
  v: z.literal(1),
  act: z.enum(Object.keys(ACTS) as [ActName, ...ActName[]]),
  nation: Nation,
  /** The person's id in their nation's directory: an office, never a name. */
  person: z.string().min(1).max(64),
  office: z.string().min(1).max(120),
  /** Key id: first 16 hex digits of the SHA-256 of the public key. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  at: z.iso.datetime(),
  /** SHA-384 digest of what is signed, such as the exact text of a proposal or an assurance. */
  over: z.string().regex(/^sha384:[0-9a-f]{96}$/),
})
export type ActText = z.infer<typeof ActText>

export const SignedAct = z.strictObject({
  text: z.string().min(2).max(2000),
  signature: z.base64().length(88),
})
export type SignedAct = z.infer<typeof SignedAct>

const DOMAIN = 'entente.int/act/v1\n'

/** Signs an act. `privateKey` is PKCS8 DER of an Ed25519 key. */
export function signAct(act: ActText, privateKey: Uint8Array): SignedAct {
  const text = JSON.stringify(ActText.parse(act))
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  return { text, signature: sign(null, Buffer.from(DOMAIN + text), key).toString('base64') }
}

/**
 * Verifies the signature over the exact text, then parses it.
 * @param publicKey SPKI DER, base64, from the nation's directory
 * @throws Malformed `signature_invalid` or `act_invalid`
 */
export function verifyAct(signed: SignedAct, publicKey: string, place: string): ActText {
  const key = publicKeyOf(publicKey, place)
  const signature = Buffer.from(signed.signature, 'base64')
  if (!verify(null, Buffer.from(DOMAIN + signed.text), key, signature)) {
    throw new Malformed('signature_invalid', place)
  }
  return parseActText(signed, place)
}

/** Attacker-controlled: a partner's directory may hold anything in place of a key. */
function publicKeyOf(text: string, place: string): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (cause) {
    throw new Malformed('signature_invalid', place, cause)
  }
  throw new Malformed('signature_invalid', place)
}

/** Reads an act before verification, to find the key that it claims. Trust nothing else in it. */
export function parseActText(signed: SignedAct, place: string): ActText {
  const parsed = ActText.safeParse(parseJson(signed.text, place))
  if (!parsed.success) throw new Malformed('act_invalid', place, parsed.error)
  return parsed.data
}
