/** Drafts, their content and the approvals of their proposals. */
import type { Sha384 } from '#wire/digest.ts'
import { insertBlobs } from '#node/kernel/blobs.store.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Tx } from '#node/kernel/database.ts'
import type { ContentRow, FreshContent } from '../content/content.ts'

export type DraftState = 'writing' | 'submitted' | 'released' | 'discarded'

export interface Draft {
  readonly id: string
  readonly author: string
  readonly state: DraftState
  readonly partner: string
  readonly organisation: string
  readonly instrument: string
  readonly marking: string
  readonly receiverMarking: string
  readonly category: string
  readonly purpose: string
  /** Control numbers of received items that the content derives from. */
  readonly derivedFrom: readonly string[]
  readonly content: string
  readonly control: string
  readonly proposal: string | null
  readonly proposalDigest: Sha384 | null
  readonly updatedAt: number
}

export interface Approval {
  readonly digest: string
  readonly person: string
  readonly act: string
  readonly verdict: 'approve' | 'refuse' | 'submit'
  readonly reason: string | null
  readonly at: number
}

/** Adds content with its blob. */
export async function insertContent(tx: Tx, fresh: FreshContent): Promise<void> {
  await insertBlobs(tx, [fresh.blob], fresh.row.at)
  await tx.insertInto('content').values(fresh.row).execute()
}

/** The content of a draft or of an item that was sent. */
export async function readContentRow(tx: Tx, id: string): Promise<ContentRow> {
  return tx.selectFrom('content').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Gives content another title. */
export async function updateContent(
  tx: Tx,
  id: string,
  change: Pick<ContentRow, 'metadata_sealed' | 'commitment'>,
): Promise<void> {
  await tx.updateTable('content').set(change).where('id', '=', id).execute()
}

/** Whether another row has the same plain content, and which received item it came from. */
export async function receivedWithSameContent(tx: Tx, plainDigest: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('item')
    .select('control')
    .where('plain_digest', '=', plainDigest)
    .where('direction', '=', 'received')
    .orderBy('control')
    .execute()
  return rows.map((row) => row.control)
}

/** Writes a draft, new or changed, when the act ends. */
export function putDraft(act: Pick<Act, 'change' | 'tx'>, draft: Draft): void {
  const { id, ...rest } = {
    id: draft.id,
    author: draft.author,
    state: draft.state,
    partner: draft.partner,
    organisation: draft.organisation,
    instrument: draft.instrument,
    marking: draft.marking,
    receiver_marking: draft.receiverMarking,
    category: draft.category,
    purpose: draft.purpose,
    derived_from: JSON.stringify(draft.derivedFrom),
    content: draft.content,
    control: draft.control,
    proposal: draft.proposal,
    proposal_digest: draft.proposalDigest,
    updated_at: draft.updatedAt,
  }
  act.change(
    act.tx
      .insertInto('draft')
      .values({ id, ...rest })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
      .compile(),
  )
}

/** A draft, locked for an act or only looked at. */
export async function readDraft(tx: Tx, id: string, lock: 'lock' | 'look'): Promise<Draft | null> {
  const query = tx.selectFrom('draft').selectAll().where('id', '=', id)
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : draftOf(row)
}

/** Drafts, the last changed first. */
export async function listDrafts(
  tx: Tx,
  filter: { author?: string; states: readonly DraftState[] },
  limit: number,
) {
  let query = tx.selectFrom('draft').selectAll().where('state', 'in', filter.states)
  if (filter.author !== undefined) query = query.where('author', '=', filter.author)
  const rows = await query.orderBy('updated_at', 'desc').limit(limit).execute()
  return rows.map(draftOf)
}

interface DraftRow {
  id: string
  author: string
  state: string
  partner: string
  organisation: string
  instrument: string
  marking: string
  receiver_marking: string
  category: string
  purpose: string
  derived_from: string
  content: string
  control: string
  proposal: string | null
  proposal_digest: string | null
  updated_at: number
}

function draftOf(row: DraftRow): Draft {
  return {
    id: row.id,
    author: row.author,
    state: row.state as DraftState,
    partner: row.partner,
    organisation: row.organisation,
    instrument: row.instrument,
    marking: row.marking,
    receiverMarking: row.receiver_marking,
    category: row.category,
    purpose: row.purpose,
    derivedFrom: JSON.parse(row.derived_from) as string[],
    content: row.content,
    control: row.control,
    proposal: row.proposal,
    proposalDigest: row.proposal_digest as Sha384 | null,
    updatedAt: row.updated_at,
  }
}

/** Adds a signature under a digest; a person signs a digest once, so the draft must be locked. */
export function appendApproval(act: Pick<Act, 'append'>, draft: string, approval: Approval): void {
  act.append('approval', {
    draft,
    proposal_digest: approval.digest,
    person: approval.person,
    act: approval.act,
    verdict: approval.verdict,
    reason: approval.reason,
    at: approval.at,
  })
}

/** Every signature under every digest of a draft, in order. */
export async function readApprovals(tx: Tx, draft: string): Promise<Approval[]> {
  const rows = await tx.selectFrom('approval').selectAll().where('draft', '=', draft).orderBy('at').execute()
  return rows.map((row) => ({
    digest: row.proposal_digest,
    person: row.person,
    act: row.act,
    verdict: row.verdict as Approval['verdict'],
    reason: row.reason,
    at: row.at,
  }))
}
