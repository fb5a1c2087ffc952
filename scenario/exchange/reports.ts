/** The reports that a script has named, and their state. */
import type { Stage } from '../stage.ts'

/** Receiver, markings, category and purpose of an item. */
export interface Routing {
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  readonly receiverMarking: string | null
  readonly category: string
  readonly purpose: string
  /** Names of the items that the content derives from. */
  readonly from: readonly string[]
}

/** An item that a script has named. */
export interface NamedItem {
  readonly nation: string
  readonly routing: Routing
  readonly draft: string
  /** Null until it is first submitted. */
  control: string | null
  /** Null until it is released. */
  item: string | null
  proposalDigest: string | null
}

export interface Reports {
  readonly items: Map<string, NamedItem>
  /** Ids of the assurances that this script gave. */
  readonly assurances: Set<string>
  /** Evidence exported so far, by nation and item name. */
  readonly evidence: Map<string, Uint8Array<ArrayBuffer>>
}

function createReports(): Reports {
  return { items: new Map(), assurances: new Set(), evidence: new Map() }
}

/** The reports of the script being played on a stage. */
export function reportsOf(stage: Stage): Reports {
  return stage.memory(createReports)
}

/** An item by its name in the script. */
export function named(name: string, stage: Stage): NamedItem {
  const found = reportsOf(stage).items.get(name)
  if (found === undefined) throw new Error(`There is no item "${name}": write it first.`)
  return found
}

/** The id of a named item that was released. */
export function itemOf(name: string, stage: Stage): string {
  const { item } = named(name, stage)
  if (item === null) throw new Error(`"${name}" has not been released.`)
  return item
}

/** The control number of a named item that was submitted. */
export function controlOf(name: string, stage: Stage): string {
  const { control } = named(name, stage)
  if (control === null) throw new Error(`${name} has no number: it has not been submitted.`)
  return control
}
