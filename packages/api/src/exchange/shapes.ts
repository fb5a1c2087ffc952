/** Shapes of the exchange: drafts, items and their custody, registers, assurances. */
import { z } from 'zod'
import { itemStates } from '#words/exchange/states.ts'
import type { Immutable } from '../route.ts'
import {
  CanShape,
  CitationShape,
  Instant,
  NationCode,
  ReasonShape,
  SHAPES,
  StampsShape,
  VerdictShape,
} from '../shapes.ts'

type StoredItemState = keyof typeof itemStates

export const Digest = z.string().regex(/^sha384:[0-9a-f]{96}$/)

/** The verdict on a release. It is permitted if no reason refuses it, even while it waits for something. */
export const ReleaseVerdictShape = z
  .object({
    ...VerdictShape.shape,
    /** What the release still waits for: approvals, an assurance. */
    pending: z.array(ReasonShape).readonly(),
    /** The markings that it may bear at the receiver; a person chooses among several. */
    receiverMarkings: z.array(z.string()).readonly(),
    /** The marking that it will bear there: the chosen one, or the only one; null while none is chosen. */
    receiverMarking: z.string().nullable(),
    /** What will be visible on the outer envelope. */
    outside: z.object({ from: NationCode, to: NationCode, organisation: z.string() }),
    approvalsNeeded: z.int(),
    assuranceUntil: Instant.nullable(),
  })
  .register(SHAPES, { id: 'ReleaseVerdict' })
export type ReleaseVerdict = Immutable<z.infer<typeof ReleaseVerdictShape>>

const ApprovalShape = z.object({
  person: z.string(),
  office: z.string(),
  verdict: z.enum(['submit', 'approve', 'refuse']),
  reason: z.string().nullable(),
  at: Instant,
  /** Signed over the current digest; an approval of an earlier text is void. */
  current: z.boolean(),
})

export const DraftShape = z
  .object({
    id: z.string(),
    /** Assigned at the first submission; null before. */
    control: z.string().nullable(),
    state: z.enum(['writing', 'submitted', 'released']),
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
    verdict: ReleaseVerdictShape,
    /** The exact text that the approvals sign, and its digest; null while writing. */
    proposal: z.string().nullable(),
    proposalDigest: Digest.nullable(),
    approvals: z.array(ApprovalShape),
    item: z.string().nullable(),
    updatedAt: Instant,
    can: z.object({ edit: CanShape, submit: CanShape, approve: CanShape, refuse: CanShape, read: CanShape }),
  })
  .register(SHAPES, { id: 'Draft' })
export type DraftView = Immutable<z.infer<typeof DraftShape>>

/** A draft in a list, without its content. */
export const DraftRowShape = z
  .object({
    id: z.string(),
    control: z.string().nullable(),
    state: z.enum(['writing', 'submitted', 'released']),
    author: z.string(),
    /** Null for a person who may not read the draft. */
    title: z.string().nullable(),
    partner: NationCode,
    /** The number of approvals of the current digest. */
    approvals: z.int(),
    updatedAt: Instant,
  })
  .register(SHAPES, { id: 'DraftRow' })
export type DraftRow = Immutable<z.infer<typeof DraftRowShape>>

export const ItemRowShape = z
  .object({
    id: z.string(),
    control: z.string(),
    registered: z.string().nullable(),
    direction: z.enum(['sent', 'received']),
    state: z.enum(Object.keys(itemStates) as [StoredItemState, ...StoredItemState[]]),
    stamps: StampsShape,
    organisation: z.string(),
    category: z.string(),
    purpose: z.string(),
    at: Instant,
    receiptedAt: Instant.nullable(),
  })
  .register(SHAPES, { id: 'ItemRow' })
export type ItemRow = Immutable<z.infer<typeof ItemRowShape>>

/** One step of custody, and what was verified about it for this view. */
export const CustodyStepShape = z
  .object({
    step: z.enum([
      'submitted',
      'approved',
      'released',
      'sent',
      'received',
      'accepted',
      'refused',
      'withdrawn',
      'receipted',
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
        /** The checks that were run for this view, by code. */
        checks: z.array(z.object({ check: z.string(), held: z.boolean() })),
      })
      .nullable(),
  })
  .register(SHAPES, { id: 'CustodyStep' })
export type CustodyStep = Immutable<z.infer<typeof CustodyStepShape>>

export const ItemShape = z
  .object({
    ...ItemRowShape.shape,
    instrument: z.string(),
    profile: z.string(),
    proposal: z.string(),
    proposalDigest: Digest,
    payload: z.object({ digest: z.string(), sizeBytes: z.int(), here: z.boolean() }),
    custody: z.array(CustodyStepShape),
    because: z.array(CitationShape).readonly(),
    derivedFrom: z.array(z.string()),
    /** The offices of this nation that opened the item, and the last refused attempt of each office. */
    openings: z.array(
      z.object({ office: z.string(), outcome: z.string(), code: z.string().nullable(), at: Instant }),
    ),
    decisions: z.array(z.object({ id: z.string(), action: z.string(), permitted: z.boolean(), at: Instant })),
    can: z.object({
      open: CanShape,
      receipt: CanShape,
      withdraw: CanShape,
      forward: CanShape,
      evidence: CanShape,
      /** The same with title, file name and salt. */
      reveal: CanShape,
    }),
  })
  .register(SHAPES, { id: 'Item' })
export type ItemView = Immutable<z.infer<typeof ItemShape>>

export const OpenedShape = z.object({
  opening: z.string(),
  title: z.string(),
  fileName: z.string().nullable(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  /** How the console may show the content; `none`: not at all. */
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

export const ReconciliationShape = z
  .object({
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
    can: z.object({ reconcile: CanShape }),
  })
  .register(SHAPES, { id: 'Reconciliation' })

export type ReconciliationView = Immutable<z.infer<typeof ReconciliationShape>>

export const AssuranceShape = z
  .object({
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
  .register(SHAPES, { id: 'Assurance' })
export type AssuranceView = Immutable<z.infer<typeof AssuranceShape>>

export const NumberSearch = z
  .string()
  .max(80)
  .describe('The beginning or the end of a control or register number.')
