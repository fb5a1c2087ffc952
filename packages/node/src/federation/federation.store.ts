/** Partners and the state of their links. */
import { createHash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import { readCard } from '#wire/link/card.ts'
import type { SignedCard } from '#wire/link/card.ts'
import { importKasPublic } from '#wire/seal/key.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Tx } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.gen.ts'
import { BY_OPERATOR } from './partner.ts'
import type { FrozenCode, LinkState, Partner } from './partner.ts'

/** A partner, or null. The card was verified when it was stored. */
export async function readPartner(database: Kysely<Schema>, nation: string): Promise<Partner | null> {
  const row = await database
    .selectFrom('partner')
    .select(PARTNER_COLUMNS)
    .where('nation', '=', nation)
    .executeTakeFirst()
  return row === undefined ? null : partnerOf(database, row)
}

/** Every partner by nation. */
export async function readPartners(tx: Tx): Promise<Partner[]> {
  const rows = await tx.selectFrom('partner').select(PARTNER_COLUMNS).orderBy('nation').execute()
  return Promise.all(rows.map((row) => partnerOf(tx, row)))
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

/** What is read of a partner each time: all but the cards and what a frozen link keeps. */
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

/** A partner as a row of these columns. */
export type PartnerRow = Pick<Selectable<Schema['partner']>, (typeof PARTNER_COLUMNS)[number]>

type Cards = Pick<Partner, 'card' | 'cardText' | 'seal' | 'ourCardText'>

const cards = new Map<string, Cards>()

/** The two cards of a link are read once; the partner's keys are expanded once. */
async function cardsOf(
  database: Kysely<Schema>,
  { nation, cards_digest: digest }: PartnerRow,
): Promise<Cards> {
  const known = cards.get(digest)
  if (known !== undefined) return known
  const row = await database
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

/** Names a pair of cards, so that the texts are read only once. */
function digestOf(card: string, ourCard: string): string {
  return createHash('sha256').update(`${card}${ourCard}`).digest('hex')
}

/** A partner from its row. */
export async function partnerOf(database: Kysely<Schema>, row: PartnerRow): Promise<Partner> {
  return {
    nation: row.nation,
    state: row.state as LinkState,
    ...(await cardsOf(database, row)),
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
export function noteContact(act: Pick<Act, 'change' | 'tx'>, nation: string, at: number): void {
  const values = { failures: 0, retry_at: 0, last_contact_at: at, last_error: null }
  act.change(act.tx.updateTable('partner').set(values).where('nation', '=', nation).compile())
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
