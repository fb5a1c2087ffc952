/**
 * The one door to the database: PGlite in a worker, or PostgreSQL by its address; one SQL for both.
 * An act runs in one READ COMMITTED transaction and locks what it decides on: see docs/decisions/0003.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect } from 'kysely'
import type { CompiledQuery, PostgresPool, PostgresPoolClient, Transaction } from 'kysely'
import { openFolderPool, openMemoryPool } from './database.pglite.ts'
import type { MemoryImage } from './database.pglite.engine.ts'
import { openPostgresPool } from './database.postgres.ts'
import type { PostgresPlace } from './database.postgres.ts'
import { createConversation } from './conversation.ts'
import type { Conversation, TransactionMode } from './conversation.ts'
import { DatabaseError, sqlState } from './databaseError.ts'
import type { Schema } from './schema.ts'

/**
 * The open transaction of an act; every store function takes it as its first argument. Queries that do not need each
 * other's answers are best asked together (`Promise.all`): they go out at once, and are answered in their order.
 */
export type Tx = Transaction<Schema>

/** A transaction that can only read: what a view is given, and all that a store needs that looks something up. */
export type Reader = Pick<Tx, 'selectFrom' | 'selectNoFrom' | 'with' | 'getExecutor'>

/** Writes a query when the act has returned, in the order given and together with the commit. */
export type WriteLast = (query: CompiledQuery) => void

export interface Database {
  readonly engine: 'pglite' | 'postgres'
  /** Reads outside an act. Each query stands alone; nothing is held between two of them. */
  readonly query: Kysely<Schema>
  /**
   * Runs an act in one transaction: all of it becomes durable, or none of it. What the act returns is
   * returned after the commit; what it throws is thrown after the rollback.
   *
   * The act locks the rows it decides on (`for update`: the matter first, the head of a log last) before it
   * reads what hangs on them, and awaits nothing but `tx`: another process may hold the same rows. It may run
   * again from the start when the database reports a conflict (40001, 40P01), so it has no other effect.
   * Throws `database_contended` when the bound on attempts is reached. A connection that breaks during the
   * commit leaves the outcome unknown: the caller's idempotency key tells.
   */
  transact<T>(act: (tx: Tx, writeLast: WriteLast) => Promise<T>): Promise<T>
  /** Runs a view in one read-only transaction, which sees one state of the database from its first query on. */
  read<T>(view: (reader: Reader) => Promise<T>): Promise<T>
  /** Waits for what is running, closes the engine and gives the folder's lock back. */
  close(): Promise<void>
}

/** Where a database lives: a folder of ours, this process's memory, or a PostgreSQL server. */
export type DatabasePlace =
  | { readonly folder: string }
  | { readonly memory: true; readonly image?: MemoryImage }
  | PostgresPlace

/** How often an act is tried before it is given up; each conflict means that another act went through. */
const ATTEMPT_COUNT_MAX = 10

/** Serialization failure and deadlock: the database undid this act and another one got through. */
const CONFLICTS: ReadonlySet<string | undefined> = new Set(['40001', '40P01'])

/** Opens the database at `place`, not migrated; throws a `DatabaseError` that says what to do. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if ('url' in place) return databaseOn('postgres', await openPostgresPool(place))
  return databaseOn(
    'pglite',
    await ('folder' in place ? openFolderPool(place.folder) : openMemoryPool(place.image)),
  )
}

function databaseOn(engine: Database['engine'], pool: PostgresPool): Database {
  const acts = new AsyncLocalStorage<{ isOpen: boolean }>()
  const refuseWithin = (): void => {
    if (acts.getStore()?.isOpen === true) throw new Error(READS_OUTSIDE)
  }
  const outside = kyselyOn(async () => {
    refuseWithin()
    const client = await pool.connect()
    return { ...createConversation(client), release: () => client.release() } as unknown as PostgresPoolClient
  })
  const lineOf = linesOver()

  async function attempt<T>(act: Act<T>, mode: TransactionMode = 'act'): Promise<T> {
    const client = await pool.connect()
    const { conversation, tx } = lineOf(client)
    const state = { isOpen: true }
    const last: CompiledQuery[] = []
    conversation.begin(mode)
    try {
      const value = await acts.run(state, () => act(tx, (query) => last.push(query)))
      await conversation.commit(last)
      return value
    } catch (error) {
      // A connection that broke has nothing left to undo.
      await conversation.query('rollback', []).catch(() => {})
      throw error
    } finally {
      state.isOpen = false
      client.release()
    }
  }

  const transact = async <T>(act: Act<T>): Promise<T> => {
    refuseWithin()
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(act)
      } catch (error) {
        if (!CONFLICTS.has(sqlState(error))) throw error
        if (attempts === ATTEMPT_COUNT_MAX) throw contended(error)
      }
    }
  }
  const read = async <T>(view: (reader: Reader) => Promise<T>): Promise<T> => {
    refuseWithin()
    return attempt((tx) => view(tx), 'view')
  }
  return { engine, query: outside, transact, read, close: () => pool.end() }
}

type Act<T> = (tx: Tx, writeLast: WriteLast) => Promise<T>

/** What an act talks over: its connection, and the queries built upon that. */
interface Line {
  readonly conversation: Conversation
  readonly tx: Tx
}

/** One line for each connection. Kysely's own transactions would send each query only when the last is answered. */
function linesOver(): (client: PostgresPoolClient) => Line {
  const lines = new WeakMap<PostgresPoolClient, Line>()
  return (client) => {
    const known = lines.get(client)
    if (known !== undefined) return known
    const conversation = createConversation(client)
    const only = { query: conversation.query, release: () => {} } as unknown as PostgresPoolClient
    const line = { conversation, tx: kyselyOn(async () => only) as Tx }
    lines.set(client, line)
    return line
  }
}

/**
 * A query outside the transaction, made inside an act, would wait for ever on the one connection of PGlite,
 * and on PostgreSQL would not see what the act wrote: it is a mistake on both, and says so on both.
 */
const READS_OUTSIDE = 'INVARIANT: an act reads and writes through its own transaction only'

/** Kysely over connections that we hand out; the pool behind them is closed by `Database.close`. */
function kyselyOn(connect: PostgresPool['connect']): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: { connect, end: async () => {} } }) })
}

function contended(cause: unknown): DatabaseError {
  return new DatabaseError(
    'database_contended',
    'Too many acts change the same rows at this moment. Nothing was changed; try again.',
    cause,
  )
}
