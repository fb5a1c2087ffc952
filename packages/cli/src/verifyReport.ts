/**
 * A verification in plain words: the verdict first, then what broke and where, what happened, what is
 * proved.
 */
import { EVIDENCE_CHECKS } from '#wire/evidence/report.ts'
import type { EvidenceItem, EvidenceReport, Finding, TimelineEvent } from '#wire/evidence/report.ts'
import { itemStates } from '#words/exchange/states.ts'
import { categories, events, kinds, purposes, wordsOf } from '#words/pillars.ts'
import type { Language, Words } from '#words/word.ts'
import { checks, faults } from './verifyFaults.ts'
import { headings, lines, proved, unproved, verdicts } from './verifyWords.ts'

/** How many failures are shown; the rest is counted. */
const SHOWN_MAX = 20

type Values = Readonly<Record<string, string | number>>

/** How a report is told in one language. */
interface Voice {
  /** A sentence with its values, each stripped of what could move a terminal's cursor or its text. */
  readonly say: (words: Words, values?: Values) => string
  /** The words of a code; the code itself when it has none here. */
  readonly codeName: (group: Readonly<Record<string, Words>>, code: string) => string
  readonly nationName: (code: string) => string
}

/** The report as text, ready for a terminal. Nothing in it comes out of the file unescaped. */
export function reportText(report: EvidenceReport, language: Language): string {
  const voice = voiceIn(language)
  const { say } = voice
  const sections = [
    [say(verdicts[report.verdict])],
    brokenLines(report, voice),
    keyLines(report, voice),
    report.item === null ? [] : itemLines(report.item, voice),
    report.verdict === 'broken' ? [] : timelineLines(report, voice),
    listed(
      say(headings.proved),
      report.proved.map((code) => say(proved[code])),
    ),
    listed(
      say(headings.unproved),
      report.unproved.map((code) => say(unproved[code])),
    ),
    checkLines(report, voice),
  ]
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`
}

function voiceIn(language: Language): Voice {
  const nations = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  return {
    say: (words, values = {}) => fill(words[language], values),
    codeName: (group, code) => wordsOf(group, code)?.[language] ?? code,
    nationName: (code) => nations.of(code) ?? code,
  }
}

/**
 * Puts values into the braces of a sentence, each stripped of what could move a terminal's cursor or its
 * text.
 */
export function fill(sentence: string, values: Values): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => printable(String(values[name] ?? '')))
}

function printable(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
}

function listed(heading: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [heading, ...entries.map((entry) => `  - ${entry}`)]
}

function brokenLines(report: EvidenceReport, voice: Voice): string[] {
  const broken = report.findings.filter(({ held }) => !held)
  const shown = broken.slice(0, SHOWN_MAX).map((finding) => failureOf(finding, voice))
  const rest = broken.length - shown.length
  const more = rest > 0 ? [voice.say(lines.more, { count: rest })] : []
  return listed(voice.say(headings.broken), [...shown, ...more])
}

function failureOf({ check, fault, detail, place }: Finding, { say }: Voice): string {
  const sentence = fault === null ? '' : say(faults[fault])
  const codes = [fault, detail].filter((code) => code !== null).join(', ')
  return `${say(checks[check])}: ${sentence}\n    ${printable(place)} (${printable(codes)})`
}

function keyLines({ fingerprint, exported }: EvidenceReport, { say, nationName }: Voice): string[] {
  return listed(say(headings.keys), [
    ...(fingerprint === null ? [] : [say(lines.fingerprint, { fingerprint })]),
    ...(exported === null ? [] : [say(lines.exported, { nation: nationName(exported.by), at: exported.at })]),
  ])
}

function itemLines({ proposal, registered, state, ...item }: EvidenceItem, voice: Voice): string[] {
  const { say, codeName, nationName } = voice
  const { control, marking, receiverMarking, instrument } = proposal
  const { organisation, nation } = proposal.recipient
  const articles = item.articles
    .filter((relied) => relied.articles.length > 0)
    .map((relied) => `${relied.articles.join(', ')} (${relied.term})`)
    .join('; ')
  const home = nationName(proposal.originator)
  const category = codeName(categories, proposal.category)
  const purpose = codeName(purposes, proposal.purpose)
  return listed(say(headings.about), [
    say(lines.item, { control, home, partner: nationName(nation), organisation }),
    say(lines.marking, { marking, receiverMarking }),
    say(lines.purpose, { category, purpose, instrument }),
    say(lines.state, { state: say(itemStates[state]) }),
    ...(registered === null ? [] : [say(lines.registered, { registered })]),
    ...(articles === '' ? [] : [say(lines.articles, { articles })]),
  ])
}

function timelineLines(report: EvidenceReport, voice: Voice): string[] {
  const { say, codeName, nationName } = voice
  return listed(say(headings.timeline), [
    ...report.timeline.map((event) => eventOf(event, report, voice)),
    ...report.pending.map(({ by, kind }) =>
      say(lines.pending, { kind: codeName(kinds, kind), nation: nationName(by) }),
    ),
    ...report.heads.map(({ log, size, cosignedAt }) =>
      say(lines.head, { log, size, at: instantOf(cosignedAt) }),
    ),
  ])
}

function eventOf(event: TimelineEvent, report: EvidenceReport, voice: Voice): string {
  const { say, codeName, nationName } = voice
  const { originator, recipient } = report.item?.proposal ?? { originator: '', recipient: { nation: '' } }
  const cosigner = event.nation === originator ? recipient.nation : originator
  const values = { nation: nationName(event.nation), note: event.note ?? '' }
  const facts = [
    ...(event.offices.length === 0 ? [] : [say(lines.signedBy, { offices: event.offices.join(', ') })]),
    `${event.log}[${event.index}]`,
    say(lines.cosigned, {
      nation: cosigner === '' ? '' : nationName(cosigner),
      at: instantOf(event.cosignedAt),
    }),
    ...(event.provisional ? [say(lines.provisional)] : []),
  ]
  return `${printable(event.at)}  ${fill(codeName(events, event.kind), values)}\n    ${facts.join('; ')}`
}

/** POSIX seconds as ISO 8601; a number that is no date is shown as it is. */
function instantOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}

function checkLines(report: EvidenceReport, { say }: Voice): string[] {
  const made = EVIDENCE_CHECKS.flatMap((check) => {
    const findings = report.findings.filter((finding) => finding.check === check)
    if (findings.length === 0) return []
    const held = findings.filter((finding) => finding.held).length
    const failed = findings.length - held
    const counts = [
      ...(held > 0 ? [say(lines.held, { count: held })] : []),
      ...(failed > 0 ? [say(lines.failed, { count: failed })] : []),
    ]
    return [`${say(checks[check])}: ${counts.join(', ')}`]
  })
  return listed(say(headings.checks), made)
}
