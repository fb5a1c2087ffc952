/**
 * The offer in an evidence file: the one proposal that people signed, the seal bound to it, its author, and
 * two release authorities who are not the author (EVI-17 to EVI-19).
 */
import { sha384 } from '../digest.ts'
import type { ProvedLog, ProvedStatement } from './log.ts'
import { attempt, expectThat, fail, hold } from './report.ts'
import type { Findings } from './report.ts'
import { actsOf, verifySigned } from './signer.ts'
import type { Signed } from './signer.ts'
import { Malformed, parseJson } from '../json.ts'
import { APPROVALS_NEEDED, Proposal } from '../exchange/proposal.ts'
import { parseManifest } from '../seal/manifest.ts'
import type { Statement } from '../statement.ts'

/** A proved offer. */
export interface ProvedOffer {
  readonly said: ProvedStatement
  readonly statement: Statement<'exchange.offered'>
  readonly proposal: Proposal
  readonly digest: string
  readonly signers: readonly Signed[]
}

/** Finds and proves the offer of the item; null if there is no readable one. */
export function proveOffer(findings: Findings, home: ProvedLog, item: string): ProvedOffer | null {
  const [said, ...more] = home.statements.filter(
    ({ statement }) => statement.kind === 'exchange.offered' && statement.matter?.id === item,
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
  const digest = sha384(Buffer.from(text))
  const sealed = attempt(findings, 'offer', place, 'seal_not_bound', () => parseManifest(manifest))
  if (sealed !== null) {
    expectThat(findings, sealed.labelDigest === digest, 'offer', place, 'seal_not_bound')
  }
  return { said, statement, proposal, digest, signers: proveSigners(findings, home, said, digest) }
}

/** Verifies the author's signed act, then those of the release authorities. */
function proveSigners(
  findings: Findings,
  home: ProvedLog,
  said: ProvedStatement,
  over: string,
): readonly Signed[] {
  const check = 'signers'
  const signers = [verifySigned(findings, home, said, 0, { check, act: 'exchange.submit', over })]
  for (let position = 1; position < actsOf(said).length; position += 1) {
    const expected = { check, act: 'exchange.approve', over } as const
    signers.push(verifySigned(findings, home, said, position, expected))
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

function readProposal(text: string): Proposal {
  const parsed = Proposal.safeParse(parseJson(text, 'proposal'))
  if (!parsed.success) throw new Malformed('proposal_invalid', 'proposal', parsed.error)
  return parsed.data
}
