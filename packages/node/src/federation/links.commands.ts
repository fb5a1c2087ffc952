/**
 * Opens and freezes links (LINK-1 to LINK-6). Two operators exchange cards and compare one fingerprint on
 * both screens; only then does the link open. Nothing received over a network is trusted for this.
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

/**
 * Called when a link opens, so that parts send their first statements, such as the directory or the profiles.
 */
export type Opened = (act: Act, partner: string) => Promise<void>

/** Our card: the address and certificate of our door, and our public keys. */
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
 * The card in an invitation file, after checking its signature.
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

/** A partner, and the fingerprint that the operators compare. */
export interface Invited {
  readonly partner: string
  readonly fingerprint: string
}

/** Creates the national log if it is missing. */
function ensureNationalLog(act: Act): Promise<void> {
  return ensureLog(act.tx, NATIONAL_LOG, nationalOrigin(act.nation))
}

/**
 * Stores a partner's card, to be confirmed. Refuses if the link is open or frozen: its card stays.
 */
export async function acceptInvitation(
  act: Act,
  card: SignedCard,
  own: SignedCard,
  by: string,
): Promise<Invited | Refusal> {
  const { nation, certificate } = readCard(card)
  if (nation === act.nation) return refuse('invalid_input', [], 'card.nation')
  if (!(await invitePartner(act.tx, nation, card, own))) return refuse('link_exists')
  const fingerprint = linkFingerprint(card.text, own.text)
  recordNational(act, { what: 'link.invited', by, partner: nation, certificate, fingerprint })
  act.hint({ routes: 'links', id: nation })
  return { partner: nation, fingerprint }
}

/**
 * Opens a link if the operator typed the fingerprint that the other screen shows. Of the frozen links, only
 * one that an operator of this nation froze can open again (LINK-6).
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
  const isReopened = partner.frozenCode === BY_OPERATOR
  if (partner.state !== 'invited' && !isReopened) return refuse('wrong_state')
  const fingerprint = fingerprintOf(partner)
  if (typed.replace(/\D/g, '') !== fingerprint.replace(/\D/g, '')) return refuse('fingerprint_differs')
  await confirmPartner(act.tx, nation, act.world.now())
  await ensureLog(act.tx, outLog(nation), linkOrigin(act.nation, nation))
  await ensureLog(act.tx, inLog(nation), linkOrigin(nation, act.nation))
  await ensureNationalLog(act)
  recordNational(act, { what: 'link.opened', by, partner: nation, fingerprint })
  // On a reopened link, statements made while it was frozen are still pending.
  if (!isReopened) await opened(act, nation)
  act.hint({ routes: 'links', id: nation })
  return { partner: nation, fingerprint }
}

/** Freezes a link by hand. Its logs stay; nothing more is sent or received. */
export async function freezeLink(
  act: Act,
  nation: string,
  by: string,
): Promise<{ readonly partner: string } | Refusal> {
  const frozen = await freezePartner(act.tx, nation, BY_OPERATOR, { by, at: act.world.now() })
  if (!frozen) return refuse((await readPartner(act.tx, nation)) === null ? 'not_found' : 'wrong_state')
  recordNational(act, { what: 'link.frozen', by, partner: nation })
  act.hint({ routes: 'links', id: nation })
  return { partner: nation }
}

/** The fingerprint of a link, the same at both nodes. */
export function fingerprintOf(partner: Pick<Partner, 'cardText' | 'ourCardText'>): string {
  return linkFingerprint(partner.cardText, partner.ourCardText)
}
