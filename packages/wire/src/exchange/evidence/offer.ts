/**
 * The offer in an evidence file: the one proposal that people signed, the seal bound to it, its author, and
 * two release authorities who are not the author (EVI-17 to EVI-19).
 */
import { attempt, expectThat, fail, hold } from '../../evidence/findings.ts'
import type { ProvedStatement } from '../../evidence/log.ts'
import type { Signed } from '../../evidence/signer.ts'
import { parseManifest } from '../../seal/manifest.ts'
import type { Statement } from '../../statement.ts'
import { APPROVALS_NEEDED, proposalDigest, readProposal } from '../proposal.ts'
import type { Proposal } from '../proposal.ts'
import type { ExaminedItem } from './codes.ts'

/** A proved offer. */
export interface ProvedOffer {
  readonly said: ProvedStatement
  readonly statement: Statement<'exchange.offered'>
  readonly proposal: Proposal
  readonly digest: string
  readonly signers: readonly Signed[]
}

/** Finds and proves the offer of the item; null if there is no readable one. */
export function proveOffer(examined: ExaminedItem): ProvedOffer | null {
  const { findings, home, matter } = examined
  const [said, ...more] = home.statements.filter(
    ({ statement }) => statement.kind === 'exchange.offered' && statement.matter?.id === matter,
  )
  if (said === undefined || said.statement.kind !== 'exchange.offered') {
    fail(findings, 'offer', home.origin, 'offer_missing')
    return null
  }
  for (const { place } of more) fail(findings, 'offer', place, 'offer_repeated')
  const { statement, place } = said
  const { proposal: text, manifest } = statement.body
  const proposal = attempt(findings, 'offer', place, 'proposal_malformed', () => readProposal(text))
  if (proposal === null) return null
  const isTheirs =
    proposal.originator === home.nation &&
    proposal.recipient.nation === home.partner &&
    proposal.control.startsWith(`${home.nation}-${home.partner}-`)
  expectThat(findings, isTheirs, 'offer', place, 'proposal_of_others')
  const digest = proposalDigest(text)
  const sealed = attempt(findings, 'offer', place, 'seal_not_bound', () => parseManifest(manifest))
  if (sealed !== null) {
    expectThat(findings, sealed.labelDigest === digest, 'offer', place, 'seal_not_bound')
  }
  return { said, statement, proposal, digest, signers: proveSigners(examined, said, digest) }
}

/** Verifies the author's signed act, then those of the release authorities. */
function proveSigners(
  { findings, signed }: ExaminedItem,
  said: ProvedStatement,
  over: string,
): readonly Signed[] {
  const check = 'signers'
  const signers = [signed(said, 0, { check, act: 'exchange.submit', over })]
  for (let position = 1; position < (said.statement.acts ?? []).length; position += 1) {
    signers.push(signed(said, position, { check, act: 'exchange.approve', over }))
  }
  const [author, ...approvers] = signers
  const people = new Set(approvers.flatMap((approver) => (approver === null ? [] : [approver.act.person])))
  if (author !== null && author !== undefined && people.has(author.act.person)) {
    fail(findings, check, said.place, 'author_approved')
  }
  if (people.size < APPROVALS_NEEDED) fail(findings, check, said.place, 'approvals_missing')
  else hold(findings, check, said.place)
  return signers.filter((signer) => signer !== null)
}
