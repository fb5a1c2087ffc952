/**
 * What was said about an item after its offer: each answer against the offer, the receipt, and their times
 * (EVI-24, EVI-25, EVI-28).
 */
import { expectThat, fail, hold } from '../../evidence/findings.ts'
import { CLOCK_TOLERANCE_MS } from '../../evidence/matter.ts'
import type { StatementsAbout } from '../../evidence/matter.ts'
import type { ExaminedItem, ItemFindings } from './codes.ts'
import type { ProvedOffer } from './offer.ts'

/** Checks that each answer is to this offer and that there is one verdict. */
export function checkAnswers(
  findings: ItemFindings,
  { proposal }: ProvedOffer,
  about: StatementsAbout,
): void {
  let verdict = false
  for (const { statement, place } of [...about.home, ...about.other]) {
    const { kind, body } = statement
    if (kind === 'exchange.offered' || !('control' in body)) continue
    expectThat(findings, body.control === proposal.control, 'answers', place, 'control_differs')
    if (kind === 'exchange.accepted') {
      const isSame = body.marking === proposal.receiverMarking
      expectThat(findings, isSame, 'answers', place, 'marking_differs')
    }
    if (kind !== 'exchange.accepted' && kind !== 'exchange.refused') continue
    if (verdict) fail(findings, 'answers', place, 'answer_repeated')
    verdict = true
  }
  for (const { statement, place } of about.other) {
    if (statement.matter?.seen === 0) fail(findings, 'sequence', place, 'offer_missing')
  }
}

/** True if the office that a receipt names signed it over exactly this proposal, after its nation had accepted. */
export function proveReceipt({ findings, about, signed }: ExaminedItem, offer: ProvedOffer): boolean {
  let receipted = false
  let accepted = false
  for (const said of about.other) {
    const { statement, place } = said
    if (statement.kind === 'exchange.accepted') accepted = true
    if (statement.kind !== 'exchange.receipted') continue
    if (!accepted) fail(findings, 'receipt', place, 'acceptance_missing')
    const valid = signed(said, 0, { check: 'receipt', act: 'exchange.receipt', over: offer.digest })
    if (valid === null) continue
    const { office, organisation } = statement.body
    const isTheirs = office === valid.entry.office && organisation === valid.entry.organisation
    expectThat(findings, isTheirs, 'receipt', place, 'office_differs')
    receipted = true
  }
  return receipted
}

/** Finds a signed act dated after the offer that carries it, and an answer dated before the offer. */
export function checkOfferTimes({ findings, other }: ExaminedItem, offer: ProvedOffer): void {
  const { place } = offer.said
  const offered = Date.parse(offer.statement.at)
  for (const { act } of offer.signers) {
    if (Date.parse(act.at) > offered + CLOCK_TOLERANCE_MS) fail(findings, 'times', place, 'time_not_in_order')
  }
  for (const { statement, place: answer } of other?.statements ?? []) {
    const answers = statement.kind.startsWith('exchange.')
    const early = Date.parse(statement.at) < offered - CLOCK_TOLERANCE_MS
    if (answers && early) fail(findings, 'times', answer, 'time_not_in_order')
  }
  hold(findings, 'times', place)
}
