/** Drafts as pages show them. */
import type { DraftRow, DraftView } from '#api/exchange/shapes.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Can, Refusal } from '#api/refusals.ts'
import { canOf } from '#node/gate/reasons.ts'
import { officesOf } from '#node/identity/person.store.ts'
import { permit } from '#node/kernel/permission.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import { collect } from '#node/kernel/bytes.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'
import { contentFacts, openContent } from '../content/content.ts'
import type { Content } from '../content/content.ts'
import { findItem } from '../items/item.store.ts'
import { EXCHANGE } from '../permissions.ts'
import { lookupsOf } from '../situation/lookups.view.ts'
import { allPartnerContexts } from '../situation/partnerContext.store.ts'
import { situationOf } from '../situation/situation.view.ts'
import { awaitsVerdict, currentApprovals, mayEdit, maySee, maySubmit } from './draft.ts'
import type { Approval, Draft } from './draft.ts'
import {
  approvalsOf,
  listDrafts,
  readApprovals,
  readContent,
  readContents,
  readDraft,
} from './draft.store.ts'
import { gatedDrafts } from './gatedDraft.view.ts'
import { verdictOf } from './verdict.view.ts'

/** Longer text is not shown in the form. */
const TEXT_SIZE_BYTES_MAX = 800_000

/** One draft, if this person may see it. */
export async function draftView(
  view: View,
  services: Services,
  by: SignedIn,
  id: string,
): Promise<DraftView | Refusal> {
  const draft = await readDraft(view.tx, id)
  if (draft === null) return refuse('not_found')
  const can = maySee(draft, by)
  return can === true ? shapeOf(view, services, by, draft, await readApprovals(view.tx, id)) : can
}

/** The drafts that a person wrote or may approve, last changed first. */
export async function draftList(view: View, services: Services, by: SignedIn, limit = 100) {
  const author = permit(by.roles, EXCHANGE['exchange.approve']) === true ? undefined : by.personId
  const drafts = await listDrafts(view.tx, { author, states: ['writing', 'submitted', 'released'] }, limit)
  const approvals = await approvalsOf(
    view.tx,
    drafts.map(({ id }) => id),
  )
  const titles = await titlesOf(view, services, by, drafts)
  const rows = drafts.map((draft) =>
    rowOf(draft, titles.get(draft.id) ?? null, currentApprovals(draft, approvals.get(draft.id) ?? []).length),
  )
  return { rows, next: null, total: rows.length }
}

function rowOf(draft: Draft, title: string | null, approvals: number): DraftRow {
  const { id, control, state, author, partner, updatedAt } = draft
  return {
    id,
    control,
    state,
    author,
    title,
    partner,
    approvals,
    updatedAt: iso(updatedAt),
  }
}

/** The titles of the drafts that a person may read, by draft. */
async function titlesOf(
  view: View,
  services: Services,
  by: SignedIn,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, string>> {
  const may = await mayRead(view, services, by, drafts)
  const readable = drafts.filter(({ id }) => may.get(id) === true)
  const contents = await readContents(
    view.tx,
    readable.map(({ content }) => content),
  )
  return new Map(
    readable.map(({ id, content }) => [id, contentFacts(services.keys, contents.get(content)!).title]),
  )
}

/** The shape of a draft. Title and text are null for a person who may not read them. */
async function shapeOf(
  view: View,
  services: Services,
  by: SignedIn,
  draft: Draft,
  approvals: readonly Approval[],
): Promise<DraftView> {
  const content = await readContent(view.tx, draft.content)
  const current = currentApprovals(draft, approvals)
  const approves = (await mayApprove(view, services, by, [draft])).get(draft.id)!
  const read = draft.author === by.personId ? true : approves
  const facts = read === true ? contentFacts(services.keys, content) : null
  const isText = facts !== null && facts.fileName === null
  const verdict = approves === true ? awaitsVerdict(draft, approvals, by) : approves
  return {
    id: draft.id,
    control: draft.control,
    state: draft.state,
    author: draft.author,
    title: facts?.title ?? null,
    text: isText ? await readText(view, services, content) : null,
    file: isText || facts === null ? null : fileOf(content, facts),
    stamps: {
      originator: view.nation,
      recipient: draft.partner,
      marking: draft.marking,
      receiverMarking: draft.receiverMarking,
    },
    organisation: draft.organisation,
    category: draft.category,
    purpose: draft.purpose,
    derivedFrom: draft.derivedFrom,
    instrument: draft.instrument === '' ? null : draft.instrument,
    verdict: await verdictOf(view, services, draft.author, draft, {
      count: current.length,
      authorAmong: current.some(({ person }) => person === draft.author),
    }),
    proposal: draft.proposal,
    proposalDigest: draft.proposalDigest,
    approvals: await approvalShapes(view, draft, approvals),
    item: await itemOf(view, draft),
    updatedAt: iso(draft.updatedAt),
    can: { edit: mayEdit(draft, by), submit: maySubmit(draft, by), approve: verdict, refuse: verdict, read },
  }
}

/** Whether a person may read drafts, by draft. */
async function mayRead(
  view: View,
  services: Services,
  by: SignedIn,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, Can>> {
  const own = drafts.filter(({ author }) => author === by.personId)
  const others = drafts.filter(({ author }) => author !== by.personId)
  const approves = await mayApprove(view, services, by, others)
  return new Map([...own.map(({ id }) => [id, true] as const), ...approves])
}

/**
 * Whether a person may approve, and so read, drafts, by draft. Asks the gate without recording, since nothing is
 * attempted. The number of queries does not depend on the number of drafts.
 */
async function mayApprove(
  view: View,
  services: Services,
  by: SignedIn,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, Can>> {
  const lookups = lookupsOf(view, services, by.personId, allPartnerContexts(view))
  const matters = await gatedDrafts(view, drafts)
  const may = new Map<string, Can>()
  for (const [index, { id, author, category }] of drafts.entries()) {
    const { facts, profile } = await situationOf(view, lookups, {
      action: 'approve',
      matter: matters[index]!,
      actor: lookups.actor({ category, author: author === by.personId }),
      read: lookups.read,
    })
    may.set(id, canOf(services.gate.decide(facts, profile)))
  }
  return may
}

async function approvalShapes(view: View, draft: Draft, approvals: readonly Approval[]) {
  const offices = await officesOf(
    view.tx,
    approvals.map(({ person }) => person),
  )
  return approvals.map(({ person, verdict, reason, at, digest }) => ({
    person,
    office: offices.get(person) ?? person,
    verdict,
    reason,
    at: iso(at),
    current: digest === draft.proposalDigest,
  }))
}

async function itemOf(view: View, { state, control }: Draft): Promise<string | null> {
  if (state !== 'released' || control === null) return null
  return (await findItem(view.tx, control))?.id ?? null
}

function fileOf(content: Content, facts: { readonly fileName: string | null; readonly mediaType: string }) {
  return {
    fileName: facts.fileName ?? '',
    mediaType: facts.mediaType,
    sizeBytes: content.plainSizeBytes,
    digest: content.payloadDigest,
  }
}

/** The plain bytes of a draft's content, for a person who may read it. */
export async function draftContent(
  view: View,
  services: Services,
  by: SignedIn,
  id: string,
): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> } | Refusal> {
  const draft = await readDraft(view.tx, id)
  if (draft === null) return refuse('not_found')
  const can = (await mayRead(view, services, by, [draft])).get(id)!
  if (isRefusal(can)) return can
  const content = await readContent(view.tx, draft.content)
  const chunks = await plainOf(view, services, content)
  if (chunks === null) throw new Error('INVARIANT: the content of a draft is here')
  return { sizeBytes: content.plainSizeBytes, chunks }
}

async function readText(view: View, services: Services, content: Content): Promise<string | null> {
  if (content.plainSizeBytes > TEXT_SIZE_BYTES_MAX) return null
  const plain = await plainOf(view, services, content)
  return plain === null ? null : (await collect(plain)).toString('utf8')
}

async function plainOf(
  view: View,
  { keys, blobs }: Services,
  content: Content,
): Promise<AsyncIterable<Uint8Array> | null> {
  const blob = await findBlob(view.tx, content.payloadDigest)
  return blob === null ? null : openContent(keys, content, blobs.read(blob))
}
