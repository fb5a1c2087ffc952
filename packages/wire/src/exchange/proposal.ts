/**
 * The proposal: the one exact text that author and release authorities sign, and that the receiver reads
 * (EXC-1 to EXC-4). Any change makes another proposal with another digest, which earlier signatures do not
 * cover.
 */
import { z } from 'zod'
import { sha384 } from '../digest.ts'
import type { Sha384 } from '../digest.ts'
import { Malformed, parseJson } from '../json.ts'
import { Nation } from '../nation.ts'
import { Digest, Text } from '../shapes.ts'

export const Proposal = z.strictObject({
  v: z.literal(1),
  /** Document control number (Art. 12(a)(1)): the only name of the item outside the seal. */
  control: z.string().regex(/^[A-Z]{2}-[A-Z]{2}-\d{4}-\d{6,12}$/),
  originator: Nation,
  recipient: z.strictObject({ nation: Nation, organisation: Text(80) }),
  instrument: Text(80),
  profile: Text(120),
  /** The originator's marking exactly as the agreement writes it, and the marking it will bear at the receiver. */
  marking: Text(40),
  receiverMarking: Text(40),
  category: Text(60),
  purpose: Text(60),
  /** Commitment to title, file name and content; it can be checked only with the salt inside the seal. */
  commitment: Digest,
  payload: z.strictObject({ digest: Digest, sizeBytes: z.int().min(0) }),
  /** Control numbers of received items that the content derives from (Art. 4.3). */
  derivedFrom: z.array(Text(40)).max(16),
})
export type Proposal = z.infer<typeof Proposal>

/** How many release authorities, other than the author, sign a proposal before it may cross (EXC-32). */
export const APPROVALS_NEEDED = 2

/** Writes a proposal as its exact text. */
export function proposalText(proposal: Proposal): string {
  return JSON.stringify(Proposal.parse(proposal))
}

/** The digest that the signed acts are over. */
export function proposalDigest(text: string): Sha384 {
  return sha384(Buffer.from(text))
}

/**
 * Reads the exact text.
 * @throws Malformed `proposal_invalid` with the field
 */
export function readProposal(text: string): Proposal {
  const parsed = Proposal.safeParse(parseJson(text, 'proposal'))
  if (parsed.success) return parsed.data
  const place = `proposal.${parsed.error.issues[0]?.path.join('.') ?? ''}`
  throw new Malformed('proposal_invalid', place, parsed.error)
}

/** The control number of an item: originator, recipient, year and a running number (EXC-3). */
export function controlNumber(from: string, to: string, year: number, running: number): string {
  return `${from}-${to}-${year}-${running.toString().padStart(6, '0')}`
}
