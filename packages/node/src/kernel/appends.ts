/**
 * What an act writes and does not look at. The rows that it only adds are gathered and written by one statement, which
 * goes with the changes and the commit in one round trip: an act that says one thing leaves a row in six tables.
 */
import { AliasNode, InsertQueryNode, SelectQueryNode, TableNode, UpdateQueryNode, sql } from 'kysely'
import type { CompiledQuery, Insertable, KyselyPlugin, OperationNode } from 'kysely'
import type { Tx, WriteLast } from './database.ts'
import type { Schema } from './schema.ts'

/** A table of the database. */
type Table = keyof Schema

export interface Appends {
  /** Adds a row when the act ends, or at the next `flush`. Rows of one table keep their order. */
  append<T extends Table>(table: T, row: Insertable<Schema[T]>): void
  /** The same, where a row of that key may be there already and says the same: then it stays. */
  appendOnce<T extends Table>(table: T, row: Insertable<Schema[T]>): void
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
  /** Gives what is still to be written to `writeLast`, to go with the commit. */
  finish(writeLast: WriteLast): void
}

/** Rows that wait, and whether one that is there already stays. */
interface Waiting {
  readonly rows: object[]
  readonly once: boolean
}

/** Builds the appends of one transaction. */
export function createAppends(tx: Tx): Appending {
  let rows = new Map<string, Waiting>()
  let changes: CompiledQuery[] = []
  let changed = new Set<string>()

  /** What is waiting, in the order in which it is to be written. */
  function taken(): CompiledQuery[] {
    const queries = rows.size === 0 ? changes : [insertionOf(tx, rows), ...changes]
    rows = new Map()
    changes = []
    changed = new Set()
    return queries
  }

  function add(table: string, row: object, once: boolean): void {
    const waiting = rows.get(table)
    if (waiting === undefined) rows.set(table, { rows: [row], once })
    else if (waiting.once === once) waiting.rows.push(row)
    else throw new Error(`INVARIANT: rows of ${table} are appended in one way`)
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
      await Promise.all(taken().map((query) => tx.executeQuery(query)))
    },
    discard() {
      taken()
    },
    finish(writeLast) {
      for (const query of taken()) writeLast(query)
    },
  }
}

/** One statement that adds all rows; its tables stand in one order, so that the server plans each set of them once. */
function insertionOf(tx: Tx, tables: ReadonlyMap<string, Waiting>): CompiledQuery {
  const parts = [...tables.keys()].sort().map((table) => insertion(table, tables.get(table)!))
  return sql`with ${sql.join(parts)} select 1`.compile(tx)
}

/** References between the tables hold at the end of the statement, whichever part of it runs first. */
function insertion(table: string, { rows, once }: Waiting) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort()
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const text = JSON.stringify(rows.map(textOf))
  const kept = once ? sql`on conflict do nothing` : sql``
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
