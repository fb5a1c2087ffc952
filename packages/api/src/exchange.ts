/** The exchange of information: drafts, approval, items, opening, receipts, registers, assurances. */
import { z } from 'zod'
import { route } from './route.ts'
import {
  CanShape,
  CitationShape,
  Instant,
  NationCode,
  PageQuery,
  StampsShape,
  VerdictShape,
  pageOf,
} from './shapes.ts'

const Matter = { item: z.string().max(64) }
const DraftId = { draft: z.string().max(64) }
const Digest = z.string().regex(/^sha384:[0-9a-f]{96}$/)

export const RoutingFields = {
  partner: NationCode,
  organisation: z.string().max(80),
  marking: z.string().max(40),
  /** Needed only where the agreement leaves a choice. */
  receiverMarking: z.string().max(40).optional(),
  category: z.string().max(60),
  purpose: z.string().max(60),
  /** Control numbers of received items that the content derives from. */
  derivedFrom: z.array(z.string().max(40)).max(16).default([]),
}

const DraftFields = {
  ...RoutingFields,
  title: z.string().min(1).max(200),
  /** The report itself, when it is written here and not uploaded. */
  text: z.string().max(200_000).optional(),
}

export const ApprovalShape = z.object({
  person: z.string(),
  office: z.string(),
  verdict: z.enum(['submit', 'approve', 'refuse']),
  reason: z.string().nullable(),
  at: Instant,
  /** Signed over the digest that stands now; an approval of an earlier text is void. */
  current: z.boolean(),
})

export const DraftShape = z.object({
  id: z.string(),
  control: z.string(),
  state: z.enum(['writing', 'submitted', 'released', 'discarded']),
  author: z.string(),
  title: z.string().nullable(),
  text: z.string().nullable(),
  file: z
    .object({ fileName: z.string(), mediaType: z.string(), sizeBytes: z.int(), digest: z.string() })
    .nullable(),
  stamps: StampsShape,
  organisation: z.string(),
  category: z.string(),
  purpose: z.string(),
  derivedFrom: z.array(z.string()),
  instrument: z.string().nullable(),
  verdict: VerdictShape,
  /** The exact text that the approvals sign, and its digest; null while writing. */
  proposal: z.string().nullable(),
  proposalDigest: Digest.nullable(),
  approvals: z.array(ApprovalShape),
  item: z.string().nullable(),
  updatedAt: Instant,
  can: z.object({ edit: CanShape, submit: CanShape, approve: CanShape, refuse: CanShape, read: CanShape }),
})
export type DraftView = z.infer<typeof DraftShape>

export const ItemRowShape = z.object({
  id: z.string(),
  control: z.string(),
  registered: z.string().nullable(),
  direction: z.enum(['sent', 'received']),
  state: z.string(),
  stamps: StampsShape,
  organisation: z.string(),
  category: z.string(),
  purpose: z.string(),
  at: Instant,
  openedAt: Instant.nullable(),
})
export type ItemRow = z.infer<typeof ItemRowShape>

/** One step of custody, and what was verified of it while this view was made. */
export const CustodyStepShape = z.object({
  step: z.enum([
    'submitted',
    'approved',
    'released',
    'sent',
    'received',
    'accepted',
    'refused',
    'withdrawn',
    'opened',
    'attempted',
  ]),
  nation: NationCode,
  office: z.string().nullable(),
  organisation: z.string().nullable(),
  at: Instant,
  code: z.string().nullable(),
  proof: z
    .object({
      log: z.string(),
      index: z.int(),
      checkpointSize: z.int(),
      cosigned: z.boolean(),
      /** Each check that was run now, in words by code, and whether it held. */
      checks: z.array(z.object({ check: z.string(), held: z.boolean() })),
    })
    .nullable(),
})
export type CustodyStep = z.infer<typeof CustodyStepShape>

export const ItemShape = z.object({
  ...ItemRowShape.shape,
  instrument: z.string(),
  profile: z.string(),
  proposal: z.string(),
  proposalDigest: Digest,
  payload: z.object({ digest: z.string(), sizeBytes: z.int(), here: z.boolean() }),
  custody: z.array(CustodyStepShape),
  because: z.array(CitationShape),
  derivedFrom: z.array(z.string()),
  /** Offices here that have opened it, and the last attempt of each that was refused. */
  openings: z.array(
    z.object({ office: z.string(), outcome: z.string(), code: z.string().nullable(), at: Instant }),
  ),
  decisions: z.array(z.object({ id: z.string(), act: z.string(), permitted: z.boolean(), at: Instant })),
  can: z.object({ open: CanShape, receipt: CanShape, withdraw: CanShape, forward: CanShape, evidence: CanShape }),
})
export type ItemView = z.infer<typeof ItemShape>

export const OpenedShape = z.object({
  opening: z.string(),
  title: z.string(),
  fileName: z.string().nullable(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  /** How the console may show it: as text, as pictures of pages, as an image, as video, or not at all. */
  show: z.enum(['text', 'pdf', 'image', 'video', 'none']),
  text: z.string().nullable(),
})

export const RegisterRowShape = z.object({
  item: z.string(),
  control: z.string(),
  registered: z.string().nullable(),
  direction: z.enum(['sent', 'received']),
  partner: NationCode,
  stamps: StampsShape,
  organisation: z.string(),
  state: z.string(),
  enteredAt: Instant,
  holder: z.string(),
})

export const ReconciliationShape = z.object({
  partner: NationCode,
  outcome: z.enum(['never', 'waiting', 'agreed', 'differs']),
  at: Instant.nullable(),
  ours: z.object({ count: z.int(), root: z.string() }).nullable(),
  theirs: z.object({ count: z.int(), root: z.string() }).nullable(),
  differences: z.array(
    z.object({
      control: z.string(),
      kind: z.enum(['missing_here', 'missing_there', 'differs']),
      ours: z.string().nullable(),
      theirs: z.string().nullable(),
    }),
  ),
})

export const AssuranceShape = z.object({
  id: z.string(),
  by: NationCode,
  to: NationCode,
  instrument: z.string(),
  organisation: z.string(),
  markings: z.array(z.string()),
  purposes: z.array(z.string()),
  from: Instant,
  until: Instant,
  withdrawnAt: Instant.nullable(),
  office: z.string(),
  inForce: z.boolean(),
  can: z.object({ withdraw: CanShape }),
})

export const exchange = {
  verdict: route({
    name: 'exchange.verdict',
    method: 'POST',
    path: '/api/verdict',
    summary: 'What the gate would say of a release with these particulars.',
    access: 'person',
    input: z.object(RoutingFields),
    reply: VerdictShape,
  }),
  listDrafts: route({
    name: 'exchange.listDrafts',
    method: 'GET',
    path: '/api/drafts',
    summary: 'Drafts that the caller wrote or may approve.',
    access: 'person',
    input: z.object({ ...PageQuery }),
    reply: pageOf(DraftShape),
  }),
  createDraft: route({
    name: 'exchange.createDraft',
    method: 'POST',
    path: '/api/drafts',
    summary: 'Begins a report.',
    access: 'person',
    input: z.object(DraftFields),
    reply: DraftShape,
  }),
  getDraft: route({
    name: 'exchange.getDraft',
    method: 'GET',
    path: '/api/drafts/:draft',
    summary: 'One draft, as its author or a release authority sees it.',
    access: 'person',
    input: z.object(DraftId),
    reply: DraftShape,
  }),
  editDraft: route({
    name: 'exchange.editDraft',
    method: 'PUT',
    path: '/api/drafts/:draft',
    summary: 'Changes a draft; approvals of the earlier text become void.',
    access: 'person',
    input: z.object({ ...DraftId, ...DraftFields }),
    reply: DraftShape,
  }),
  uploadContent: route({
    name: 'exchange.uploadContent',
    method: 'PUT',
    path: '/api/drafts/:draft/content',
    summary: 'Streams a file into a draft; it is sealed as it arrives.',
    access: 'person',
    input: z.object({
      ...DraftId,
      fileName: z.string().min(1).max(200),
      mediaType: z.string().min(1).max(120),
    }),
    reply: DraftShape,
    bytes: 'request',
  }),
  readDraftContent: route({
    name: 'exchange.readDraftContent',
    method: 'GET',
    path: '/api/drafts/:draft/content',
    summary: 'The file of a draft, for its author and its release authorities.',
    access: 'person',
    input: z.object(DraftId),
    reply: z.unknown(),
    bytes: 'reply',
  }),
  submitDraft: route({
    name: 'exchange.submitDraft',
    method: 'POST',
    path: '/api/drafts/:draft/submit',
    summary: 'The author signs the proposal and puts it before the release authorities.',
    access: 'person',
    input: z.object(DraftId),
    reply: DraftShape,
  }),
  approveDraft: route({
    name: 'exchange.approveDraft',
    method: 'POST',
    path: '/api/drafts/:draft/approve',
    summary: 'A release authority signs the digest; the second signature releases.',
    access: 'person',
    input: z.object({ ...DraftId, digest: Digest }),
    reply: DraftShape,
  }),
  refuseDraft: route({
    name: 'exchange.refuseDraft',
    method: 'POST',
    path: '/api/drafts/:draft/refuse',
    summary: 'A release authority refuses, with a reason; the draft returns to its author.',
    access: 'person',
    input: z.object({ ...DraftId, digest: Digest, reason: z.string().min(3).max(1000) }),
    reply: DraftShape,
  }),
  listItems: route({
    name: 'exchange.listItems',
    method: 'GET',
    path: '/api/items',
    summary: 'Items sent and received, newest first.',
    access: 'person',
    input: z.object({
      ...PageQuery,
      direction: z.enum(['sent', 'received']).optional(),
      state: z.string().max(40).optional(),
      partner: NationCode.optional(),
      marking: z.string().max(40).optional(),
      search: z.string().max(80).optional(),
    }),
    reply: pageOf(ItemRowShape),
  }),
  getItem: route({
    name: 'exchange.getItem',
    method: 'GET',
    path: '/api/items/:item',
    summary: 'The passport of an item: markings, custody with each proof checked, articles relied on.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
  }),
  openItem: route({
    name: 'exchange.openItem',
    method: 'POST',
    path: '/api/items/:item/open',
    summary: 'Opens the content, if clearance and need-to-know allow it; the attempt is recorded either way.',
    access: 'person',
    input: z.object({ ...Matter, purpose: z.string().max(60) }),
    reply: OpenedShape,
  }),
  readContent: route({
    name: 'exchange.readContent',
    method: 'GET',
    path: '/api/items/:item/content',
    summary: 'The bytes of an opening of the same person, as inert data; `Range` is honoured.',
    access: 'person',
    input: z.object({ ...Matter, opening: z.string().max(64) }),
    reply: z.unknown(),
    bytes: 'reply',
  }),
  receiptItem: route({
    name: 'exchange.receiptItem',
    method: 'POST',
    path: '/api/items/:item/receipt',
    summary: 'The final recipient signs the receipt, which returns to the originator.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
  }),
  withdrawItem: route({
    name: 'exchange.withdrawItem',
    method: 'POST',
    path: '/api/items/:item/withdraw',
    summary: 'The originator takes back an item that has not yet been accepted.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
  }),
  exportEvidence: route({
    name: 'exchange.exportEvidence',
    method: 'GET',
    path: '/api/items/:item/evidence',
    summary: 'One file that proves the life of the item, offline.',
    access: 'person',
    input: z.object(Matter),
    reply: z.unknown(),
    bytes: 'reply',
  }),
  listRegister: route({
    name: 'exchange.listRegister',
    method: 'GET',
    path: '/api/register',
    summary: 'The register: every copy, its markings and its holder.',
    access: 'person',
    input: z.object({
      ...PageQuery,
      partner: NationCode.optional(),
      direction: z.enum(['sent', 'received']).optional(),
      search: z.string().max(80).optional(),
    }),
    reply: pageOf(RegisterRowShape),
  }),
  exportRegister: route({
    name: 'exchange.exportRegister',
    method: 'GET',
    path: '/api/register.csv',
    summary: 'The register as CSV.',
    access: 'person',
    input: z.object({ partner: NationCode.optional() }),
    reply: z.unknown(),
    bytes: 'reply',
  }),
  listReconciliations: route({
    name: 'exchange.listReconciliations',
    method: 'GET',
    path: '/api/reconciliations',
    summary: 'The last comparison of registers with each partner.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ rows: z.array(ReconciliationShape) }),
  }),
  reconcile: route({
    name: 'exchange.reconcile',
    method: 'POST',
    path: '/api/reconciliations/:partner',
    summary: 'States our register to a partner and asks for theirs.',
    access: 'person',
    input: z.object({ partner: NationCode }),
    reply: ReconciliationShape,
  }),
  listAssurances: route({
    name: 'exchange.listAssurances',
    method: 'GET',
    path: '/api/assurances',
    summary: 'Assurances before provision, given and received.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ rows: z.array(AssuranceShape), canGive: CanShape }),
  }),
  giveAssurance: route({
    name: 'exchange.giveAssurance',
    method: 'POST',
    path: '/api/assurances',
    summary: 'The receiving side assures clearance, official purpose and equivalent protection.',
    access: 'person',
    input: z.object({
      partner: NationCode,
      organisation: z.string().max(80),
      markings: z.array(z.string().max(40)).min(1).max(8),
      purposes: z.array(z.string().max(60)).min(1).max(16),
      until: Instant,
    }),
    reply: AssuranceShape,
  }),
  withdrawAssurance: route({
    name: 'exchange.withdrawAssurance',
    method: 'POST',
    path: '/api/assurances/:assurance/withdraw',
    summary: 'Withdraws an assurance; nothing further is provided under it.',
    access: 'person',
    input: z.object({ assurance: z.string().max(64) }),
    reply: AssuranceShape,
  }),
} as const
