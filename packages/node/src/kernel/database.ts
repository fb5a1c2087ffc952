/** The one door to the database: PGlite in a worker, or PostgreSQL by its address; one SQL for both. */

import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.gen.ts'

/** The open transaction of an act; every store function takes it as its first argument. */
export type Tx = Transaction<Schema>

export interface Database {
  readonly engine: 'pglite' | 'postgres'
  /** Reads outside an act. Each query stands alone; nothing is held between two of them. */
  readonly query: Kysely<Schema>
  /**
   * Runs an act in one transaction: all of it becomes durable, or none of it.
   * The act may run again when the database reports a conflict (40001, 40P01), so it does nothing but
   * read and write through `tx`. Throws `database_contended` when the bound on attempts is reached.
   */
  transact<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  /** Waits for what is running, closes the engine and gives the folder's lock back. */
  close(): Promise<void>
}

/** Where a database lives: a folder of ours, this process's memory, or a PostgreSQL server. */
export type DatabasePlace =
  | { readonly folder: string }
  | { readonly memory: true }
  | { readonly url: string; readonly schema?: string; readonly connectionCount?: number }

/** Opens the database at `place`; throws a `DatabaseError` that says what to do when it cannot. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  throw new Error(`not open yet: ${Object.keys(place).join()}`)
}
