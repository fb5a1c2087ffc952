/**
 * What an act writes and does not look at. The rows that it only adds are gathered and written by one statement, which
 * goes with the changes and the commit in one round trip: an act that says one thing leaves a row in six tables.
 */
import { AliasNode, InsertQueryNode, SelectQueryNode, TableNode, UpdateQueryNode, sql } from 'kysely'
import type { CompiledQuery, Insertable, KyselyPlugin, OperationNode } from 'kysely'
import type { Tx, WriteLast } from './database.ts'
import type { Schema } from './schema.gen.ts'

/** The tables with the columns that are written, in the order in which they are shown in the statement. */
const TABLES = {
  matter: ['id', 'kind', 'home', 'partner', 'state', 'own_count', 'partner_count', 'updated_at'],
  matter_statement: [
    'matter',
    'by_home',
    'ordinal',
    'seen',
    'kind',
    'statement',
    'log',
    'log_index',
    'bytes',
    'at',
  ],
  item: [
    'id',
    'control',
    'originator',
    'recipient',
    'organisation',
    'instrument',
    'profile',
    'marking',
    'receiver_marking',
    'category',
    'purpose',
    'registered',
    'proposal',
    'manifest',
    'payload_digest',
    'payload_size_bytes',
    'content',
    'direction',
    'state',
    'released_at',
    'received_at',
    'accepted_at',
    'opened_at',
    'plain_digest',
  ],
  decision_input: ['hash', 'inputs'],
  decision: [
    'id',
    'act',
    'actor',
    'matter',
    'permitted',
    'reasons',
    'because',
    'policy_hash',
    'profile_hash',
    'input_hash',
    'at',
  ],
  approval: ['draft', 'proposal_digest', 'person', 'act', 'verdict', 'reason', 'at'],
  blob_offered: ['nation', 'digest'],
  log_pending: ['log', 'bytes', 'blobs', 'statement'],
  log_entry: ['log', 'index', 'bytes', 'leaf_hash', 'blobs'],
  log_subtree: ['log', 'level', 'index', 'hash'],
} as const satisfies { readonly [T in keyof Schema]?: readonly (keyof Schema[T])[] }

/** Tables in which a row that is there already stays: it says the same, such as an author's second submission. */
const KEPT_ONCE: ReadonlySet<string> = new Set(['decision_input', 'blob_offered', 'approval'])

/** A table that acts append to. */
export type AppendedTable = keyof typeof TABLES

export interface Appends {
  /** Adds a row when the act ends, or at the next `flush`. Rows of one table keep their order. */
  append<T extends AppendedTable>(table: T, row: Insertable<Schema[T]>): void
  /**
   * Changes rows at the same time, after what was appended and in the order of the calls; the act does not see how
   * many. `table` names what a query in plain SQL changes.
   */
  change(query: CompiledQuery, table?: keyof Schema): void
  /** Writes what was appended and changed, for what this act reads next. */
  flush(): Promise<void>
  /** Forgets what was not written yet: its cause was undone. */
  discard(): void
}

/** The appends of one transaction, and the transaction as the act sees it. */
export interface Appending extends Appends {
  readonly tx: Tx
  /** Hands over what is still to be written, to go with the commit. */
  finish(writeLast: WriteLast): void
  /** Whether the act has said something, to a partner or in the national log. */
  hasSaid(): boolean
}

/** Builds the appends of one transaction. */
export function createAppends(tx: Tx): Appending {
  let rows = new Map<AppendedTable, Insertable<Schema[AppendedTable]>[]>()
  let changes: CompiledQuery[] = []
  let changed = new Set<string>()
  let said = false

  /** What is waiting, in the order in which it is to be written. */
  function taken(): CompiledQuery[] {
    const queries = rows.size === 0 ? changes : [insertionOf(tx, rows), ...changes]
    rows = new Map()
    changes = []
    changed = new Set()
    return queries
  }

  return {
    tx: tx.withPlugin(refusingEarlyReads((table) => rows.has(table as AppendedTable) || changed.has(table))),
    append(table, row) {
      if (table === 'log_pending') said = true
      const gathered = rows.get(table)
      if (gathered === undefined) rows.set(table, [row])
      else gathered.push(row)
    },
    change(query, table) {
      for (const name of table === undefined ? tablesChanged(query.query) : [table]) changed.add(name)
      changes.push(query)
    },
    async flush() {
      await Promise.all(taken().map((query) => tx.executeQuery(query)))
    },
    discard() {
      taken()
    },
    finish(writeLast) {
      for (const query of taken()) writeLast(query)
    },
    hasSaid: () => said,
  }
}

/** One statement that adds all rows; the order of its tables is fixed, so that the server plans each set of them once. */
function insertionOf(tx: Tx, rows: ReadonlyMap<AppendedTable, readonly object[]>): CompiledQuery {
  const parts = Object.keys(TABLES).flatMap((name) => {
    const table = name as AppendedTable
    const gathered = rows.get(table)
    return gathered === undefined ? [] : [insertion(table, gathered)]
  })
  return sql`with ${sql.join(parts)} select 1`.compile(tx)
}

/** References between the tables hold at the end of the statement, whichever part of it runs first. */
function insertion(table: AppendedTable, rows: readonly object[]) {
  const columns = sql.join(TABLES[table].map((column) => sql.ref(column)))
  const text = JSON.stringify(rows.map(textOf))
  const kept = KEPT_ONCE.has(table) ? sql`on conflict do nothing` : sql``
  return sql`${sql.ref(`${table}_rows`)} as (
    insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${text}::json) ${kept})`
}

/** A row as JSON, with bytes as the database reads them. */
function textOf(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  )
}

/** A query by which an act would miss what it has appended is a mistake, and says so. */
function refusingEarlyReads(isWaiting: (table: string) => boolean): KyselyPlugin {
  return {
    transformQuery({ node }) {
      for (const table of tablesRead(node)) if (isWaiting(table)) throw new Error(EARLY_READ)
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

function tablesChanged(node: OperationNode): string[] {
  const table = UpdateQueryNode.is(node) ? node.table : InsertQueryNode.is(node) ? node.into : undefined
  return table !== undefined && TableNode.is(table) ? [table.table.identifier.name] : []
}

const EARLY_READ = 'INVARIANT: an act flushes what it appended or changed before it reads the same table'

/** The tables that a query names at its top; queries in plain SQL are their author's own care. */
function tablesRead(node: OperationNode): string[] {
  if (!SelectQueryNode.is(node)) return []
  const sources = [...(node.from?.froms ?? []), ...(node.joins ?? []).map((join) => join.table)]
  return sources.flatMap((source) => {
    const table = AliasNode.is(source) ? source.node : source
    return TableNode.is(table) ? [table.table.identifier.name] : []
  })
}
