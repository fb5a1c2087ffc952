/**
 * Rows that an act only adds. They are gathered and written by one statement when the act ends: an act that says one
 * thing leaves a row in six tables, and every query of its own costs a round trip to the database.
 */
import { AliasNode, SelectQueryNode, TableNode, sql } from 'kysely'
import type { Insertable, KyselyPlugin, OperationNode } from 'kysely'
import type { Tx } from './database.ts'
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
} as const satisfies { readonly [T in keyof Schema]?: readonly (keyof Schema[T])[] }

/** Tables in which a row that is there already stays: it says the same, such as an author's second submission. */
const KEPT_ONCE: ReadonlySet<string> = new Set(['decision_input', 'blob_offered', 'approval'])

/** A table that acts append to. */
export type AppendedTable = keyof typeof TABLES

export interface Appends {
  /** Adds a row when the act ends, or at the next `flush`. Rows of one table keep their order. */
  append<T extends AppendedTable>(table: T, row: Insertable<Schema[T]>): void
  /** Writes what was appended, for what this act reads next. */
  flush(): Promise<void>
  /** Forgets what was appended since the last flush: its cause was undone. */
  discard(): void
}

/** The appends of one transaction, and the transaction as the act sees it. */
export interface Appending extends Appends {
  readonly tx: Tx
}

/** Builds the appends of one transaction. */
export function createAppends(tx: Tx): Appending {
  let rows = new Map<AppendedTable, Insertable<Schema[AppendedTable]>[]>()
  return {
    tx: tx.withPlugin(refusingEarlyReads((table) => rows.has(table as AppendedTable))),
    append(table, row) {
      const gathered = rows.get(table)
      if (gathered === undefined) rows.set(table, [row])
      else gathered.push(row)
    },
    async flush() {
      if (rows.size === 0) return
      const written = rows
      rows = new Map()
      // The order of the tables is fixed, so that the server plans each set of them once.
      const parts = Object.keys(TABLES).flatMap((name) => {
        const table = name as AppendedTable
        const gathered = written.get(table)
        return gathered === undefined ? [] : [insertion(table, gathered)]
      })
      await sql`with ${sql.join(parts)} select 1`.execute(tx)
    },
    discard() {
      rows = new Map()
    },
  }
}

/** References between the tables hold at the end of the statement, whichever part of it runs first. */
function insertion(table: AppendedTable, rows: readonly Insertable<Schema[AppendedTable]>[]) {
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

const EARLY_READ = 'INVARIANT: an act flushes what it appended before it reads the same table'

/** The tables that a query names at its top; queries in plain SQL are their author's own care. */
function tablesRead(node: OperationNode): string[] {
  if (!SelectQueryNode.is(node)) return []
  const sources = [...(node.from?.froms ?? []), ...(node.joins ?? []).map((join) => join.table)]
  return sources.flatMap((source) => {
    const table = AliasNode.is(source) ? source.node : source
    return TableNode.is(table) ? [table.table.identifier.name] : []
  })
}
