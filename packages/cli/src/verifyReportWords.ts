/** The words of a verification report; every language defines all of them. */
import type {
  EvidenceCheck,
  EvidenceFault,
  EvidenceVerdict,
  Proved,
  Unproved,
} from '#wire/evidence/report.ts'
import type { Language } from '#words/word.ts'
import type { ItemState } from '#wire/exchange/item.ts'

/** Sentences have their values in braces, such as `{nation}`. */
export interface VerifyWords {
  readonly language: Language
  readonly verdicts: Readonly<Record<EvidenceVerdict, string>>
  readonly headings: {
    readonly broken: string
    readonly about: string
    readonly timeline: string
    readonly proved: string
    readonly unproved: string
    readonly checks: string
    readonly keys: string
  }
  readonly lines: {
    readonly item: string
    readonly marking: string
    readonly purpose: string
    readonly state: string
    readonly registered: string
    readonly articles: string
    readonly exported: string
    readonly fingerprint: string
    readonly cosigned: string
    readonly signedBy: string
    readonly provisional: string
    readonly pending: string
    readonly head: string
    readonly held: string
    readonly failed: string
  }
  readonly states: Readonly<Record<ItemState, string>>
  readonly checks: Readonly<Record<EvidenceCheck, string>>
  readonly faults: Readonly<Record<EvidenceFault, string>>
  readonly proved: Readonly<Record<Proved, string>>
  readonly unproved: Readonly<Record<Unproved, string>>
  readonly usage: string
  readonly cannotRead: string
  readonly notACard: string
}
