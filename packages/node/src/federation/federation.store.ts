/** Partners and the state of their links. */
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { readCard } from '#wire/link/card.ts'
import type { SignedCard } from '#wire/link/card.ts'
import { importKasPublic } from '#wire/seal/key.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'
import { BY_OPERATOR } from './partner.ts'
import type { FrozenCode, LinkState, Partner } from './partner.ts'

/** A partner; null if unknown. Its card was verified before it was stored. */
export async function readPartner(reader: Reader, nation: string): Promise<Partner | null> {
  const row = await reader
    .selectFrom('partner')
    .select(PARTNER_COLUMNS)
    .where('nation', '=', nation)
    .executeTakeFirst()
  return row === undefined ? null : partnerOf(reader, row)
}

/** All partners, ordered by nation. */
export async function readPartners(reader: Reader): Promise<Partner[]> {
  const rows = await reader.selectFrom('partner').select(PARTNER_COLUMNS).orderBy('nation').execute()
  return Promise.all(rows.map((row) => partnerOf(reader, row)))
}

/** Nations with an open link, in order. */
export async function openPartners(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom('partner')
    .select('nation')
    .where('state', '=', 'open')
    .orderBy('nation')
    .execute()
  return rows.map((row) => row.nation)
}

/**
 * Partners whose link is open, or frozen by our own operator: statements to the latter are sent when the link
 * opens again.
 */
export async function lastingPartners(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom('partner')
    .select('nation')
    .where((where) => where.or([where('state', '=', 'open'), where('frozen_code', '=', BY_OPERATOR)]))
    .orderBy('nation')
    .execute()
  return rows.map((row) => row.nation)
}

/** The columns of a partner that every read needs: all except the cards and the evidence of a freeze. */
export const PARTNER_COLUMNS = [
  'nation',
  'state',
  'cards_digest',
  'frozen_code',
  'failures',
  'retry_at',
  'last_contact_at',
  'last_error',
] as const

/** A row of `PARTNER_COLUMNS`. */
export type PartnerRow = Pick<Selectable<Schema['partner']>, (typeof PARTNER_COLUMNS)[number]>

type Cards = Pick<Partner, 'card' | 'cardText' | 'seal' | 'ourCardText'>

const cards = new Map<string, Cards>()

/** The two cards of a link, parsed. Cached by their digest, so that the partner's keys are imported once. */
async function cardsOf(reader: Reader, { nation, cards_digest: digest }: PartnerRow): Promise<Cards> {
  const known = cards.get(digest)
  if (known !== undefined) return known
  const row = await reader
    .selectFrom('partner')
    .select(['card', 'our_card'])
    .where('nation', '=', nation)
    .executeTakeFirstOrThrow()
  const signed = JSON.parse(row.card) as SignedCard
  const card = readCard(signed)
  const { text: ourCardText } = JSON.parse(row.our_card) as SignedCard
  const read = { card, cardText: signed.text, seal: importKasPublic(card.seal), ourCardText }
  cards.set(digestOf(row.card, row.our_card), read)
  return read
}

/** The cache key of a pair of cards. */
function digestOf(card: string, ourCard: string): string {
  return createHash('sha256').update(`${card}${ourCard}`).digest('hex')
}

/** A partner from its row. */
export async function partnerOf(reader: Reader, row: PartnerRow): Promise<Partner> {
  return {
    nation: row.nation,
    state: row.state as LinkState,
    ...(await cardsOf(reader, row)),
    frozenCode: row.frozen_code,
    failures: row.failures,
    retryAt: row.retry_at,
    lastContactAt: row.last_contact_at,
    lastError: row.last_error,
  }
}

/** Stores a card that nobody has confirmed yet. False if the link is past the invitation: its card stays. */
export async function invitePartner(
  tx: Tx,
  nation: string,
  card: SignedCard,
  ourCard: SignedCard,
): Promise<boolean> {
  const texts = { card: JSON.stringify(card), our_card: JSON.stringify(ourCard) }
  const values = { nation, state: 'invited', ...texts, cards_digest: digestOf(texts.card, texts.our_card) }
  const stored = await tx
    .insertInto('partner')
    .values({ ...values, failures: 0, retry_at: 0 })
    .onConflict((conflict) =>
      conflict.column('nation').doUpdateSet(values).where('partner.state', '=', 'invited'),
    )
    .returning('nation')
    .execute()
  return stored.length === 1
}

/** Opens a link whose fingerprint was compared. False if its state does not allow it. */
export async function confirmPartner(tx: Tx, nation: string, at: number): Promise<boolean> {
  const changed = await tx
    .updateTable('partner')
    .set({ state: 'open', confirmed_at: at, frozen_code: null, evidence: null })
    .where('nation', '=', nation)
    .where((where) => where.or([where('state', '=', 'invited'), where('frozen_code', '=', BY_OPERATOR)]))
    .returning('nation')
    .execute()
  return changed.length === 1
}

/** Freezes an open link and stores the evidence. False if the link is not open; existing evidence stays. */
export async function freezePartner(
  tx: Tx,
  nation: string,
  code: FrozenCode,
  evidence: Readonly<Record<string, string | number>>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('partner')
    .set({ state: 'frozen', frozen_code: code, evidence: JSON.stringify(evidence) })
    .where('nation', '=', nation)
    .where('state', '=', 'open')
    .returning('nation')
    .execute()
  return changed.length === 1
}

/** Records a successful contact. */
export function noteContact(act: Pick<Act, 'change' | 'tx'>, nation: string, at: number): void {
  const values = { failures: 0, retry_at: 0, last_contact_at: at, last_error: null }
  act.change(act.tx.updateTable('partner').set(values).where('nation', '=', nation).compile())
}

/** Records a failed contact. `error` is a code, never content. */
export async function noteFailure(
  tx: Tx,
  nation: string,
  failure: { failures: number; retryAt: number; error: string },
): Promise<void> {
  await tx
    .updateTable('partner')
    .set({ failures: failure.failures, retry_at: failure.retryAt, last_error: failure.error })
    .where('nation', '=', nation)
    .execute()
}
