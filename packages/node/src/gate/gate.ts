/** The one gate: may this actor do this to this matter under the profile now in force? Rules GATE-1 to GATE-9. */
import type { Profile } from '../agreements/profile.ts'
import type { Decision, GateFacts } from './facts.ts'

/** The text of every `.cedar` file in name order, and of the schema they are validated against. */
export interface PolicyTexts {
  readonly policies: string
  readonly schema: string
}

export interface Gate {
  /** Hash of the policies and schema this gate decides by. */
  readonly policy: string
  readonly texts: PolicyTexts
  /** Decides. Never throws: an error inside is a refusal with the code `gate_error`. */
  decide(facts: GateFacts, profile: Profile | null): Decision
}

/** Parses the policies once; throws when they do not parse. Decisions are cached by their exact inputs. */
export function createGate(texts: PolicyTexts): Gate {
  throw new Error(`no policies yet: ${texts.policies.length}`)
}
