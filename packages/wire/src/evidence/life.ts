/**
 * The life of a matter in an evidence file: which statements are about it, whether all are there that were
 * acknowledged, their one order, and their times (EVI-9, EVI-13, EVI-14, EVI-26 to EVI-28).
 */
import { orderOf } from '../matter.ts'
import type { Ordered } from '../matter.ts'
import { parseActText } from '../personAct.ts'
import { MATTERS } from '../pillars.ts'
import type { MatterKind, Provable } from '../pillars.ts'
import type { Statement } from '../statement.ts'
import type { EvidenceFile } from './evidence.ts'
import { expectThat, fail } from './findings.ts'
import type { Findings } from './findings.ts'
import type { ProvedLog, ProvedStatement } from './log.ts'
import { CLOCK_TOLERANCE_MS } from './matter.ts'
import type { StatementsAbout } from './matter.ts'
import type { TimelineEvent } from './report.ts'

/** The first words of kinds on which statements about any matter may rest. */
const SUPPORTS_OF_ALL = ['directory', 'entry']

/** The proved part of both logs. */
export interface Logs {
  readonly home: ProvedLog
  readonly other: ProvedLog | null
}

/** The first word of a kind, before the dot. Statements about a matter share it. */
export function firstWordOf(kind: string): string {
  return kind.split('.', 1)[0] ?? ''
}

/**
 * The kind of the matter and what its pillar brings; null if no statement is about a matter of a kind that can be
 * proved. Skips statements of other kinds, so that none of them, said before or after, hides the matter.
 */
export function kindOfMatter(
  findings: Findings,
  logs: Logs,
  { id }: EvidenceFile['matter'],
): { readonly kind: MatterKind; readonly provable: Provable } | null {
  const statements = [...logs.home.statements, ...(logs.other?.statements ?? [])]
  const about = statements.filter(({ statement }) => statement.matter?.id === id)
  const kind = about.map(({ statement }) => firstWordOf(statement.kind)).find(isProvable)
  if (kind !== undefined) return { kind, provable: MATTERS[kind] }
  const [first] = about
  if (first === undefined) fail(findings, 'statement', 'matter', 'matter_missing')
  else fail(findings, 'statement', first.place, 'matter_not_provable')
  return null
}

function isProvable(kind: string): kind is MatterKind {
  return Object.hasOwn(MATTERS, kind)
}

/** The statements about the matter, without those that the other side could not apply (EVI-13). */
export function statementsAbout(
  findings: Findings,
  logs: Logs,
  matter: EvidenceFile['matter'],
  { kind, provable }: { readonly kind: string; readonly provable: Provable },
): StatementsAbout {
  const supports = [...SUPPORTS_OF_ALL, ...provable.supports]
  const isAbout = ({ statement, place }: ProvedStatement) => {
    const word = firstWordOf(statement.kind)
    const isOurs =
      word === kind && statement.matter?.id === matter.id && statement.matter.home === matter.home
    const belongs = word === kind ? isOurs : supports.includes(word)
    expectThat(findings, belongs, 'statement', place, 'not_about_this_matter')
    return isOurs
  }
  const home = logs.home.statements.filter(isAbout)
  const other = (logs.other?.statements ?? []).filter(isAbout)
  const isApplied = (by: ProvedLog | null) => (said: ProvedStatement) =>
    !by?.statements.some(
      ({ statement }) => statement.kind === 'entry.refused' && statement.body.index === said.index,
    )
  return { home: home.filter(isApplied(logs.other)), other: other.filter(isApplied(logs.home)) }
}

/** The statements about the matter in the one order on which both nodes agree. */
export function orderedOf(about: StatementsAbout): Ordered<ProvedStatement>[] {
  const told = (byHome: boolean) => (said: ProvedStatement, ordinal: number) => {
    return { byHome, ordinal, seen: said.statement.matter!.seen, statement: said }
  }
  return orderOf([...about.home.map(told(true)), ...about.other.map(told(false))])
}

/** The statements alone, without their places in the logs. */
export function statementsIn(ordered: readonly Ordered<ProvedStatement>[]): Ordered<Statement>[] {
  return ordered.map((one) => ({ ...one, statement: one.statement.statement }))
}

/**
 * Each side says how many statements of the other it had applied: that many are in the file, or named as
 * pending.
 */
export function checkSequence(findings: Findings, file: EvidenceFile, about: StatementsAbout): void {
  const check = (statements: readonly ProvedStatement[], others: number, by: string) => {
    const known = others + file.pending.filter((pending) => pending.by === by).length
    for (const { statement, place } of statements) {
      const isWhole = statement.matter!.seen <= known
      expectThat(findings, isWhole, 'sequence', place, 'statement_missing')
    }
  }
  check(about.home, about.other.length, file.matter.partner)
  check(about.other, about.home.length, file.matter.home)
}

/** Finds statements dated after the cosignature that covers them, or out of the order of their log. */
export function checkTimes(findings: Findings, logs: Logs): void {
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
}

/** What happened, with the state of the matter after each statement. */
export function timelineOf(
  logs: Logs,
  ordered: readonly Ordered<ProvedStatement>[],
  provable: Provable,
): TimelineEvent[] {
  const statements = statementsIn(ordered)
  return ordered.map(({ statement: said, byHome, provisional }, position) => {
    const log = byHome ? logs.home : logs.other!
    const { statement, index } = said
    return {
      kind: statement.kind,
      nation: log.nation,
      at: statement.at,
      cosignedAt: log.cosignedAt,
      cosignedBy: log.partner,
      log: log.origin,
      index,
      offices: officesOf(statement),
      state: provable.fold(statements.slice(0, position + 1)),
      provisional,
      note: provable.noteOf(statement),
    }
  })
}

/** The offices that a statement's signed acts name; empty text for an act that cannot be read. */
function officesOf({ acts }: Statement): string[] {
  return (acts ?? []).map(({ text }) => {
    try {
      return parseActText({ text, signature: '' }, 'act').office
    } catch {
      return ''
    }
  })
}
