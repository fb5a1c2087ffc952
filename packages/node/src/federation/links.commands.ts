/**
 * Making links (LINK-1 to LINK-6): two operators exchange cards, compare one fingerprint on two screens, and only
 * then is the link open. Nothing that came over a network is trusted for it.
 */
import { SignedCard, linkFingerprint, readCard, signCard } from '#wire/link/card.ts'
import { linkOrigin, nationalOrigin } from '#wire/log/checkpoint.ts'
import { Malformed, parseJson } from '#wire/json.ts'
import { exportKasPublic, importKasPublic } from '#wire/seal/key.ts'
import { exportPublicKeys, publicKeysOf } from '#wire/suite.ts'
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Act } from '#node/kernel/command.ts'
import { confirmPartner, freezePartner, invitePartner, readPartner } from './federation.store.ts'
import type { NodeKeys } from './keys.ts'
import { NATIONAL_LOG, inLog, outLog } from './log.ts'
import { ensureLog } from './log.store.ts'
import { recordNational } from './national.ts'
import { BY_OPERATOR } from './partner.ts'
import type { Partner } from './partner.ts'

/** What a slice does when a link opens: it says the directory, or which profile it has compiled. */
export type Opened = (act: Act, partner: string) => Promise<void>

/** Our card: where our door is, which certificate it shows, and our public keys. */
export function ourCard(keys: NodeKeys, address: string, certificateSha256: string): SignedCard {
  const card = {
    v: 1 as const,
    nation: keys.nation,
    address,
    certificate: certificateSha256,
    keys: exportPublicKeys(publicKeysOf(keys.suite)),
    seal: exportKasPublic(keys.seal.public),
  }
  return signCard(card, keys.suite)
}

/** The invitation file: our signed card as text. It holds no secret. */
export function invitationText(card: SignedCard): string {
  return `${JSON.stringify(card, null, 2)}\n`
}

/**
 * The card in an invitation file, its signature checked.
 * @throws Malformed `card_invalid`, `signature_invalid`, or as the parsers of its parts
 */
export function readInvitation(text: string): SignedCard {
  const parsed = SignedCard.safeParse(parseJson(text, 'invitation'))
  if (!parsed.success) throw new Malformed('card_invalid', 'invitation', parsed.error)
  const card = readCard(parsed.data)
  try {
    importKasPublic(card.seal)
  } catch (cause) {
    throw new Malformed('card_invalid', 'card.seal', cause)
  }
  return parsed.data
}

/** What the operator compares with the other screen. */
export interface Invited {
  readonly partner: string
  readonly fingerprint: string
}

/** Creates the log that this node keeps of itself; safe to call at every start. */
function ensureNationalLog(act: Act): Promise<void> {
  return ensureLog(act.tx, NATIONAL_LOG, nationalOrigin(act.nation))
}

/** Stores the card of a partner, to be confirmed. A link that is open, frozen or closed keeps its card. */
export async function acceptInvitation(
  act: Act,
  card: SignedCard,
  own: SignedCard,
  by: string,
): Promise<Invited | Refusal> {
  const { nation, certificate } = readCard(card)
  if (nation === act.nation) return refuse('invalid_input', [], 'card.nation')
  if (!(await invitePartner(act.tx, nation, card, own))) return refuse('wrong_state')
  const fingerprint = linkFingerprint(card.text, own.text)
  recordNational(act, { what: 'link.invited', by, partner: nation, certificate, fingerprint })
  act.hint({ slice: 'links', id: nation })
  return { partner: nation, fingerprint }
}

/**
 * Opens the link when the operator typed the fingerprint that the other screen shows. One that an operator of this
 * nation froze opens again in the same way, and no other frozen one (LINK-6).
 */
export async function confirmLink(
  act: Act,
  nation: string,
  typed: string,
  by: string,
  opened: Opened,
): Promise<Invited | Refusal> {
  const partner = await readPartner(act.tx, nation)
  if (partner === null) return refuse('not_found')
  const isAgain = partner.frozenCode === BY_OPERATOR
  if (partner.state !== 'invited' && !isAgain) return refuse('wrong_state')
  const fingerprint = fingerprintOf(partner)
  if (typed.replace(/\D/g, '') !== fingerprint.replace(/\D/g, '')) return refuse('fingerprint_differs')
  await confirmPartner(act.tx, nation, act.world.now())
  await ensureLog(act.tx, outLog(nation), linkOrigin(act.nation, nation))
  await ensureLog(act.tx, inLog(nation), linkOrigin(nation, act.nation))
  await ensureNationalLog(act)
  recordNational(act, { what: 'link.opened', by, partner: nation, fingerprint })
  // What was said meanwhile waits in the log of the link.
  if (!isAgain) await opened(act, nation)
  act.hint({ slice: 'links', id: nation })
  return { partner: nation, fingerprint }
}

/** Stops a link by hand. What was said before stays; nothing more is sent or taken. */
export async function freezeLink(
  act: Act,
  nation: string,
  by: string,
): Promise<{ readonly partner: string } | Refusal> {
  const frozen = await freezePartner(act.tx, nation, BY_OPERATOR, { by, at: act.world.now() })
  if (!frozen) return refuse((await readPartner(act.tx, nation)) === null ? 'not_found' : 'wrong_state')
  recordNational(act, { what: 'link.frozen', by, partner: nation })
  act.hint({ slice: 'links', id: nation })
  return { partner: nation }
}

/** The fingerprint of a link, the same at both nodes. */
export function fingerprintOf(partner: Pick<Partner, 'cardText' | 'ourCardText'>): string {
  return linkFingerprint(partner.cardText, partner.ourCardText)
}
