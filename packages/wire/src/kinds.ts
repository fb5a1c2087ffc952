/** The kinds of statement and the shape of their bodies (WIRE-7). A pillar adds kinds here and nowhere else. */
import { z } from 'zod'
import { Nation } from './nation.ts'

const Digest = z.string().regex(/^sha384:[0-9a-f]{96}$/)
const Text = (max: number) => z.string().min(1).max(max)
const Instant = z.iso.datetime()

/** A person of the directory that the nodes exchange: the office and its key, never a name. */
const DirectoryEntry = z.strictObject({
  person: Text(64),
  office: Text(120),
  organisation: Text(80),
  /** SPKI DER of the person's Ed25519 key, base64. */
  key: z.base64().max(200),
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  authorities: z.array(Text(40)).max(16),
  from: Instant,
  until: Instant.nullable(),
})

/** What a release proposal says, signed by its author and the release authorities as one exact text. */
export const Proposal = z.strictObject({
  v: z.literal(1),
  /** Document control number (Art. 12(a)(1)): the only name of the item outside the seal. */
  control: z.string().regex(/^[A-Z]{2}-[A-Z]{2}-\d{4}-\d{6}$/),
  originator: Nation,
  recipient: z.strictObject({ nation: Nation, organisation: Text(80) }),
  instrument: Text(80),
  profile: Text(120),
  /** The originator's marking exactly as the agreement writes it, and the marking it will bear at the receiver. */
  marking: Text(40),
  receiverMarking: Text(40),
  category: Text(60),
  purpose: Text(60),
  /** Commitment to title, file name and content together; opens only with the salt inside the seal. */
  commitment: Digest,
  payload: z.strictObject({ digest: Digest, sizeBytes: z.int().min(0) }),
  /** Control numbers of received items that the content derives from (Art. 4.3). */
  derivedFrom: z.array(Text(40)).max(16),
})
export type Proposal = z.infer<typeof Proposal>

export const KINDS = {
  'directory.entered': DirectoryEntry,
  'directory.withdrawn': z.strictObject({ person: Text(64), keyId: z.string().regex(/^[0-9a-f]{16}$/) }),
  /** Which profile the author's node has compiled for an instrument. */
  'agreement.declared': z.strictObject({ instrument: Text(80), profile: Text(120) }),
  /** The receiver's assurance before provision (Art. 7.5), standing until it ends or is withdrawn. */
  'assurance.given': z.strictObject({
    assurance: z.string().regex(/^[0-9a-f]{32}$/),
    /** Exact text whose digest the act signs. */
    text: Text(4000),
  }),
  'assurance.withdrawn': z.strictObject({ assurance: z.string().regex(/^[0-9a-f]{32}$/) }),
  'exchange.offered': z.strictObject({
    /** Exact proposal text: the acts sign its digest. */
    proposal: Text(4000),
    /** Exact manifest text of the seal. */
    manifest: Text(40_000),
  }),
  'exchange.withdrawn': z.strictObject({ control: Text(40) }),
  'exchange.accepted': z.strictObject({ control: Text(40), registered: Text(40), marking: Text(40) }),
  'exchange.refused': z.strictObject({
    control: Text(40),
    code: Text(40),
    articles: z.array(Text(40)).max(16),
  }),
  /** The final recipient's signed receipt (Art. 12(a)(3)). */
  'exchange.opened': z.strictObject({ control: Text(40), organisation: Text(80), office: Text(120) }),
  /** The author could not apply an entry of the other log; it is parked there and the link goes on. */
  'entry.refused': z.strictObject({ index: z.int().min(0), code: Text(60) }),
  /** The author's register of this link at a moment, for reconciliation. */
  'register.stated': z.strictObject({
    /** How far the author had applied the partner's log. */
    applied: z.int().min(0),
    count: z.int().min(0),
    /** SHA-384 over the register lines in order. */
    root: Digest,
    /** It answers a statement of the other side and asks for nothing. */
    answers: z.boolean(),
    /** Lines of one part, said only after the roots differed. */
    part: z
      .strictObject({
        index: z.int().min(0),
        of: z.int().min(1).max(200),
        lines: z.array(Text(300)).max(150),
      })
      .optional(),
  }),
} as const

export type Kind = keyof typeof KINDS

/** The receiver's assurance as an exact text (Art. 7.5 (a) to (c)). */
export const AssuranceText = z.strictObject({
  v: z.literal(1),
  assurance: z.string().regex(/^[0-9a-f]{32}$/),
  instrument: Text(80),
  by: Nation,
  to: Nation,
  organisation: Text(80),
  /** Receiver-side markings covered. */
  markings: z.array(Text(40)).min(1).max(8),
  purposes: z.array(Text(60)).min(1).max(16),
  from: Instant,
  until: Instant,
})
export type AssuranceText = z.infer<typeof AssuranceText>
