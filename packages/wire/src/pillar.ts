/** What a room or pillar says to a partner, and how evidence of it is proved. `pillars.ts` lists all of them. */
import type { MatterCodes, ProvableMatter } from './evidence/matter.ts'

export interface WirePillar {
  /** Kinds of statement, each with the shape of its body (WIRE-7). */
  readonly kinds: Readonly<Record<string, object>>
  /** Acts by which a person binds the nation, each with the authority that it needs (ACT-1). */
  readonly acts?: Readonly<Record<string, string>>
  /** Its matters that evidence can prove, by the first word of the kinds of statement about them (EVI-9). */
  readonly matters?: Readonly<Record<string, ProvableMatter<MatterCodes>>>
}
