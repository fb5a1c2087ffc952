/** What each room and pillar says to a partner: one line for each. */
import { agreements } from './agreements/kinds.ts'
import { directory } from './directory/kinds.ts'
import { exchange } from './exchange/kinds.ts'
import { link } from './link/kinds.ts'
import type { WirePillar } from './pillar.ts'

const PILLARS = [link, directory, agreements, exchange] as const

type Pillar = (typeof PILLARS)[number]
type NameIn<P, G extends keyof WirePillar> =
  P extends Readonly<Record<G, infer Entries>> ? keyof Entries & string : never
type EntryIn<P, G extends keyof WirePillar, Name extends string> =
  P extends Readonly<Record<G, Readonly<Record<Name, infer Entry>>>> ? Entry : never
type Joined<G extends keyof WirePillar> = {
  readonly [Name in NameIn<Pillar, G>]: EntryIn<Pillar, G, Name>
}

function join<G extends keyof WirePillar>(group: G): Joined<G> {
  return Object.assign({}, ...PILLARS.map((pillar: WirePillar) => pillar[group])) as Joined<G>
}

/** Every kind of statement with the shape of its body (WIRE-7). */
export const KINDS = join('kinds')
export type Kind = keyof typeof KINDS

/** Every act by which a person binds the nation, with the authority that it needs (ACT-1). */
export const ACTS = join('acts')
export type ActName = keyof typeof ACTS
