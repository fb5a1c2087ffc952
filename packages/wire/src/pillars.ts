/** What every room and pillar says, signs and proves: one line for each of them. */
import { agreements } from './agreements/kinds.ts'
import { directory } from './directory/kinds.ts'
import { ENGINE_FAULTS } from './evidence/findings.ts'
import type { EngineCheck, EngineFault } from './evidence/findings.ts'
import type { ProvableMatter } from './evidence/matter.ts'
import { exchange } from './exchange/kinds.ts'
import { link } from './link/kinds.ts'
import type { WirePillar } from './pillar.ts'

const PILLARS = [link, directory, agreements, exchange] as const

/** The entries of a group, of every pillar that has it. */
type Joined<G extends keyof WirePillar> = Intersection<EntriesOf<(typeof PILLARS)[number], G>>
type EntriesOf<P, G extends keyof WirePillar> = P extends { readonly [Name in G]: infer Entries }
  ? Entries
  : never
type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void
  ? All
  : never

function join<G extends keyof WirePillar>(group: G): Joined<G> {
  return Object.assign({}, ...PILLARS.map((pillar: WirePillar) => pillar[group])) as Joined<G>
}

/** Every kind of statement with the shape of its body (WIRE-7). */
export const KINDS = join('kinds')
export type Kind = keyof typeof KINDS

/** Every signed act by which a person binds the nation, with the authority that it needs (ACT-1). */
export const ACTS = join('acts')
export type ActName = keyof typeof ACTS

/** Every kind of matter that evidence can prove, by the first word of the kinds of statement about it (EVI-9). */
export const MATTERS = join('matters')
export type MatterKind = keyof typeof MATTERS
export type Provable = (typeof MATTERS)[MatterKind]
/** The codes of every kind of matter. */
export type ProvableCodes = Provable extends ProvableMatter<infer Codes> ? Codes : never

export type EvidenceCheck = EngineCheck | ProvableCodes['check']
export type EvidenceFault = EngineFault | ProvableCodes['fault']
/** Every fault of evidence: a closed list. */
export const EVIDENCE_FAULTS: readonly EvidenceFault[] = [
  ...ENGINE_FAULTS,
  ...Object.values(MATTERS).flatMap(({ faults }) => faults),
]
