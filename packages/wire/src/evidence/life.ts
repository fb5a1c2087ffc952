/**
 * The life of an item in an evidence file: the statements of both nations in the one order, folded as both
 * nodes fold them, with each answer checked against the offer (EVI-24 to EVI-28).
 */
import type { EvidenceFile } from './evidence.ts'
import type { ProvedLog, ProvedStatement } from './log.ts'
import type { ProvedOffer } from './offer.ts'
import { expectThat, fail, hold } from './report.ts'
import type { Findings, TimelineEvent } from './report.ts'
import { actsOf, verifySigned } from './signer.ts'
import { foldItem } from '../exchange/item.ts'
import type { ItemState } from '../exchange/item.ts'
import { orderOf } from '../matter.ts'
import type { Ordered } from '../matter.ts'
import { parseActText } from '../personAct.ts'

/** How far two clocks, or one clock before and after it was set, may differ before a time is a fault. */
const CLOCK_TOLERANCE_MS = 10 * 60_000

/** The proved life of an item. */
export interface ProvedLife {
  readonly state: ItemState
  readonly registered: string | null
  readonly receipted: boolean
  readonly timeline: readonly TimelineEvent[]
}

/** The proved part of both logs. */
export interface Logs {
  readonly home: ProvedLog
  readonly other: ProvedLog | null
}

/** The statements about the item, without those that the other side could not apply (EVI-13). */
export function statementsAbout(findings: Findings, logs: Logs, item: EvidenceFile['item']) {
  const home = logs.home.statements.filter((said) => isAbout(findings, said, item))
  const other = (logs.other?.statements ?? []).filter((said) => isAbout(findings, said, item))
  const isApplied = (by: ProvedLog | null) => (said: ProvedStatement) =>
    !by?.statements.some(
      ({ statement }) => statement.kind === 'entry.refused' && statement.body.index === said.index,
    )
  return { home: home.filter(isApplied(logs.other)), other: other.filter(isApplied(logs.home)) }
}

/** True if a statement is about the item. One about anything else, and of no supporting kind, is a fault. */
function isAbout(findings: Findings, said: ProvedStatement, item: EvidenceFile['item']): boolean {
  const { statement, place } = said
  if (!statement.kind.startsWith('exchange.')) {
    const supports = /^(directory|assurance|agreement|entry)\./.test(statement.kind)
    expectThat(findings, supports, 'statement', place, 'not_about_this_item')
    return false
  }
  const isOurs = statement.matter?.id === item.id && statement.matter.home === item.home
  return expectThat(findings, isOurs, 'statement', place, 'not_about_this_item')
}

/** Checks every answer, and folds the statements to the state of the item. */
export function proveLife(
  findings: Findings,
  file: EvidenceFile,
  logs: Logs,
  offer: ProvedOffer,
  about: { readonly home: readonly ProvedStatement[]; readonly other: readonly ProvedStatement[] },
): ProvedLife {
  checkAnswers(findings, offer, about)
  const receipted = checkReceipts(findings, logs.other, offer, about.other)
  checkSequence(findings, file, about)
  const ordered = orderOf([
    ...about.home.map((said, ordinal) => toldOf(said, ordinal, true)),
    ...about.other.map((said, ordinal) => toldOf(said, ordinal, false)),
  ])
  const accepted = about.other.find(({ statement }) => statement.kind === 'exchange.accepted')?.statement
  return {
    state: foldItem(ordered.map(unwrapped)),
    registered: accepted?.kind === 'exchange.accepted' ? accepted.body.registered : null,
    receipted,
    timeline: ordered.map((event, position) => eventOf(logs, event, ordered.slice(0, position + 1))),
  }
}

function toldOf(said: ProvedStatement, ordinal: number, byHome: boolean) {
  return { byHome, ordinal, seen: said.statement.matter!.seen, statement: said }
}

function unwrapped(ordered: Ordered<ProvedStatement>): Ordered<{ readonly kind: string }> {
  return { ...ordered, statement: ordered.statement.statement }
}

function checkAnswers(
  findings: Findings,
  { proposal }: ProvedOffer,
  about: { readonly home: readonly ProvedStatement[]; readonly other: readonly ProvedStatement[] },
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
}

/** A receipt counts if its office signed it over exactly this proposal, after the nation had accepted. */
function checkReceipts(
  findings: Findings,
  other: ProvedLog | null,
  offer: ProvedOffer,
  answers: readonly ProvedStatement[],
): boolean {
  let receipted = false
  let accepted = false
  for (const said of answers) {
    const { statement, place } = said
    if (statement.kind === 'exchange.accepted') accepted = true
    if (statement.kind !== 'exchange.receipted' || other === null) continue
    if (!accepted) fail(findings, 'receipt', place, 'acceptance_missing')
    const expected = { check: 'receipt', act: 'exchange.receipt' } as const
    const signed = verifySigned(findings, other, said, 0, { ...expected, over: offer.digest })
    if (signed === null) continue
    const { office, organisation } = statement.body
    const isTheirs = office === signed.entry.office && organisation === signed.entry.organisation
    expectThat(findings, isTheirs, 'receipt', place, 'office_differs')
    receipted = true
  }
  return receipted
}

/**
 * Each side says how many statements of the other it had applied: that many are in the file, or named as
 * pending.
 */
function checkSequence(
  findings: Findings,
  file: EvidenceFile,
  about: { readonly home: readonly ProvedStatement[]; readonly other: readonly ProvedStatement[] },
): void {
  const check = (statements: readonly ProvedStatement[], others: number, by: string) => {
    const known = others + file.pending.filter((pending) => pending.by === by).length
    for (const { statement, place } of statements) {
      const isWhole = statement.matter!.seen <= known
      expectThat(findings, isWhole, 'sequence', place, 'statement_missing')
    }
  }
  check(about.home, about.other.length, file.item.partner)
  check(about.other, about.home.length, file.item.home)
  for (const { statement, place } of about.other) {
    if (statement.matter!.seen === 0) fail(findings, 'sequence', place, 'offer_missing')
  }
}

function eventOf(
  logs: Logs,
  { statement: said, byHome, provisional }: Ordered<ProvedStatement>,
  before: readonly Ordered<ProvedStatement>[],
): TimelineEvent {
  const log = byHome ? logs.home : logs.other!
  const { statement, index } = said
  const body: Readonly<Record<string, unknown>> = statement.body
  const note = body['registered'] ?? body['code']
  return {
    kind: statement.kind,
    nation: log.nation,
    at: statement.at,
    cosignedAt: log.cosignedAt,
    log: log.origin,
    index,
    offices: actsOf(said).map((signed) => officeOf(signed.text)),
    state: foldItem(before.map(unwrapped)),
    provisional,
    note: typeof note === 'string' ? note : null,
  }
}

function officeOf(text: string): string {
  try {
    return parseActText({ text, signature: '' }, 'act').office
  } catch {
    return ''
  }
}

/**
 * Finds impossible times: after the cosignature that covers a statement, or out of the order of the
 * statements.
 */
export function checkTimes(findings: Findings, logs: Logs, offer: ProvedOffer | null): void {
  for (const log of [logs.home, logs.other]) {
    if (log === null) continue
    let latest = -Infinity
    for (const { statement, place } of log.statements) {
      const at = Date.parse(statement.at)
      const covered = at <= log.cosignedAt * 1000 + CLOCK_TOLERANCE_MS
      expectThat(findings, covered, 'times', place, 'time_after_cosignature')
      if (at < latest - CLOCK_TOLERANCE_MS) fail(findings, 'times', place, 'time_not_in_order')
      latest = Math.max(latest, at)
    }
  }
  if (offer === null) return
  const offered = Date.parse(offer.statement.at)
  for (const { act } of offer.signers) {
    if (Date.parse(act.at) > offered + CLOCK_TOLERANCE_MS) {
      fail(findings, 'times', offer.said.place, 'time_not_in_order')
    }
  }
  for (const { statement, place } of logs.other?.statements ?? []) {
    const answers = statement.kind.startsWith('exchange.')
    const early = Date.parse(statement.at) < offered - CLOCK_TOLERANCE_MS
    if (answers && early) fail(findings, 'times', place, 'time_not_in_order')
  }
  hold(findings, 'times', offer.said.place)
}
