/** Partners and the state of their links. */
import { readCard } from '#wire/card.ts'
import type { SignedCard } from '#wire/card.ts'
import { importKasPublic } from '#wire/sealKey.ts'
import type { Tx } from '../kernel/database.ts'
import { BY_OPERATOR } from './partner.ts'
import type { FrozenCode, LinkState, Partner } from './partner.ts'

/** A partner, or null. The card was verified when it was stored. */
export async function readPartner(tx: Tx, nation: string): Promise<Partner | null> {
  const row = await tx.selectFrom('partner').selectAll().where('nation', '=', nation).executeTakeFirst()
  return row === undefined ? null : partnerOf(row)
}

/** Every partner by nation. */
export async function readPartners(tx: Tx): Promise<Partner[]> {
  const rows = await tx.selectFrom('partner').selectAll().orderBy('nation').execute()
  return rows.map(partnerOf)
}

/** Nations with an open link. */
export async function openPartners(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('partner')
    .select('nation')
    .where('state', '=', 'open')
    .orderBy('nation')
    .execute()
  return rows.map((row) => row.nation)
}

/** Partners whose link is open, or only stopped by our own operator: what is said to them now is carried when it opens. */
export async function lastingPartners(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('partner')
    .select('nation')
    .where((where) => where.or([where('state', '=', 'open'), where('frozen_code', '=', BY_OPERATOR)]))
    .orderBy('nation')
    .execute()
  return rows.map((row) => row.nation)
}

/** A partner as a row. */
export interface PartnerRow {
  nation: string
  state: string
  card: string
  our_card: string
  frozen_code: string | null
  failures: number
  retry_at: number
  last_contact_at: number | null
  last_error: string | null
}

const cards = new Map<string, Pick<Partner, 'card' | 'seal'>>()

/** A card is read once; its keys are expanded once. */
function cardOf(text: string): Pick<Partner, 'card' | 'seal'> {
  const known = cards.get(text)
  if (known !== undefined) return known
  const card = readCard(JSON.parse(text) as SignedCard)
  const read = { card, seal: importKasPublic(card.seal) }
  cards.set(text, read)
  return read
}

/** A partner from its row. */
export function partnerOf(row: PartnerRow): Partner {
  return {
    nation: row.nation,
    state: row.state as LinkState,
    ...cardOf(row.card),
    cardText: (JSON.parse(row.card) as SignedCard).text,
    ourCardText: (JSON.parse(row.our_card) as SignedCard).text,
    frozenCode: row.frozen_code,
    failures: row.failures,
    retryAt: row.retry_at,
    lastContactAt: row.last_contact_at,
    lastError: row.last_error,
  }
}

/** Stores a partner's card, not yet confirmed by people. An open link never changes its card this way. */
export async function invitePartner(
  tx: Tx,
  nation: string,
  card: SignedCard,
  ourCard: SignedCard,
): Promise<boolean> {
  const values = { nation, state: 'invited', card: JSON.stringify(card), our_card: JSON.stringify(ourCard) }
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

/** Opens a link after people compared the fingerprint. */
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

/** Freezes a link and keeps what proves why. Evidence that is there already stays. */
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

/** Notes a contact that worked. */
export async function noteContact(tx: Tx, nation: string, at: number): Promise<void> {
  await tx
    .updateTable('partner')
    .set({ failures: 0, retry_at: 0, last_contact_at: at, last_error: null })
    .where('nation', '=', nation)
    .execute()
}

/** Notes a contact that failed. `error` is a code, never content. */
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
