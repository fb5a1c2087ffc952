/** The statement kinds of every pillar and engine module, and the signed acts in them: one line for each. */
import { agreements } from './agreements/kinds.ts'
import { directory } from './directory/kinds.ts'
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
