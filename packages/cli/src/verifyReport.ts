/**
 * The report of a verification in plain words: the verdict first, then what is broken and where, what
 * happened, and what is proved.
 */
import type { EvidenceFinding, EvidenceReport, TimelineEvent } from '#wire/evidence/report.ts'
import type { MatterKind, ProvableCodes } from '#wire/pillars.ts'
import { events, kinds } from '#words/pillars.ts'
import type { Language } from '#words/word.ts'
import { checks, faults } from './verifyFaults.ts'
import { itemLines } from './verifyItem.ts'
import { fill, printable, voiceIn } from './verifyVoice.ts'
import type { Voice } from './verifyVoice.ts'
import { headings, lines, proved, unproved, verdicts } from './verifyWords.ts'

/** How many failures the report shows; it counts the others. */
const SHOWN_MAX = 20

type Shown = ProvableCodes['shown']

/** The part of the report that describes a matter, by kind of matter. */
const MATTER_LINES: {
  readonly [K in MatterKind]: (shown: Extract<Shown, { kind: K }>, voice: Voice) => string[]
} = {
  exchange: itemLines,
}

/** The report as text for a terminal. Everything from the file is escaped. */
export function reportText(report: EvidenceReport, language: Language): string {
  const voice = voiceIn(language)
  const { say } = voice
  const sections = [
    [say(verdicts[report.verdict])],
    brokenLines(report, voice),
    keyLines(report, voice),
    report.matter === null ? [] : matterLines(report.matter, voice),
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

function failureOf({ check, fault, detail, place }: EvidenceFinding, { say }: Voice): string {
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

function matterLines(shown: Shown, voice: Voice): string[] {
  return listed(voice.say(headings.about), MATTER_LINES[shown.kind](shown, voice))
}

function timelineLines(report: EvidenceReport, voice: Voice): string[] {
  const { say, codeName, nationName } = voice
  return listed(say(headings.timeline), [
    ...report.timeline.map((event) => eventOf(event, voice)),
    ...report.pending.map(({ by, kind }) =>
      say(lines.pending, { kind: codeName(kinds, kind), nation: nationName(by) }),
    ),
    ...report.heads.map(({ log, size, cosignedAt }) =>
      say(lines.head, { log, size, at: instantOf(cosignedAt) }),
    ),
  ])
}

function eventOf(event: TimelineEvent, { say, codeName, nationName }: Voice): string {
  const values = { nation: nationName(event.nation), note: event.note ?? '' }
  const facts = [
    ...(event.offices.length === 0 ? [] : [say(lines.signedBy, { offices: event.offices.join(', ') })]),
    `${event.log}[${event.index}]`,
    say(lines.cosigned, { nation: nationName(event.cosignedBy), at: instantOf(event.cosignedAt) }),
    ...(event.provisional ? [say(lines.provisional)] : []),
  ]
  return `${printable(event.at)}  ${fill(codeName(events, event.kind), values)}\n    ${facts.join('; ')}`
}

/** POSIX seconds as ISO 8601; the number itself if it is not a valid date. */
function instantOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}

function checkLines(report: EvidenceReport, { say }: Voice): string[] {
  const made = Object.entries(checks).flatMap(([check, name]) => {
    const findings = report.findings.filter((finding) => finding.check === check)
    if (findings.length === 0) return []
    const held = findings.filter((finding) => finding.held).length
    const failed = findings.length - held
    const counts = [
      ...(held > 0 ? [say(lines.held, { count: held })] : []),
      ...(failed > 0 ? [say(lines.failed, { count: failed })] : []),
    ]
    return [`${say(name)}: ${counts.join(', ')}`]
  })
  return listed(say(headings.checks), made)
}
