/** Drafts, content and approvals in the database. */
import type { Selectable } from 'kysely'
import type { Sha384 } from '#wire/digest.ts'
import { insertBlobs } from '#node/kernel/blobs.store.ts'
import type { StoredBlob } from '#node/kernel/blobs.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'
import type { Content } from '../content/content.ts'
import type { Approval, Draft, DraftState } from './draft.ts'

/** Adds content and registers its blob. */
export async function insertContent(
  { tx }: Pick<Act, 'tx'>,
  content: Content,
  blob: StoredBlob,
): Promise<void> {
  await insertBlobs(tx, [blob], content.at)
  await tx.insertInto('content').values(contentRow(content)).execute()
}

/** The content of a draft or of a sent item. */
export async function readContent(reader: Reader, id: string): Promise<Content> {
  const row = await reader.selectFrom('content').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return contentOf(row)
}

/** Contents by their ids. */
export async function readContents(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Content>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('content')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, contentOf(row)]))
}

/** Stores the new metadata of renamed content. */
export async function updateContent(
  { tx }: Pick<Act, 'tx'>,
  { id, metadataSealed, commitment }: Content,
): Promise<void> {
  await tx
    .updateTable('content')
    .set({ metadata_sealed: metadataSealed, commitment })
    .where('id', '=', id)
    .execute()
}

function contentRow(content: Content): Selectable<Schema['content']> {
  return {
    id: content.id,
    owner: content.owner,
    payload_digest: content.payloadDigest,
    size_bytes: content.sizeBytes,
    plain_size_bytes: content.plainSizeBytes,
    plain_digest: content.plainDigest,
    content_digest: content.contentDigest,
    commitment: content.commitment,
    segment_table: content.segmentTable,
    own_wrap: content.ownWrap,
    metadata_sealed: content.metadataSealed,
    at: content.at,
  }
}

function contentOf(row: Selectable<Schema['content']>): Content {
  return {
    id: row.id,
    owner: row.owner,
    payloadDigest: row.payload_digest as Sha384,
    sizeBytes: row.size_bytes,
    plainSizeBytes: row.plain_size_bytes,
    plainDigest: row.plain_digest,
    contentDigest: row.content_digest,
    commitment: row.commitment as Sha384,
    segmentTable: row.segment_table,
    ownWrap: row.own_wrap,
    metadataSealed: row.metadata_sealed,
    at: row.at,
  }
}

/** Stores a new or changed draft at the end of the act. */
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

/** Locks a draft until the act ends. */
export async function lockDraft({ tx }: Pick<Act, 'tx'>, id: string): Promise<Draft | null> {
  const row = await tx.selectFrom('draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? null : draftOf(row)
}

export async function readDraft(reader: Reader, id: string): Promise<Draft | null> {
  const row = await reader.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : draftOf(row)
}

/** Drafts in some states, of one author or of all, last changed first. */
export async function listDrafts(
  reader: Reader,
  { author, states }: { readonly author?: string | undefined; readonly states: readonly DraftState[] },
  limit: number,
): Promise<Draft[]> {
  let query = reader
    .selectFrom('draft')
    .selectAll()
    .where('state', 'in', [...states])
  if (author !== undefined) query = query.where('author', '=', author)
  const rows = await query.orderBy('updated_at', 'desc').orderBy('id').limit(limit).execute()
  return rows.map(draftOf)
}

/** The submitted drafts to a partner, oldest first. */
export async function listSubmitted(reader: Reader, partner: string): Promise<Draft[]> {
  const rows = await reader
    .selectFrom('draft')
    .selectAll()
    .where('state', '=', 'submitted')
    .where('partner', '=', partner)
    .orderBy('updated_at')
    .limit(500)
    .execute()
  return rows.map(draftOf)
}

function draftOf(row: Selectable<Schema['draft']>): Draft {
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

/** Adds a verdict on a digest. The draft must be locked: a person gives one verdict on a digest. */
export function appendApproval(act: Pick<Act, 'appendOnce'>, draft: string, approval: Approval): void {
  act.appendOnce('approval', {
    draft,
    proposal_digest: approval.digest,
    person: approval.person,
    signed_act: approval.signedAct,
    verdict: approval.verdict,
    reason: approval.reason,
    at: approval.at,
  })
}

/** The verdicts on every digest of a draft, oldest first. */
export async function readApprovals(reader: Reader, draft: string): Promise<Approval[]> {
  return (await approvalsOf(reader, [draft])).get(draft) ?? []
}

/** The verdicts on several drafts, by draft. */
export async function approvalsOf(
  reader: Reader,
  drafts: readonly string[],
): Promise<Map<string, Approval[]>> {
  if (drafts.length === 0) return new Map()
  const rows = await reader
    .selectFrom('approval')
    .selectAll()
    .where('draft', 'in', [...drafts])
    .orderBy('at')
    .execute()
  const byDraft = Map.groupBy(rows, ({ draft }) => draft)
  return new Map([...byDraft].map(([draft, approvals]) => [draft, approvals.map(approvalOf)]))
}

function approvalOf(row: Selectable<Schema['approval']>): Approval {
  return {
    digest: row.proposal_digest,
    person: row.person,
    signedAct: row.signed_act,
    verdict: row.verdict as Approval['verdict'],
    reason: row.reason,
    at: row.at,
  }
}
