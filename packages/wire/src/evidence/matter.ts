/**
 * What a pillar brings so that evidence can prove its matters (EVI-9). The engine proves the cards, the logs and
 * the order; the pillar proves what the statements about its matter mean. The list of pillars imports the pillar,
 * so the pillar may not import what imports that list: it gets `signed` as an argument.
 */
import type { Ordered } from '../matter.ts'
import type { Statement } from '../statement.ts'
import type { EngineCheck, EngineFault, Findings } from './findings.ts'
import type { ProvedLog, ProvedStatement } from './log.ts'
import type { ExpectedAct, Signed } from './signer.ts'

/** How far two clocks, or one clock before and after it was set, may differ before a time is a fault (EVI-28). */
export const CLOCK_TOLERANCE_MS = 10 * 60_000

/** The codes that a kind of matter adds to the engine's, and what it shows in the report. */
export interface MatterCodes {
  readonly check: string
  readonly fault: string
  readonly proved: string
  readonly unproved: string
  readonly shown: { readonly kind: string; readonly id: string; readonly state: string }
}

/** A kind of matter that evidence can prove. */
export interface ProvableMatter<Codes extends MatterCodes> {
  readonly faults: readonly Codes['fault'][]
  /** What its statements rest on: first words of kinds, beside the directory and refusals of entries. */
  readonly supports: readonly string[]
  /** Folds statements in their one order to the state of the matter, as both nodes do. */
  fold(ordered: readonly Ordered<{ readonly kind: string }>[]): string
  /** What the timeline shows beside a statement, such as a number or a code; null for nothing. */
  noteOf(statement: Statement): string | null
  /** Makes the checks of such a matter; null if they cannot be made, with the fault recorded. */
  prove(examined: Examined<Codes>): ProvedMatter<Codes> | null
}

/** Evidence whose logs are proved, as a pillar examines it. */
export interface Examined<Codes extends Pick<MatterCodes, 'check' | 'fault'>> {
  readonly findings: Findings<EngineCheck | Codes['check'], EngineFault | Codes['fault']>
  readonly matter: string
  readonly home: ProvedLog
  readonly other: ProvedLog | null
  /** The statements about the matter that took effect, by each side, in log order. */
  readonly about: StatementsAbout
  /** The same statements in the one order of the matter. */
  readonly ordered: readonly Ordered<Statement>[]
  /** Exact text of a profile, as the exporter gives it; not yet compared with anything. */
  readonly profile: string
  /**
   * Verifies the signed act at `position` of a statement (EVI-16); null, with the fault recorded, if it is not
   * valid.
   */
  signed(said: ProvedStatement, position: number, expected: ExpectedAct<Codes['check']>): Signed | null
}

/** The statements about a matter, by its home and by the other nation. */
export interface StatementsAbout {
  readonly home: readonly ProvedStatement[]
  readonly other: readonly ProvedStatement[]
}

/** What a pillar proved of its matter. */
export interface ProvedMatter<Codes extends Pick<MatterCodes, 'proved' | 'unproved' | 'shown'>> {
  readonly shown: Codes['shown']
  /** The commitment to the content that it seals (SEAL-20); null if it seals none. */
  readonly commitment: string | null
  readonly proved: readonly Codes['proved'][]
  readonly unproved: readonly Codes['unproved'][]
}
