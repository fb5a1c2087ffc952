/** A draft as its author and its release authorities see it. */
import type { DraftView } from '#api/exchange/shapes.ts'
import type { Can } from '#api/refusals.ts'
import { refuse } from '#api/refusals.ts'
import { permit, national } from '#node/identity/role.ts'
import { findPerson } from '#node/identity/identity.store.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { Sha384 } from '#wire/digest.ts'
import { createOpener, transformed } from '#wire/seal/stream.ts'
import { saltOf } from '#wire/seal/metadata.ts'
import { segmentTableFromText } from '#wire/seal/table.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { contentFacts, contentKey } from '../content/content.ts'
import type { ContentRow } from '../content/content.ts'
import { mayEdit } from './draft.commands.ts'
import { readApprovals, readContentRow } from './draft.store.ts'
import type { Approval, Draft } from './draft.store.ts'
import { findItem } from '../items/item.store.ts'
import { standingApprovals } from '../items/release.commands.ts'
import type { ExchangeServices } from '../services.ts'
import { actorOf, situationOf } from '../situation/situation.commands.ts'
import { verdictOf } from './verdict.view.ts'
import { gatedDraft } from './gatedDraft.commands.ts'

/** Text shown in the form: more than this is a file. */
const TEXT_SIZE_BYTES_MAX = 800_000

/** Whether a person may see a draft at all: its author, and whoever approves. */
export function maySeeDraft(draft: Draft, by: SignedIn): Can {
  if (draft.author === by.personId) return true
  return permit(by.roles, 'exchange.approve')
}

/** The view of a draft; the title and text are shown only to those who may read it. */
export async function draftView(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  draft: Draft,
): Promise<DraftView> {
  const content = await readContentRow(act.tx, draft.content)
  const approvals = await readApprovals(act.tx, draft.id)
  const standing = standingApprovals(draft, approvals)
  const read = await mayRead(act, services, by, draft)
  const facts = read === true ? contentFacts(services.keys, content) : null
  const isText = facts !== null && facts.fileName === null
  const can = actions(draft, by, approvals)
  return {
    id: draft.id,
    control: draft.control,
    state: draft.state,
    author: draft.author,
    title: facts?.title ?? null,
    text: isText ? await readText(services, act, content) : null,
    file: isText || facts === null ? null : fileOf(content, facts),
    stamps: {
      originator: act.nation,
      recipient: draft.partner,
      marking: draft.marking,
      receiverMarking: draft.receiverMarking,
    },
    organisation: draft.organisation,
    category: draft.category,
    purpose: draft.purpose,
    derivedFrom: [...draft.derivedFrom],
    instrument: draft.instrument === '' ? null : draft.instrument,
    verdict: await verdictOf(act, services, { personId: draft.author }, draft, {
      count: standing.length,
      authorAmong: standing.some((each) => each.person === draft.author),
    }),
    proposal: draft.proposal,
    proposalDigest: draft.proposalDigest,
    approvals: await Promise.all(approvals.map((each) => approvalView(act, draft, each))),
    item: draft.state === 'released' ? ((await findItem(act.tx, draft.control))?.id ?? null) : null,
    updatedAt: new Date(draft.updatedAt).toISOString(),
    can: { ...can, approve: await mayApprove(act, services, by, draft, can.approve), read: read },
  }
}

function actions(draft: Draft, by: SignedIn, approvals: readonly Approval[]) {
  const edit = mayEdit(draft, by)
  const signed = approvals.some((each) => each.digest === draft.proposalDigest && each.person === by.personId)
  const approver = permit(by.roles, 'exchange.approve')
  const verdict: Can =
    draft.author === by.personId
      ? refuse('author_cannot_approve', national('4'))
      : approver !== true
        ? approver
        : draft.state !== 'submitted'
          ? refuse('wrong_state')
          : signed
            ? refuse('already_done')
            : true
  return {
    edit: edit,
    submit: edit === true && draft.state !== 'writing' ? refuse('wrong_state') : edit,
    approve: verdict,
    refuse: verdict,
  }
}

async function mayApprove(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  draft: Draft,
  sofar: Can,
): Promise<Can> {
  if (sofar !== true) return sofar
  const actor = await actorOf(act, services, by.personId, {
    category: draft.category,
    author: draft.author === by.personId,
  })
  const situation = await situationOf(act, services, {
    act: 'approve',
    matter: await gatedDraft(act, draft),
    actor,
  })
  const decision = services.gate.decide(situation.facts, situation.governed?.instrument.profile ?? null)
  const [first, ...rest] = decision.reasons
  return first === undefined ? true : { refused: true, reasons: [first, ...rest] }
}

/** A release authority reads what it signs, when its clearance reaches the marking; the author wrote it. */
export async function mayRead(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  draft: Draft,
): Promise<Can> {
  if (draft.author === by.personId) return true
  const role = permit(by.roles, 'exchange.approve')
  if (role !== true) return role
  const actor = await actorOf(act, services, by.personId, { category: draft.category, author: false })
  const situation = await situationOf(act, services, {
    act: 'approve',
    matter: await gatedDraft(act, draft),
    actor,
  })
  const decision = services.gate.decide(situation.facts, situation.governed?.instrument.profile ?? null)
  const [first, ...rest] = decision.reasons
  return first === undefined ? true : { refused: true, reasons: [first, ...rest] }
}

async function approvalView(act: Act, draft: Draft, approval: Approval) {
  const person = await findPerson(act.tx, approval.person)
  return {
    person: approval.person,
    office: person?.office ?? approval.person,
    verdict: approval.verdict,
    reason: approval.reason,
    at: new Date(approval.at).toISOString(),
    current: approval.digest === draft.proposalDigest,
  }
}

function fileOf(content: ContentRow, facts: { fileName: string | null; mediaType: string }) {
  return {
    fileName: facts.fileName ?? '',
    mediaType: facts.mediaType,
    sizeBytes: content.plain_size_bytes,
    digest: content.payload_digest,
  }
}

/** Streams the plain bytes of a draft's content, each segment verified. */
export async function* draftContent(
  services: ExchangeServices,
  content: ContentRow,
): AsyncIterable<Uint8Array> {
  const blob = await findBlob(services.database.query, content.payload_digest as Sha384)
  if (blob === null) throw new Error(`the content of a draft is not here`)
  const dek = contentKey(services.keys, content)
  const table = segmentTableFromText(content.segment_table)
  const salt = saltOf(contentFacts(services.keys, content))
  yield* transformed(services.blobs.read(blob), createOpener({ dek, table, salt }))
}

async function readText(services: ExchangeServices, act: Act, content: ContentRow): Promise<string | null> {
  if (content.plain_size_bytes > TEXT_SIZE_BYTES_MAX) return null
  const blob = await findBlob(act.tx, content.payload_digest as Sha384)
  if (blob === null) return null
  const opener = createOpener({
    dek: contentKey(services.keys, content),
    table: segmentTableFromText(content.segment_table),
    salt: saltOf(contentFacts(services.keys, content)),
  })
  const chunks: Uint8Array[] = []
  for await (const chunk of transformed(services.blobs.read(blob), opener)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
