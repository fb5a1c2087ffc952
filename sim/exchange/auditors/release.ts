/**
 * Releases: every item on a partner's disk was signed by its author and two others, has an equivalent marking
 * and a permitted category and purpose, was covered by the receiver's assurance when it left, and is its
 * originator's own.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { Violation } from '../../violation.ts'
import { pairsOf, readSaid } from '../../auditors/view.ts'
import type { Network, Said, View } from '../../auditors/view.ts'
import { reportsOf } from '../reports.ts'
import { rowsOf } from './rows.ts'
import { CATEGORIES, EQUIVALENTS, ORGANISATIONS, PURPOSES } from './terms.ts'

interface Proposal {
  readonly control: string
  readonly originator: string
  readonly recipient: { readonly nation: string; readonly organisation: string }
  readonly marking: string
  readonly receiverMarking: string
  readonly category: string
  readonly purpose: string
  readonly derivedFrom: readonly string[]
}

export function auditReleases(network: Network): void {
  for (const { here, there } of pairsOf(network)) {
    const origin = there.entries.get(`out/${here.nation}`)?.length ?? 0
    for (const entry of here.entries.get(`in/${there.nation}`) ?? []) {
      const said = readSaid(entry.bytes)
      if (said.kind !== 'exchange.offered') continue
      // A restored originator no longer has the rows of what it lost.
      if (entry.index < origin || !network.restored.has(there.nation)) auditOffer(network, there, said)
    }
  }
}

function auditOffer(network: Network, home: View, said: Said): void {
  const text = String(said.body['proposal'])
  const proposal = JSON.parse(text) as Proposal
  const fail = (what: string): never => {
    throw new Violation('release', `${proposal.control} crossed and ${what}`)
  }
  const { marking, receiverMarking, originator, recipient, category, purpose } = proposal
  if (originator !== home.nation || said.to !== recipient.nation) fail('is another nation’s, or for another')
  const equivalents = EQUIVALENTS[`${originator} ${marking} ${recipient.nation}`] ?? []
  if (!equivalents.includes(receiverMarking)) fail(`${receiverMarking} is not equivalent to ${marking}`)
  if (!CATEGORIES.includes(category)) fail(`the category ${category} is not permitted`)
  if (!PURPOSES.includes(purpose)) fail(`the purpose ${purpose} is not permitted`)
  if (!(ORGANISATIONS[recipient.nation] ?? []).includes(recipient.organisation))
    fail('its recipient is not competent')
  if (proposal.derivedFrom.some((control) => !control.startsWith(`${originator}-`)))
    fail('derives from a third nation')
  const draft = rowsOf(home).drafts.find(({ control }) => control === proposal.control)
  if (draft !== undefined && reportsOf(network.model).passedOn.has(draft.id))
    fail('contains what a third nation provided')
  auditSigners(home, said, text, fail)
  auditDeparture(home, said, proposal, fail)
}

type Fail = (what: string) => never

function auditSigners(home: View, said: Said, proposal: string, fail: Fail): void {
  const over = `sha384:${createHash('sha384').update(proposal).digest('hex')}`
  const signers = (said.acts ?? []).map(({ text, signature }) => {
    const act = JSON.parse(text) as { act: string; person: string; key: string; over: string; nation: string }
    const key = home.keys.get(act.key)
    if (key === undefined || key.person !== act.person) return fail('was signed with an unknown key')
    const spki = createPublicKey({ key: Buffer.from(key.public_key, 'base64'), format: 'der', type: 'spki' })
    const signed = Buffer.from(`entente.int/act/v1\n${text}`)
    if (!verify(null, signed, spki, Buffer.from(signature, 'base64'))) fail('a signature does not verify')
    if (act.over !== over || act.nation !== home.nation) fail('its signature is over something else')
    return act
  })
  const author = signers.find(({ act }) => act === 'exchange.submit')?.person
  if (author === undefined) fail('its author has not signed')
  const approvers = new Set(
    signers.filter(({ act }) => act === 'exchange.approve').map(({ person }) => person),
  )
  if (approvers.has(author!)) fail('its author approved it')
  if (approvers.size < 2) fail(`only ${approvers.size} approved it`)
}

/**
 * The sender's gate permitted the departure, and an assurance in the sender's rows covered it at that
 * instant.
 */
function auditDeparture(home: View, said: Said, proposal: Proposal, fail: Fail): void {
  const sent = home.decisions.filter(({ act, matter }) => act === 'send' && matter === said.matter!.id)
  const left = sent.at(-1)
  if (left === undefined || !left.permitted) return fail('the gate did not permit its departure')
  const { recipient, receiverMarking, purpose } = proposal
  const covered = rowsOf(home).assurances.some((assurance) => {
    const text = JSON.parse(assurance.text) as { markings: string[]; purposes: string[] }
    return (
      assurance.by_nation === recipient.nation &&
      assurance.to_nation === home.nation &&
      assurance.organisation === recipient.organisation &&
      assurance.valid_from <= left.at &&
      assurance.valid_until > left.at &&
      (assurance.withdrawn_at === null || assurance.withdrawn_at > left.at) &&
      text.markings.includes(receiverMarking) &&
      text.purposes.includes(purpose)
    )
  })
  if (!covered) fail('no assurance covered it as it left')
}
