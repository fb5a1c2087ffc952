/**
 * The proposal: the one exact text that author and release authorities sign, and that the receiver reads (EXC-1 to
 * EXC-4). Whoever changes a word makes another proposal with another digest, and earlier signatures say nothing of it.
 */
import { sha384 } from '../digest.ts'
import type { Sha384 } from '../digest.ts'
import { Malformed, parseJson } from '../json.ts'
import { Proposal } from '../kinds.ts'

/** Writes a proposal as its exact text. */
export function proposalText(proposal: Proposal): string {
  return JSON.stringify(Proposal.parse(proposal))
}

/** What the acts sign. */
export function proposalDigest(text: string): Sha384 {
  return sha384(Buffer.from(text))
}

/**
 * Reads the exact text.
 * @throws Malformed `proposal_invalid` with the field
 */
export function readProposal(text: string): Proposal {
  const parsed = Proposal.safeParse(parseJson(text, 'proposal'))
  if (!parsed.success) {
    throw new Malformed(
      'proposal_invalid',
      `proposal.${parsed.error.issues[0]?.path.join('.') ?? ''}`,
      parsed.error,
    )
  }
  return parsed.data
}

/** The control number of an item: who says it to whom, in which year, and a running number (EXC-3). */
export function controlNumber(from: string, to: string, year: number, running: number): string {
  return `${from}-${to}-${year}-${running.toString().padStart(6, '0')}`
}
