/** The vocabulary of the project: one line for each room or pillar. */
import { agreements } from './agreements.ts'
import { core } from './core.ts'
import { exchange } from './exchange.ts'
import { gate } from './gate.ts'
import { identity } from './identity.ts'
import { links } from './links.ts'
import { logistics } from './logistics.ts'
import type { ActName, Kind } from '#wire/pillars.ts'
import type { PillarWords, RefusalWords, Words } from './word.ts'

export const PILLARS = [core, identity, links, gate, agreements, exchange, logistics] as const

type Pillar = (typeof PILLARS)[number]
type GroupName = keyof PillarWords
type CodesOf<P, G extends GroupName> =
  P extends Readonly<Record<G, infer Entries>> ? keyof Entries & string : never

/** Every code that has words in a group: `CodeIn<'refusals'>`. */
export type CodeIn<G extends GroupName> = CodesOf<Pillar, G>

type Entries<G extends GroupName> = Readonly<Record<CodeIn<G>, Words>>

function merged<G extends GroupName>(group: G): Entries<G> {
  return Object.assign({}, ...PILLARS.map((pillar: PillarWords) => pillar[group])) as Entries<G>
}

/** All refusals, including the gate's. */
export const refusals = { ...merged('refusals'), ...merged('gateRefusals') } as Readonly<
  Record<CodeIn<'refusals'> | CodeIn<'gateRefusals'>, RefusalWords>
>
/** A statement kind of `wire` that has no words does not compile. */
export const kinds: Readonly<Record<Kind, Words>> = merged('kinds')
export const gateRefusals = merged('gateRefusals')
export const gateActions = merged('gateActions')
export const rules = merged('rules')
export const events = merged('events')
/** An act of `wire` without words does not compile. */
export const acts: Readonly<Record<ActName, Words>> = merged('acts')
export const desk = merged('desk')
export const pages = merged('pages')
export const categories = merged('categories')
export const purposes = merged('purposes')
export const termKinds = merged('termKinds')
export const termRules = merged('termRules')
export const gateFacts = merged('gateFacts')

/** The words of a code; null for an unknown code, such as one of a newer node. */
export function wordsOf<W extends Words>(group: Readonly<Record<string, W>>, code: string): W | null {
  return Object.hasOwn(group, code) ? (group[code] ?? null) : null
}
