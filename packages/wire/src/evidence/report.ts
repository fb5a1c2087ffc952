/** The result of verifying evidence: every check, what is proved, and what is not (EVI-30 to EVI-32). */
import { linkFingerprint } from '../link/card.ts'
import type { EvidenceCheck, EvidenceFault, Kind, ProvableCodes } from '../pillars.ts'
import type { EvidenceFile } from './evidence.ts'
import type { Finding } from './findings.ts'
import type { Logs } from './life.ts'
import type { ProvedLog } from './log.ts'
import type { ProvedMatter } from './matter.ts'

export type EvidenceFinding = Finding<EvidenceCheck, EvidenceFault>

/** What evidence of any matter can prove. */
export type EngineProved = 'exact_history' | 'content'

/** What it does not prove, which the report says too. */
export type EngineUnproved =
  | 'keys_not_compared'
  | 'content_not_compared'
  | 'truth'
  | 'bypass'
  | 'later'
  | 'omission'
  | 'clocks'
  | 'collusion'
  | 'not_yet_cosigned'

/** A statement about the matter, in the order on which both nations agree. */
export interface TimelineEvent {
  readonly kind: Kind
  readonly nation: string
  /** By its author's clock, ISO 8601. */
  readonly at: string
  /** POSIX seconds at which the other nation, `cosignedBy`, cosigned a head of the log that holds it. */
  readonly cosignedAt: number
  readonly cosignedBy: string
  readonly log: string
  readonly index: number
  /** Offices that signed it. */
  readonly offices: readonly string[]
  /** The state of the matter after it. */
  readonly state: string
  /** The home has not acknowledged it; a statement of the home may still be ordered before it. */
  readonly provisional: boolean
  /** What the pillar shows beside it, such as a number or a code. */
  readonly note: string | null
}

/** The head of a log that the evidence rests on. */
export interface EvidenceHead {
  readonly log: string
  readonly size: number
  readonly cosignedAt: number
}

/** `broken`: a check failed. `keys_open`: every check held, but nobody compared the keys. */
export type EvidenceVerdict = 'proved' | 'keys_open' | 'broken'

export interface EvidenceReport {
  readonly verdict: EvidenceVerdict
  readonly findings: readonly EvidenceFinding[]
  /** The fingerprint of both cards, to be compared with the link's; null if the cards are not valid. */
  readonly fingerprint: string | null
  readonly exported: { readonly by: string; readonly at: string } | null
  readonly heads: readonly EvidenceHead[]
  /** The matter, as its pillar shows it; null if something is broken. */
  readonly matter: ProvableCodes['shown'] | null
  readonly proved: readonly (EngineProved | ProvableCodes['proved'])[]
  readonly unproved: readonly (EngineUnproved | ProvableCodes['unproved'])[]
  readonly timeline: readonly TimelineEvent[]
  readonly pending: readonly { readonly by: string; readonly kind: string }[]
}

/** What was gathered before the report is written; a check that failed may leave a part out. */
export interface Gathered {
  readonly file?: EvidenceFile
  readonly exported?: EvidenceReport['exported']
  readonly logs?: Logs
  readonly proof?: ProvedMatter<ProvableCodes>
  readonly timeline?: readonly TimelineEvent[]
  /** The content was given, and is that of the matter. */
  readonly contentHeld?: boolean
  readonly contentGiven: boolean
  /** The other nation's file was compared, and this file omits nothing that it has. */
  readonly otherHeld?: boolean
}

/** Writes the report. */
export function reportOf(findings: readonly EvidenceFinding[], gathered: Gathered): EvidenceReport {
  const { file, logs, proof } = gathered
  const broken = findings.some(({ held }) => !held)
  const holds = (wanted: string) => findings.some(({ check, held }) => check === wanted && held)
  const compared = holds('keys')
  const hasCards = findings.some(({ check, held, place }) => check === 'cards' && held && place === 'cards')
  return {
    verdict: broken ? 'broken' : compared ? 'proved' : 'keys_open',
    findings,
    fingerprint:
      hasCards && file !== undefined ? linkFingerprint(file.cards.home.text, file.cards.other.text) : null,
    exported: gathered.exported ?? null,
    heads: [logs?.home, logs?.other].flatMap(headOf),
    matter: broken ? null : (proof?.shown ?? null),
    proved: broken ? [] : provedOf(gathered),
    unproved: unprovedOf(gathered, compared),
    timeline: gathered.timeline ?? [],
    pending: (file?.pending ?? []).map(({ by, kind }) => ({ by, kind })),
  }
}

function headOf(log: ProvedLog | null | undefined): EvidenceHead[] {
  if (log === null || log === undefined) return []
  return [{ log: log.origin, size: log.size, cosignedAt: log.cosignedAt }]
}

function provedOf({ proof, contentHeld }: Gathered): EvidenceReport['proved'] {
  return ['exact_history', ...(proof?.proved ?? []), ...(contentHeld === true ? ['content' as const] : [])]
}

function unprovedOf(gathered: Gathered, compared: boolean): EvidenceReport['unproved'] {
  const { file, proof, contentGiven, otherHeld } = gathered
  const first: readonly (readonly [EngineUnproved, boolean])[] = [
    ['keys_not_compared', !compared],
    ['not_yet_cosigned', (file?.pending.length ?? 0) > 0],
  ]
  const last: readonly (readonly [EngineUnproved, boolean])[] = [
    ['content_not_compared', !contentGiven && proof?.commitment !== null],
    ['truth', true],
    ['bypass', true],
    ['later', true],
    ['omission', otherHeld !== true],
    ['clocks', true],
    ['collusion', true],
  ]
  const open = (codes: typeof first) => codes.filter(([, isOpen]) => isOpen).map(([code]) => code)
  return [...open(first), ...(proof?.unproved ?? []), ...open(last)]
}
