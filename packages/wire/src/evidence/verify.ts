/**
 * Verifies an evidence file offline, from its exact bytes alone (EVI-30 to EVI-33): form, keys, logs, then
 * what the pillar of the matter checks. Makes every possible check, but does not use data that failed a
 * check.
 */
import { linkFingerprint, readCard } from '../link/card.ts'
import type { Card, SignedCard } from '../link/card.ts'
import { sha384 } from '../digest.ts'
import { exportText, exporterName, readEvidence, signedPart } from './evidence.ts'
import type { EvidenceFile } from './evidence.ts'
import { compareEvidence } from './compare.ts'
import { proveContent } from './content.ts'
import { attempt, expectThat, fail, hold } from './findings.ts'
import type { Findings } from './findings.ts'
import {
  checkSequence,
  checkTimes,
  kindOfMatter,
  orderedOf,
  statementsAbout,
  statementsIn,
  timelineOf,
} from './life.ts'
import type { Logs } from './life.ts'
import { proveLog } from './log.ts'
import type { LogKeys } from './log.ts'
import { reportOf } from './report.ts'
import type { EvidenceFinding, EvidenceReport, Gathered } from './report.ts'
import { checkDirectory, verifySigned } from './signer.ts'
import { parseNote, verifyNote } from '../log/note.ts'
import type { MatterKind } from '../pillars.ts'
import { importPublicKeys, verifierOf } from '../suite.ts'
import type { SuitePublicKeys } from '../suite.ts'

/** What the verifier holds besides the file. */
export interface VerifyOptions {
  /** The fingerprint of the link, as the screens of both nodes show it. */
  readonly fingerprint?: string
  /** Cards that the verifier trusts; both cards of the file must be among them. */
  readonly trusted?: readonly SignedCard[]
  /** Exact text of another evidence file of the same matter, preferably the other nation's. */
  readonly against?: string
  /** The content, to be compared with the commitment. */
  readonly content?: Iterable<Uint8Array>
}

interface Nations {
  readonly home: { readonly card: Card; readonly keys: SuitePublicKeys }
  readonly other: { readonly card: Card; readonly keys: SuitePublicKeys }
}

/** Verifies the exact text of an evidence file. Never throws because of its content. */
export function verifyEvidence(text: string, options: VerifyOptions = {}): EvidenceReport {
  const findings: EvidenceFinding[] = []
  const contentGiven = options.content !== undefined
  const file = attempt(findings, 'form', 'file', 'not_readable', () => readEvidence(text))
  if (file === null) return reportOf(findings, { contentGiven })
  hold(findings, 'form', 'file')
  const nations = proveCards(findings, file)
  if (nations === null) return reportOf(findings, { file, contentGiven })
  const exported = proveExporter(findings, text, file, nations)
  checkKeys(findings, file, options)
  const { kind, ...proved } = proveMatter(findings, file, nations, options)
  const otherHeld = compareWith(findings, file, exported, options, kind)
  return reportOf(findings, { file, exported, ...proved, otherHeld, contentGiven })
}

type Proved = Pick<Gathered, 'logs' | 'proof' | 'timeline' | 'contentHeld'> & { readonly kind?: MatterKind }

/** Proves the logs, then the matter by what its pillar brings. */
function proveMatter(
  findings: EvidenceFinding[],
  file: EvidenceFile,
  nations: Nations,
  options: VerifyOptions,
): Proved {
  const { home: homeKeys, other: otherKeys } = logKeys(nations)
  const home = proveLog(findings, 'home', file.logs.home, homeKeys)
  const other = file.logs.other === null ? null : proveLog(findings, 'other', file.logs.other, otherKeys)
  if (home === null) return {}
  const logs: Logs = { home, other }
  checkDirectory(findings, home)
  if (other !== null) checkDirectory(findings, other)
  const matter = kindOfMatter(findings, logs, file.matter)
  if (matter === null) return { logs }
  const { kind, provable } = matter
  const about = statementsAbout(findings, logs, file.matter, matter)
  const ordered = orderedOf(about)
  const proof = provable.prove({
    findings,
    matter: file.matter.id,
    ...logs,
    about,
    ordered: statementsIn(ordered),
    profile: file.profile,
    signed: (said, position, expected) => {
      return verifySigned(findings, said.side === 'home' ? home : other!, said, position, expected)
    },
  })
  if (proof === null) return { logs, kind }
  checkSequence(findings, file, about)
  checkTimes(findings, logs)
  const proved = { logs, kind, proof, timeline: timelineOf(logs, ordered, provable) }
  if (options.content === undefined) return proved
  const contentHeld = proveContent(findings, file.opening, options.content, proof.commitment)
  return { ...proved, contentHeld }
}

/** Compares with another file, if one is given. True if that file is valid and the other nation's. */
function compareWith(
  findings: EvidenceFinding[],
  file: EvidenceFile,
  exported: EvidenceReport['exported'],
  options: VerifyOptions,
  kind: MatterKind | undefined,
): boolean {
  if (options.against === undefined) return false
  const other = verifyEvidence(options.against)
  if (other.verdict === 'broken') {
    fail(findings, 'other_file', 'against', 'other_file_broken')
    return false
  }
  // A broken file is not compared: its entries may not be in any log.
  if (kind === undefined || findings.some(({ held }) => !held)) return false
  compareEvidence(findings, file, options.against, kind)
  return other.exported?.by !== exported?.by
}

/** The cards, if both carry valid signatures and belong to the two nations. */
function proveCards(findings: Findings, file: EvidenceFile): Nations | null {
  const read = (side: 'home' | 'other', nation: string) => {
    const place = `cards.${side}`
    const card = attempt(findings, 'cards', place, 'card_invalid', () => readCard(file.cards[side]))
    if (card === null) return null
    if (!expectThat(findings, card.nation === nation, 'cards', place, 'card_of_another')) return null
    const keys = attempt(findings, 'cards', place, 'card_invalid', () => importPublicKeys(card.keys))
    return keys === null ? null : { card, keys }
  }
  const home = read('home', file.matter.home)
  const other = read('other', file.matter.partner)
  if (home === null || other === null) return null
  const isTwo = home.card.nation !== other.card.nation && home.card.keys !== other.card.keys
  return expectThat(findings, isTwo, 'cards', 'cards', 'card_of_another') ? { home, other } : null
}

/** The exporter, if it signed every byte of the file before its signature and the note has no other line. */
function proveExporter(
  findings: Findings,
  text: string,
  file: EvidenceFile,
  nations: Nations,
): { by: string; at: string } | null {
  const fault = 'exporter_signature_invalid'
  const note = attempt(findings, 'exporter', 'export', fault, () => parseNote(Buffer.from(file.export)))
  if (note === null) return null
  const exporter = [nations.home, nations.other].find(
    ({ card }) => exporterName(card.nation) === note.signatures[0]?.name,
  )
  if (exporter === undefined) {
    fail(findings, 'exporter', 'export', 'exporter_unknown')
    return null
  }
  const { card, keys } = exporter
  const verdict = verifyNote(note, verifierOf(exporterName(card.nation), keys))
  const at = note.text.split('\n')[2] ?? ''
  const expected = exportText(sha384(Buffer.from(signedPart(text))), at)
  const isAlone = note.signatures.length === keys.keys.length
  if (verdict.ok && isAlone && note.text === expected) {
    hold(findings, 'exporter', 'export')
    return { by: card.nation, at }
  }
  fail(findings, 'exporter', 'export', fault, verdict.ok ? null : verdict.code)
  return null
}

/** Compares the keys in the file with what the verifier holds. */
function checkKeys(findings: Findings, file: EvidenceFile, options: VerifyOptions): void {
  const { home, other } = file.cards
  if (options.fingerprint !== undefined) {
    const same = digitsOf(options.fingerprint) === digitsOf(linkFingerprint(home.text, other.text))
    expectThat(findings, same, 'keys', 'cards', 'fingerprint_differs')
  }
  if (options.trusted === undefined) return
  for (const [side, card] of [
    ['home', home],
    ['other', other],
  ] as const) {
    const known = options.trusted.some((trusted) => trusted.text === card.text)
    expectThat(findings, known, 'keys', `cards.${side}`, 'card_not_trusted')
  }
}

function digitsOf(fingerprint: string): string {
  return fingerprint.replaceAll(/\s/g, '')
}

function logKeys({ home, other }: Nations): { home: LogKeys; other: LogKeys } {
  const [one, two] = [home.card.nation, other.card.nation]
  return {
    home: { nation: one, partner: two, own: home.keys, partners: other.keys },
    other: { nation: two, partner: one, own: other.keys, partners: home.keys },
  }
}
