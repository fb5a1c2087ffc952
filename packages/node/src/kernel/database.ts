/**
 * The one door to the database: PostgreSQL, embedded in a data folder or by its address. An act runs in
 * one READ COMMITTED transaction and locks what it decides on: see docs/decisions/0003.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import type { CompiledQuery, PostgresPool, PostgresPoolClient, Transaction } from 'kysely'
import { openCluster } from './cluster/cluster.server.ts'
import type { ClusterEvent } from './cluster/cluster.server.ts'
import { NODE_CONNECTIONS } from './cluster/settings.ts'
import { openPostgresPool, withoutPassword } from './database.postgres.ts'
import type { PostgresPlace } from './database.postgres.ts'
import { createConversation } from './conversation.ts'
import type { Conversation, TransactionMode } from './conversation.ts'
import { DatabaseError, explainQuery, sqlState } from './databaseError.ts'
import { lockFolder } from './folderLock.ts'
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
  /** Reads outside an act. Each query stands alone; nothing is held between two of them. */
  readonly query: Kysely<Schema>
  /**
   * Runs an act in one transaction: all of it becomes durable, or none of it. What the act returns is
   * returned after the commit; what it throws is thrown after the rollback.
   *
   * The act locks the rows it decides on (`for update`: the matter first, the head of a log last) before it
   * reads what hangs on them, and awaits nothing but `tx`: another process may hold the same rows. It may run
   * again from the start when the database reports a conflict (40001, 40P01), so it has no other effect.
   * Throws `database_contended` when the bound on attempts is reached, `database_unreachable` when the server is not
   * there. A connection that breaks during the commit leaves the outcome unknown: the caller's idempotency key tells.
   */
  transact<T>(act: (tx: Tx, writeLast: WriteLast) => Promise<T>): Promise<T>
  /** Runs a view in one read-only transaction, which sees one state of the database from its first query on. */
  read<T>(view: (reader: Reader) => Promise<T>): Promise<T>
  /** Waits for what is running and closes the connections; stops an embedded server and unlocks its folder. */
  close(): Promise<void>
}

/** A data folder with a PostgreSQL of its own. One process at a time has it. */
export interface FolderPlace {
  readonly folder: string
  /** Called when the embedded server ended by itself, and with the outcome of starting it again. */
  onEvent?(event: ClusterEvent): void
}

/** Where a database lives. */
export type DatabasePlace = FolderPlace | PostgresPlace

/** How often an act is tried before it is given up; each conflict means that another act went through. */
const ATTEMPT_COUNT_MAX = 10

/** Serialization failure and deadlock: the database undid this act and another one got through. */
const CONFLICTS: ReadonlySet<string | undefined> = new Set(['40001', '40P01'])

/** Opens the database at `place`, not migrated; throws a `DatabaseError` that says what to do. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if ('url' in place) return databaseOn(await openPostgresPool(place), withoutPassword(place.url))
  const lock = lockFolder(place.folder)
  try {
    const cluster = await openCluster(place.folder, place)
    const pool = await openPostgresPool({ url: cluster.url, connectionCount: NODE_CONNECTIONS }).catch(
      async (error: unknown) => {
        throw explainOpening(error, place.folder, await cluster.abandon())
      },
    )
    const close = async (): Promise<void> => {
      await pool.end()
      await cluster.stop()
      lock.release()
    }
    return { ...databaseOn(pool, place.folder), close }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Why a server that was started takes no connections of its node; `said` is the server's own reason. */
function explainOpening(error: unknown, folder: string, said: DatabaseError): unknown {
  if (!(error instanceof DatabaseError)) return explainQuery(error, folder)
  if (error.code !== 'database_denied') return said
  return new DatabaseError(
    'database_denied',
    `The database in ${folder} does not take the password of ${join(folder, 'postgresql', 'password')}. ` +
      'Restore that file from a backup.',
    error,
  )
}

/** @param name names the database in errors */
function databaseOn(pool: PostgresPool, name: string): Database {
  const acts = new AsyncLocalStorage<{ isOpen: boolean }>()
  const refuseWithin = (): void => {
    if (acts.getStore()?.isOpen === true) throw new Error(READS_OUTSIDE)
  }
  const connect = async (): Promise<PostgresPoolClient> => {
    try {
      return await pool.connect()
    } catch (error) {
      throw explainQuery(error, name)
    }
  }
  const outside = kyselyOn(async () => {
    refuseWithin()
    const client = await connect()
    return {
      ...createConversation(client, name),
      release: () => client.release(),
    } as unknown as PostgresPoolClient
  })
  const lineOf = linesOver(name)

  async function attempt<T>(act: Act<T>, mode: TransactionMode = 'act'): Promise<T> {
    const client = await connect()
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
  return { query: outside, transact, read, close: () => pool.end() }
}

type Act<T> = (tx: Tx, writeLast: WriteLast) => Promise<T>

/** What an act talks over: its connection, and the queries built upon that. */
interface Line {
  readonly conversation: Conversation
  readonly tx: Tx
}

/** One line for each connection. Kysely's own transactions would send each query only when the last is answered. */
function linesOver(name: string): (client: PostgresPoolClient) => Line {
  const lines = new WeakMap<PostgresPoolClient, Line>()
  return (client) => {
    const known = lines.get(client)
    if (known !== undefined) return known
    const conversation = createConversation(client, name)
    const only = { query: conversation.query, release: () => {} } as unknown as PostgresPoolClient
    const line = { conversation, tx: kyselyOn(async () => only) as Tx }
    lines.set(client, line)
    return line
  }
}

/** A query outside the transaction, made inside an act, does not see what the act wrote. */
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
