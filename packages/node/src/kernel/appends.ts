/**
 * Buffers the writes of an act that it does not read back. All rows that it only adds are written by one statement,
 * sent with the changes and the commit in one round trip: an act that says one thing adds a row to six tables.
 */
import { AliasNode, InsertQueryNode, SelectQueryNode, TableNode, UpdateQueryNode, sql } from 'kysely'
import type { CompiledQuery, Insertable, KyselyPlugin, OperationNode } from 'kysely'
import type { Tx, WriteLast } from './database.ts'
import type { Schema } from './schema.ts'

/** A table of the database. */
type Table = keyof Schema

export interface Appends {
  /** Adds a row at the end of the act, or at the next `flush`. Rows of one table keep their order. */
  append<T extends Table>(table: T, row: Insertable<Schema[T]>): void
  /** As `append`, but does nothing if a row with the same key exists; the caller knows that it is equal. */
  appendOnce<T extends Table>(table: T, row: Insertable<Schema[T]>): void
  /**
   * Runs an update or an upsert after the appended rows, in the order of the calls; the act does not learn how many
   * rows it changed. `table` names the table that a query in plain SQL changes.
   */
  change(query: CompiledQuery, table?: keyof Schema): void
  /** Writes the buffer now, so that the act can read it back. */
  flush(): Promise<void>
  /** Empties the buffer without writing it, after a rollback to a savepoint. */
  discard(): void
}

/** The buffer of one transaction, and the transaction as the act sees it. */
export interface AppendBuffer extends Appends {
  readonly tx: Tx
  /** Passes the rest of the buffer to `writeLast`, which sends it with the commit. */
  finish(writeLast: WriteLast): void
}

/** The buffered rows of one table. */
interface BufferedRows {
  readonly rows: object[]
  /** Rows whose key exists are skipped. */
  readonly once: boolean
}

/** Builds the buffer of one transaction. */
export function createAppends(tx: Tx): AppendBuffer {
  let rows = new Map<string, BufferedRows>()
  let changes: CompiledQuery[] = []
  let changed = new Set<string>()

  /** Empties the buffer and returns its queries in the order in which they are to run. */
  function drain(): CompiledQuery[] {
    const queries = rows.size === 0 ? changes : [insertionOf(tx, rows), ...changes]
    rows = new Map()
    changes = []
    changed = new Set()
    return queries
  }

  function add(table: string, row: object, once: boolean): void {
    const buffered = rows.get(table)
    if (buffered === undefined) rows.set(table, { rows: [row], once })
    else if (buffered.once === once) buffered.rows.push(row)
    else throw new Error(`INVARIANT: an act adds rows to ${table} by append or by appendOnce, not both`)
  }

  return {
    tx: tx.withPlugin(refusingEarlyReads((table) => rows.has(table) || changed.has(table))),
    append: (table, row) => add(table, row, false),
    appendOnce: (table, row) => add(table, row, true),
    change(query, table) {
      for (const name of table === undefined ? tablesChanged(query.query) : [table]) changed.add(name)
      changes.push(query)
    },
    async flush() {
      await Promise.all(drain().map((query) => tx.executeQuery(query)))
    },
    discard() {
      drain()
    },
    finish(writeLast) {
      for (const query of drain()) writeLast(query)
    },
  }
}

/** One statement that adds all rows. The tables are sorted, so that the server plans each set of them only once. */
function insertionOf(tx: Tx, tables: ReadonlyMap<string, BufferedRows>): CompiledQuery {
  const parts = [...tables.keys()].sort().map((table) => insertion(table, tables.get(table)!))
  return sql`with ${sql.join(parts)} select 1`.compile(tx)
}

/** Foreign keys are checked at the end of the statement, so the order of its parts does not matter. */
function insertion(table: string, { rows, once }: BufferedRows) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort()
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const text = JSON.stringify(rows.map(textOf))
  const kept = once ? sql`on conflict do nothing` : sql``
  return sql`${sql.ref(`${table}_rows`)} as (
    insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${text}::json) ${kept})`
}

/** A row as JSON values, with bytes in PostgreSQL's hex format. */
function textOf(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  )
}

/** Throws on a query that reads a table with buffered writes: it would miss them. */
function refusingEarlyReads(isBuffered: (table: string) => boolean): KyselyPlugin {
  return {
    transformQuery({ node }) {
      for (const table of tablesRead(node)) if (isBuffered(table)) throw new Error(EARLY_READ)
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

function tablesChanged(node: OperationNode): string[] {
  const table = UpdateQueryNode.is(node) ? node.table : InsertQueryNode.is(node) ? node.into : undefined
  return table !== undefined && TableNode.is(table) ? [table.table.identifier.name] : []
}

const EARLY_READ = 'INVARIANT: an act flushes its appends and changes before it reads the same table'

/** The tables in the top-level `from` and `join` of a query. Subqueries and plain SQL are not checked. */
function tablesRead(node: OperationNode): string[] {
  if (!SelectQueryNode.is(node)) return []
  const sources = [...(node.from?.froms ?? []), ...(node.joins ?? []).map((join) => join.table)]
  return sources.flatMap((source) => {
    const table = AliasNode.is(source) ? source.node : source
    return TableNode.is(table) ? [table.table.identifier.name] : []
  })
}
