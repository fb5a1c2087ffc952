/**
 * Findings: the outcome of every check of evidence, with its code and place (EVI-30). Codes, not sentences: the
 * caller has the words. The lists here are the engine's; a pillar adds those of its matters.
 */
import { Malformed } from '../json.ts'
import { SealError } from '../seal/error.ts'

/** The checks that are made of the evidence of any matter. */
export type EngineCheck =
  | 'form'
  | 'exporter'
  | 'cards'
  | 'keys'
  | 'checkpoint'
  | 'cosignature'
  | 'inclusion'
  | 'order'
  | 'statement'
  | 'directory'
  | 'sequence'
  | 'times'
  | 'content'
  | 'other_file'

/** What can be wrong with the evidence of any matter: a closed list. */
export const ENGINE_FAULTS = [
  'not_readable',
  'exporter_unknown',
  'exporter_signature_invalid',
  'card_invalid',
  'card_of_another',
  'fingerprint_differs',
  'card_not_trusted',
  'checkpoint_invalid',
  'cosignature_missing',
  'cosignature_invalid',
  'proof_malformed',
  'inclusion_invalid',
  'index_not_increasing',
  'statement_repeated',
  'statement_malformed',
  'wrong_direction',
  'matter_missing',
  'matter_not_provable',
  'not_about_this_matter',
  'directory_entry_invalid',
  'act_missing',
  'signer_unknown',
  'act_signature_invalid',
  'act_of_another',
  'act_not_over_this',
  'signer_not_authorised',
  'signer_out_of_date',
  'statement_missing',
  'time_after_cosignature',
  'time_not_in_order',
  'opening_missing',
  'opening_malformed',
  'content_differs',
  'other_file_broken',
  'other_file_of_another',
  'entry_missing_here',
  'forked',
] as const
export type EngineFault = (typeof ENGINE_FAULTS)[number]

/** The outcome of one check in one place. `detail` is the code of a lower layer, if there is one. */
export interface Finding<Check extends string, Fault extends string> {
  readonly check: Check
  readonly held: boolean
  readonly fault: Fault | null
  readonly detail: string | null
  /** A member of the file, or an entry as `<log origin>[<index>]`. */
  readonly place: string
}

/** Where findings are added as checks are made; it takes the codes of one part, the engine's by default. */
export interface Findings<Check extends string = EngineCheck, Fault extends string = EngineFault> {
  push(finding: Finding<Check, Fault>): unknown
}

export function hold<Check extends string>(
  findings: Findings<Check, never>,
  check: NoInfer<Check>,
  place: string,
): void {
  findings.push({ check, held: true, fault: null, detail: null, place })
}

export function fail<Check extends string, Fault extends string>(
  findings: Findings<Check, Fault>,
  check: NoInfer<Check>,
  place: string,
  fault: NoInfer<Fault>,
  detail: string | null = null,
): void {
  findings.push({ check, held: false, fault, detail, place })
}

/** Records whether a check holds, and returns it. */
export function expectThat<Check extends string, Fault extends string>(
  findings: Findings<Check, Fault>,
  holds: boolean,
  check: NoInfer<Check>,
  place: string,
  fault: NoInfer<Fault>,
): boolean {
  if (holds) hold(findings, check, place)
  else fail(findings, check, place, fault)
  return holds
}

/**
 * Runs what may throw on forged input. Anything thrown is recorded as the fault: a verifier ignores no error.
 */
export function attempt<T, Check extends string, Fault extends string>(
  findings: Findings<Check, Fault>,
  check: NoInfer<Check>,
  place: string,
  fault: NoInfer<Fault>,
  work: () => T,
): T | null {
  try {
    return work()
  } catch (error) {
    const known = error instanceof Malformed || error instanceof SealError
    fail(findings, check, place, fault, known ? error.code : 'unreadable')
    return null
  }
}
