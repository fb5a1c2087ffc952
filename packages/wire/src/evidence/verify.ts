/**
 * Verifies an evidence file offline, from its exact bytes alone (EVI-30 to EVI-33): form, keys, logs, people,
 * law, life, times. Makes every check that can be made, and does not read on in what a check refused.
 */
import { linkFingerprint, readCard } from '../link/card.ts'
import type { Card, SignedCard } from '../link/card.ts'
import { sha384 } from '../digest.ts'
import { exportText, exporterName, readEvidence, signedPart } from './evidence.ts'
import type { EvidenceFile } from './evidence.ts'
import { compareEvidence } from './compare.ts'
import { proveContent } from './content.ts'
import { checkTimes, proveLife, statementsAbout } from './life.ts'
import type { Logs, ProvedLife } from './life.ts'
import { proveLog } from './log.ts'
import type { LogKeys } from './log.ts'
import { proveOffer } from './offer.ts'
import type { ProvedOffer } from './offer.ts'
import { attempt, expectThat, fail, hold } from './report.ts'
import type { EvidenceReport, Findings, Proved, Unproved } from './report.ts'
import { checkDirectory } from './signer.ts'
import { proveTerms } from './terms.ts'
import type { ProvedTerms } from './terms.ts'
import { parseNote, verifyNote } from '../log/note.ts'
import { importPublicKeys, verifierOf } from '../suite.ts'
import type { SuitePublicKeys } from '../suite.ts'

/** What the verifier holds besides the file. */
export interface VerifyOptions {
  /** The fingerprint of the link, as the screens of both nodes show it. */
  readonly fingerprint?: string
  /** Cards that the verifier trusts; both cards of the file must be among them. */
  readonly trusted?: readonly SignedCard[]
  /** Exact text of another evidence file of the same item, preferably the other nation's. */
  readonly against?: string
  /** The content, to be compared with the commitment. */
  readonly content?: Iterable<Uint8Array>
}

interface Nations {
  readonly home: { readonly card: Card; readonly keys: SuitePublicKeys }
  readonly other: { readonly card: Card; readonly keys: SuitePublicKeys }
}

interface Gathered {
  readonly logs?: Logs
  readonly offer?: ProvedOffer | null
  readonly terms?: ProvedTerms
  readonly life?: ProvedLife
  readonly contentHeld?: boolean
  /** The other nation's file was compared, and this file omits nothing that it has. */
  readonly otherHeld?: boolean
}

/** Verifies the exact text of an evidence file. Never throws because of its content. */
export function verifyEvidence(text: string, options: VerifyOptions = {}): EvidenceReport {
  const findings: Findings = []
  const file = attempt(findings, 'form', 'file', 'not_readable', () => readEvidence(text))
  if (file === null) return reportOf(findings, null, null, {}, options)
  hold(findings, 'form', 'file')
  const nations = proveCards(findings, file)
  if (nations === null) return reportOf(findings, file, null, {}, options)
  const exported = proveExporter(findings, text, file, nations)
  checkKeys(findings, file, options)
  const gathered = {
    ...gather(findings, file, nations, options),
    otherHeld: compareWith(findings, file, exported, options),
  }
  return reportOf(findings, file, exported, gathered, options)
}

function gather(findings: Findings, file: EvidenceFile, nations: Nations, options: VerifyOptions): Gathered {
  const { home: homeKeys, other: otherKeys } = logKeys(nations)
  const home = proveLog(findings, 'home', file.logs.home, homeKeys)
  const other = file.logs.other === null ? null : proveLog(findings, 'other', file.logs.other, otherKeys)
  if (home === null) return {}
  const logs: Logs = { home, other }
  checkDirectory(findings, home)
  if (other !== null) checkDirectory(findings, other)
  const about = statementsAbout(findings, logs, file.item)
  const offer = proveOffer(findings, home, file.item.id)
  if (offer === null) return { logs, offer }
  const answeredAt = about.other[0]?.index ?? Infinity
  const terms = proveTerms(findings, offer, home, other, { profile: file.profile, answeredAt })
  const life = proveLife(findings, file, logs, offer, about)
  checkTimes(findings, logs, offer)
  if (options.content === undefined) return { logs, offer, terms, life }
  const { commitment } = offer.proposal
  const contentHeld = proveContent(findings, file.opening, options.content, commitment)
  return { logs, offer, terms, life, contentHeld }
}

/** Compares with another file, if one is given. True if that file is valid and the other nation's. */
function compareWith(
  findings: Findings,
  file: EvidenceFile,
  exported: EvidenceReport['exported'],
  options: VerifyOptions,
): boolean {
  if (options.against === undefined) return false
  const other = verifyEvidence(options.against)
  if (other.verdict === 'broken') {
    fail(findings, 'other_file', 'against', 'other_file_broken')
    return false
  }
  // A broken file is not compared: its entries may not be in any log.
  if (findings.some(({ held }) => !held)) return false
  compareEvidence(findings, file, options.against)
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
  const home = read('home', file.item.home)
  const other = read('other', file.item.partner)
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

function reportOf(
  findings: Findings,
  file: EvidenceFile | null,
  exported: EvidenceReport['exported'],
  gathered: Gathered,
  options: VerifyOptions,
): EvidenceReport {
  const broken = findings.some(({ held }) => !held)
  const compared = findings.some(({ check, held }) => check === 'keys' && held)
  const { logs, offer, terms, life } = gathered
  const heads = [logs?.home, logs?.other].flatMap((log) =>
    log === null || log === undefined
      ? []
      : [{ log: log.origin, size: log.size, cosignedAt: log.cosignedAt }],
  )
  const item =
    broken || file === null || offer === null || offer === undefined || life === undefined
      ? null
      : {
          id: file.item.id,
          proposal: offer.proposal,
          proposalDigest: offer.digest,
          state: life.state,
          registered: life.registered,
          articles: terms?.relied ?? [],
        }
  const hasCards = findings.some(({ check, held, place }) => check === 'cards' && held && place === 'cards')
  return {
    verdict: broken ? 'broken' : compared ? 'proved' : 'keys_open',
    findings,
    fingerprint:
      file !== null && hasCards ? linkFingerprint(file.cards.home.text, file.cards.other.text) : null,
    exported,
    heads,
    item,
    proved: broken ? [] : provedOf(gathered),
    unproved: unprovedOf(gathered, compared, file, options),
    timeline: life?.timeline ?? [],
    pending: (file?.pending ?? []).map(({ by, kind }) => ({ by, kind })),
  }
}

function provedOf({ terms, life, contentHeld }: Gathered): Proved[] {
  const said = (kind: string) => life?.timeline.some((event) => event.kind === kind) ?? false
  const proved: readonly (readonly [Proved, boolean])[] = [
    ['exact_history', true],
    ['offered', true],
    ['approved', true],
    ['same_terms', terms?.sameTerms ?? false],
    ['assured', terms?.assured ?? false],
    ['accepted', said('exchange.accepted') && life?.state !== 'withdrawn'],
    ['refused', life?.state === 'refused'],
    ['withdrawn', life?.state === 'withdrawn'],
    ['receipted', life?.receipted ?? false],
    ['content', contentHeld ?? false],
  ]
  return proved.filter(([, holds]) => holds).map(([code]) => code)
}

function unprovedOf(
  { life, otherHeld }: Gathered,
  compared: boolean,
  file: EvidenceFile | null,
  options: VerifyOptions,
): Unproved[] {
  const ended = life?.state === 'refused' || life?.state === 'withdrawn'
  const unproved: readonly (readonly [Unproved, boolean])[] = [
    ['keys_not_compared', !compared],
    ['not_yet_cosigned', (file?.pending.length ?? 0) > 0],
    ['no_answer', life?.state === 'offered'],
    ['no_receipt', !ended && life !== undefined && !life.receipted],
    ['content_not_compared', options.content === undefined],
    ['truth', true],
    ['bypass', true],
    ['later', true],
    ['omission', otherHeld !== true],
    ['clocks', true],
    ['collusion', true],
  ]
  return unproved.filter(([, holds]) => holds).map(([code]) => code)
}
