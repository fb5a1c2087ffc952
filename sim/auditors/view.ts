/**
 * What auditors read: the rows of every nation's disk, through plain SQL, and statements, parsed from their
 * bytes.
 */
import type { Disk } from '../disk.ts'
import type { Model } from '../model.ts'
import type { Observer } from '../observer.ts'

export interface LogRow {
  readonly name: string
  readonly origin: string
  readonly size: number
  readonly checkpoint: string | null
  readonly witnessed_note: string | null
  readonly applied: number
}

export interface EntryRow {
  readonly log: string
  readonly index: number
  readonly bytes: Uint8Array
  readonly leaf_hash: Uint8Array
}

export interface DecisionRow {
  readonly id: string
  readonly act: string
  readonly matter: string | null
  readonly permitted: boolean
  readonly at: number
}

export interface RightRow {
  readonly id: string
  readonly person: string
  readonly right: string
  readonly valid_from: number
  readonly valid_until: number
  readonly revoked_at: number | null
}

/** The rows of one nation's disk: those of the engine, and of each pillar. */
export interface View {
  readonly nation: string
  readonly logs: ReadonlyMap<string, LogRow>
  /** Entries of each log in the order of their indexes. */
  readonly entries: ReadonlyMap<string, readonly EntryRow[]>
  readonly pending: readonly { readonly log: string; readonly bytes: Uint8Array }[]
  readonly matterStatements: readonly {
    readonly matter: string
    readonly statement: string
    readonly log: string
  }[]
  readonly decisions: readonly DecisionRow[]
  readonly clearances: readonly RightRow[]
  readonly grants: readonly RightRow[]
  readonly keys: ReadonlyMap<string, { readonly person: string; readonly public_key: string }>
  readonly partners: ReadonlyMap<
    string,
    { readonly state: string; readonly code: string | null; readonly evidence: string | null }
  >
  readonly parked: readonly { readonly nation: string; readonly index: number; readonly code: string }[]
  readonly blobs: ReadonlySet<string>
  /** The rows of a pillar, by the function that read them. */
  rows<Rows>(read: ReadRows<Rows>): Rows
}

/** Reads the rows of a pillar with plain SQL. */
export type ReadRows<Rows> = (select: Select) => Promise<Rows>
export type Select = <Row>(text: string) => Promise<Row[]>

/** The whole network as the auditors see it. */
export interface Network {
  readonly views: ReadonlyMap<string, View>
  readonly observer: Observer
  readonly model: Model
  /** Nations that were restored from a backup in this run. */
  readonly restored: ReadonlySet<string>
  /** Faults have ended and the network is at rest. */
  readonly atRest: boolean
}

/** Checks a rule of the network. Throws a `Violation`. */
export type Auditor = (network: Network) => void

/** Reads a nation's disk, with the rows of these pillars. */
export async function readView(
  nation: string,
  disk: Disk,
  pillars: readonly ReadRows<unknown>[],
): Promise<View> {
  const rows: Select = (text) => disk.rows(text)
  const own = new Map<ReadRows<unknown>, unknown>()
  for (const read of pillars) own.set(read, await read(rows))
  const entries = new Map<string, EntryRow[]>()
  for (const entry of await rows<EntryRow>(
    'select log, index, bytes, leaf_hash from log_entry order by log, index',
  )) {
    const list = entries.get(entry.log)
    if (list === undefined) entries.set(entry.log, [entry])
    else list.push(entry)
  }
  const right = (table: string, column: string) =>
    rows<RightRow>(`select id, person, ${column} as right, valid_from, valid_until, revoked_at from ${table}`)
  return {
    nation,
    logs: new Map((await rows<LogRow>('select * from log')).map((row) => [row.name, row])),
    entries,
    pending: await rows('select log, bytes from log_pending order by id'),
    matterStatements: await rows('select matter, statement, log from matter_statement'),
    decisions: await rows('select id, action as act, matter, permitted, at from decision order by at'),
    clearances: await right('clearance', 'marking'),
    grants: await right('need_to_know', 'scope'),
    keys: new Map(
      (await rows<{ key_id: string; person: string; public_key: string }>('select * from person_key')).map(
        (row) => [row.key_id, row],
      ),
    ),
    partners: new Map(
      (
        await rows<{ nation: string; state: string; code: string | null; evidence: string | null }>(
          'select nation, state, frozen_code as code, evidence from partner',
        )
      ).map((row) => [row.nation, row]),
    ),
    parked: await rows('select nation, index, code from parked'),
    blobs: new Set((await rows<{ digest: string }>('select digest from blob')).map(({ digest }) => digest)),
    rows<Rows>(read: ReadRows<Rows>) {
      if (!own.has(read)) throw new Error('no pillar in sim/pillars.ts declares these rows')
      return own.get(read) as Rows
    },
  }
}

/** The parts of a statement that auditors read. */
export interface Said {
  readonly kind: string
  readonly id: string
  readonly from: string
  readonly to: string
  readonly matter?: { readonly id: string; readonly home: string; readonly seen: number }
  readonly acts?: readonly { readonly text: string; readonly signature: string }[]
  readonly body: Readonly<Record<string, unknown>>
}

const said = new WeakMap<Uint8Array, Said>()

/** Reads a statement from its bytes. */
export function readSaid(bytes: Uint8Array): Said {
  const known = said.get(bytes) ?? (JSON.parse(Buffer.from(bytes).toString('utf8')) as Said)
  said.set(bytes, known)
  return known
}

/** The statements of a nation to a partner, in order: those in the log, then those queued for it. */
export function allSaid(view: View, partner: string): Said[] {
  const log = `out/${partner}`
  return [...(view.entries.get(log) ?? []), ...view.pending.filter((row) => row.log === log)].map(
    ({ bytes }) => readSaid(bytes),
  )
}

/** The statements of a partner that a nation has applied. */
export function allApplied(view: View, partner: string): Said[] {
  const log = `in/${partner}`
  const applied = view.logs.get(log)?.applied ?? 0
  return (view.entries.get(log) ?? []).slice(0, applied).map(({ bytes }) => readSaid(bytes))
}

/** Every pair of a nation and one of its partners. */
export function pairsOf(network: Network): { readonly here: View; readonly there: View }[] {
  const views = [...network.views.values()]
  return views.flatMap((here) => views.filter((there) => there !== here).map((there) => ({ here, there })))
}

/**
 * True if one of the two was restored from a backup, so that the other may know more of its log than it does.
 */
export function isRestored(network: Network, here: View, there: View): boolean {
  return network.restored.has(here.nation) || network.restored.has(there.nation)
}
