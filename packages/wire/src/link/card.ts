/**
 * The card of a node: what a partner pins when a link is made (LINK-1 to LINK-3). Two operators compare a
 * fingerprint of both cards; nothing else is trusted.
 */
import { hash } from 'node:crypto'
import { z } from 'zod'
import { encodeHex } from '../digest.ts'
import { Malformed, parseJson } from '../json.ts'
import { Nation } from '../nation.ts'
import { importPublicKeys, signDetached, verifyDetached } from '../suite.ts'
import type { SuiteKeys } from '../suite.ts'

export const Card = z.strictObject({
  v: z.literal(1),
  nation: Nation,
  /** Host and port of the door for partners, to which the partner's courier connects. */
  address: z.string().regex(/^https:\/\/[a-zA-Z0-9.:[\]-]{1,200}$/),
  /** SHA-256 of the DER of the TLS certificate, hex; pinned in both directions. */
  certificate: z.string().regex(/^[0-9a-f]{64}$/),
  /** Public keys of the suite that signs checkpoints and cosignatures. */
  keys: z.string().max(10_000),
  /** Public key that content for this node is sealed to. */
  seal: z.string().max(10_000),
})
export type Card = z.infer<typeof Card>

/** A card with its signature, which proves possession of the keys that it names. */
export const SignedCard = z.strictObject({ text: z.string().max(24_000), signature: z.string().max(12_000) })
export type SignedCard = z.infer<typeof SignedCard>

/** Signs a card as its exact text. */
export function signCard(card: Card, keys: SuiteKeys): SignedCard {
  const text = JSON.stringify(Card.parse(card))
  return { text, signature: signDetached(keys, 'card', new TextEncoder().encode(text)) }
}

/**
 * Reads a card and verifies that its maker holds the keys that it names. Only the fingerprint proves that it
 * is the partner's.
 * @throws Malformed `card_invalid` or `signature_invalid`
 */
export function readCard(signed: SignedCard): Card {
  const parsed = Card.safeParse(parseJson(signed.text, 'card'))
  if (!parsed.success) throw new Malformed('card_invalid', 'card', parsed.error)
  const keys = importPublicKeys(parsed.data.keys)
  const verdict = verifyDetached(keys, 'card', new TextEncoder().encode(signed.text), signed.signature)
  if (!verdict.ok) throw new Malformed('signature_invalid', 'card')
  return parsed.data
}

/**
 * The fingerprint of a link: eight groups of five digits over both card texts, the same on both screens. A
 * group has 16.6 bits, all of them 132 bits.
 */
export function linkFingerprint(one: string, other: string): string {
  const [first, second] = [one, other].sort()
  const digest = encodeHex(hash('sha384', `entente link v1\n${first}\n${second}`, 'buffer'))
  const groups: string[] = []
  for (let group = 0; group < 8; group += 1) {
    const number = BigInt(`0x${digest.slice(group * 12, group * 12 + 12)}`) % 100_000n
    groups.push(number.toString().padStart(5, '0'))
  }
  return groups.join(' ')
}
