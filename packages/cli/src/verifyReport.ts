/**
 * A verification in plain words: the verdict first, then what broke and where, what happened, what is proved.
 */
import { EVIDENCE_CHECKS } from '#wire/evidence/report.ts'
import type { EvidenceItem, EvidenceReport, Finding, TimelineEvent } from '#wire/evidence/report.ts'
import { events as eventWords, kinds, wordsOf } from '#words/pillars.ts'
import { english } from './verifyReportEn.ts'
import { japanese } from './verifyReportJa.ts'
import { korean } from './verifyReportKo.ts'
import type { VerifyWords } from './verifyReportWords.ts'

/** The languages of the verifier. */
export const LANGUAGES: Readonly<Record<string, VerifyWords>> = { en: english, ko: korean, ja: japanese }

/** The most failures that are shown; the rest is counted. */
const SHOWN_MAX = 20

/** The report as text for a terminal. Everything in it that comes from the file is escaped. */
export function reportText(report: EvidenceReport, words: VerifyWords, language: string): string {
  const nameOf = nations(language)
  const sections = [
    [words.verdicts[report.verdict]],
    brokenLines(report, words),
    keyLines(report, words, nameOf),
    report.item === null ? [] : itemLines(report.item, words, nameOf),
    report.verdict === 'broken' ? [] : timelineLines(report, words, nameOf),
    listed(
      words.headings.proved,
      report.proved.map((code) => words.proved[code]),
    ),
    listed(
      words.headings.unproved,
      report.unproved.map((code) => words.unproved[code]),
    ),
    checkLines(report, words),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/**
 * Puts values into the braces of a sentence, and replaces what could move a terminal's cursor or reorder its
 * text.
 */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => printable(String(values[name] ?? '')))
}

function printable(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
}

function nations(language: string): (code: string) => string {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  return (code) => names.of(code) ?? code
}

function listed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  - ${line}`)]
}

function brokenLines(report: EvidenceReport, words: VerifyWords): string[] {
  const broken = report.findings.filter(({ held }) => !held)
  const lines = broken.slice(0, SHOWN_MAX).map((finding) => failureOf(finding, words))
  const more = broken.length > SHOWN_MAX ? [`+ ${broken.length - SHOWN_MAX}`] : []
  return listed(words.headings.broken, [...lines, ...more])
}

function failureOf({ check, fault, detail, place }: Finding, words: VerifyWords): string {
  const sentence = fault === null ? '' : words.faults[fault]
  const codes = [fault, detail].filter((code) => code !== null).join(', ')
  return `${words.checks[check]}: ${sentence}\n    ${printable(place)} (${printable(codes)})`
}

function keyLines(report: EvidenceReport, words: VerifyWords, nameOf: (code: string) => string): string[] {
  const { fingerprint, exported } = report
  const lines = []
  if (fingerprint !== null) lines.push(fill(words.lines.fingerprint, { fingerprint }))
  if (exported !== null) {
    lines.push(fill(words.lines.exported, { nation: nameOf(exported.by), at: exported.at }))
  }
  return listed(words.headings.keys, lines)
}

function itemLines(item: EvidenceItem, words: VerifyWords, nameOf: (code: string) => string): string[] {
  const { proposal, registered } = item
  const { control, marking, receiverMarking, category, purpose, instrument } = proposal
  const articles = item.articles.filter((term) => term.articles.length > 0)
  const named = articles.map(({ term, articles: list }) => `${list.join(', ')} (${term})`).join('; ')
  const { organisation, nation } = proposal.recipient
  const home = nameOf(proposal.originator)
  const { lines } = words
  return listed(words.headings.about, [
    fill(lines.item, { control, home, partner: nameOf(nation), organisation }),
    fill(lines.marking, { marking, receiverMarking }),
    fill(lines.purpose, { category, purpose, instrument }),
    fill(lines.state, { state: words.states[item.state] }),
    ...(registered === null ? [] : [fill(lines.registered, { registered })]),
    ...(named === '' ? [] : [fill(lines.articles, { articles: named })]),
  ])
}

function timelineLines(
  report: EvidenceReport,
  words: VerifyWords,
  nameOf: (code: string) => string,
): string[] {
  const events = report.timeline.map((event) => eventOf(event, report, words, nameOf))
  const pending = report.pending.map(({ by, kind }) =>
    fill(words.lines.pending, {
      kind: wordsOf(kinds, kind)?.[words.language] ?? kind,
      nation: nameOf(by),
    }),
  )
  const heads = report.heads.map(({ log, size, cosignedAt }) =>
    fill(words.lines.head, { log, size, at: instantOf(cosignedAt) }),
  )
  return listed(words.headings.timeline, [...events, ...pending, ...heads])
}

function eventOf(
  event: TimelineEvent,
  report: EvidenceReport,
  words: VerifyWords,
  nameOf: (code: string) => string,
): string {
  const sentence = wordsOf(eventWords, event.kind)?.[words.language] ?? event.kind
  const said = fill(sentence, { nation: nameOf(event.nation), note: event.note ?? '' })
  const { originator, recipient } = report.item?.proposal ?? { originator: '', recipient: { nation: '' } }
  const cosigner = event.nation === originator ? recipient.nation : originator
  const facts = [
    ...(event.offices.length === 0
      ? []
      : [fill(words.lines.signedBy, { offices: event.offices.join(', ') })]),
    `${event.log}[${event.index}]`,
    fill(words.lines.cosigned, {
      nation: cosigner === '' ? '' : nameOf(cosigner),
      at: instantOf(event.cosignedAt),
    }),
    ...(event.provisional ? [words.lines.provisional] : []),
  ]
  return `${printable(event.at)}  ${said}\n    ${facts.join('; ')}`
}

/** POSIX seconds as ISO 8601; as a number if they are outside the calendar. */
function instantOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}

function checkLines(report: EvidenceReport, words: VerifyWords): string[] {
  const lines = EVIDENCE_CHECKS.flatMap((check) => {
    const made = report.findings.filter((finding) => finding.check === check)
    if (made.length === 0) return []
    const held = made.filter((finding) => finding.held).length
    const failed = made.length - held
    const counts = [
      ...(held > 0 ? [fill(words.lines.held, { count: held })] : []),
      ...(failed > 0 ? [fill(words.lines.failed, { count: failed })] : []),
    ]
    return [`${words.checks[check]}: ${counts.join(', ')}`]
  })
  return listed(words.headings.checks, lines)
}
