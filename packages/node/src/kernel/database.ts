/**
 * The only access to the database: PostgreSQL, embedded in a data folder or served at an address. An act runs
 * in one READ COMMITTED transaction and locks the rows that it decides on: see docs/decisions/0003.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import type { CompiledQuery, PostgresPool, PostgresPoolClient, Transaction } from 'kysely'
import { openCluster } from './cluster/cluster.server.ts'
import type { ClusterEvent } from './cluster/cluster.server.ts'
import { NODE_CONNECTIONS } from './cluster/settings.ts'
import { openPostgresPool, withoutPassword } from './database.postgres.ts'
import type { PostgresLocation } from './database.postgres.ts'
import { createConversation } from './conversation.ts'
import type { Conversation, TransactionMode } from './conversation.ts'
import { DatabaseError, explainQuery, sqlState } from './databaseError.ts'
import { lockFolder } from './folderLock.ts'
import type { Schema } from './schema.ts'

/**
 * The open transaction of an act, the first argument of every store function. Start independent queries
 * together (`Promise.all`): they are pipelined, and answered in order.
 */
export type Tx = Transaction<Schema>

/** A transaction that can only read: for views, and for store functions that do not write. */
export type Reader = Pick<Tx, 'selectFrom' | 'selectNoFrom' | 'with' | 'getExecutor'>

/**
 * Defers a query until the act has returned. Deferred queries are sent in order, together with the commit.
 */
export type WriteLast = (query: CompiledQuery) => void

export interface Database {
  /** Reads outside an act. Each query is a transaction of its own. */
  readonly query: Kysely<Schema>
  /**
   * Runs an act in one transaction: all of it becomes durable, or none. Returns the act's result after the
   * commit, or throws the act's error after the rollback.
   *
   * The act locks the rows it decides on (`for update`: the matter first, the head of a log last) before it
   * reads rows that depend on them, and awaits nothing except `tx`: another process may want the same rows.
   * On a conflict (40001, 40P01) the act runs again from the start, so it must have no effect outside the
   * transaction. Throws `database_contended` after the last attempt, `database_unreachable` if the server
   * cannot be reached. If a connection breaks during the commit, the outcome is unknown; a retry with the
   * same idempotency key is safe.
   */
  transact<T>(act: (tx: Tx, writeLast: WriteLast) => Promise<T>): Promise<T>
  /** Runs a view in one read-only transaction on one snapshot, taken at its first query. */
  read<T>(view: (reader: Reader) => Promise<T>): Promise<T>
  /**
   * Waits for running queries and closes the connections; stops an embedded server and unlocks its folder.
   */
  close(): Promise<void>
}

/** A data folder with an embedded PostgreSQL, locked by one process at a time. */
export interface FolderLocation {
  readonly folder: string
  /** Called when the embedded server ends unexpectedly, and with the outcome of each restart. */
  onEvent?(event: ClusterEvent): void
}

/** The location of a database: embedded in a folder, or served at an address. */
export type DatabaseLocation = FolderLocation | PostgresLocation

/** Maximum number of attempts of an act. Every conflict means that another act made progress. */
const ATTEMPT_COUNT_MAX = 10

/** Serialization failure and deadlock: the database rolled this act back in favour of another. */
const CONFLICTS: ReadonlySet<string | undefined> = new Set(['40001', '40P01'])

/** Opens a database without migrating it. @throws DatabaseError with what to do */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  if ('url' in location) return databaseOn(await openPostgresPool(location), withoutPassword(location.url))
  const lock = lockFolder(location.folder)
  try {
    const cluster = await openCluster(location.folder, location)
    const pool = await openPostgresPool({ url: cluster.url, connectionCount: NODE_CONNECTIONS }).catch(
      async (error: unknown) => {
        throw explainOpening(error, location.folder, await cluster.abandon())
      },
    )
    const close = async (): Promise<void> => {
      await pool.end()
      await cluster.stop()
      lock.release()
    }
    return { ...databaseOn(pool, location.folder), close }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Explains why a server that was started accepts no connection; `reason` is from the server's output. */
function explainOpening(error: unknown, folder: string, reason: DatabaseError): unknown {
  if (!(error instanceof DatabaseError)) return explainQuery(error, folder)
  if (error.code !== 'database_denied') return reason
  return new DatabaseError(
    'database_denied',
    `The database in ${folder} rejects the password in ${join(folder, 'postgresql', 'password')}. ` +
      'Restore that file from a backup.',
    error,
  )
}

/** @param name names the database in errors */
function databaseOn(pool: PostgresPool, name: string): Database {
  const acts = new AsyncLocalStorage<{ isOpen: boolean }>()
  const refuseInsideAct = (): void => {
    if (acts.getStore()?.isOpen === true) throw new Error(OUTSIDE_TRANSACTION)
  }
  const connect = async (): Promise<PostgresPoolClient> => {
    try {
      return await pool.connect()
    } catch (error) {
      throw explainQuery(error, name)
    }
  }
  const outside = kyselyOn(async () => {
    refuseInsideAct()
    const client = await connect()
    return {
      ...createConversation(client, name),
      release: () => client.release(),
    } as unknown as PostgresPoolClient
  })
  const connectionOf = actConnections(name)

  async function attempt<T>(act: Act<T>, mode: TransactionMode = 'act'): Promise<T> {
    const client = await connect()
    const { conversation, tx } = connectionOf(client)
    const state = { isOpen: true }
    const last: CompiledQuery[] = []
    conversation.begin(mode)
    try {
      const value = await acts.run(state, () => act(tx, (query) => last.push(query)))
      await conversation.commit(last)
      return value
    } catch (error) {
      // On a broken connection the server rolls back by itself.
      await conversation.query('rollback', []).catch(() => {})
      throw error
    } finally {
      state.isOpen = false
      client.release()
    }
  }

  const transact = async <T>(act: Act<T>): Promise<T> => {
    refuseInsideAct()
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
    refuseInsideAct()
    return attempt((tx) => view(tx), 'view')
  }
  return { query: outside, transact, read, close: () => pool.end() }
}

type Act<T> = (tx: Tx, writeLast: WriteLast) => Promise<T>

/** The connection of an act, and Kysely on it. */
interface ActConnection {
  readonly conversation: Conversation
  readonly tx: Tx
}

/** One `ActConnection` per pooled connection. Kysely's own transactions do not pipeline queries. */
function actConnections(name: string): (client: PostgresPoolClient) => ActConnection {
  const connections = new WeakMap<PostgresPoolClient, ActConnection>()
  return (client) => {
    const known = connections.get(client)
    if (known !== undefined) return known
    const conversation = createConversation(client, name)
    const only = { query: conversation.query, release: () => {} } as unknown as PostgresPoolClient
    const connection = { conversation, tx: kyselyOn(async () => only) as Tx }
    connections.set(client, connection)
    return connection
  }
}

/** Inside an act, a query on another connection would not see what the act wrote. */
const OUTSIDE_TRANSACTION = 'INVARIANT: an act reads and writes through its own transaction only'

/** Kysely on connections from `connect`. `Database.close` closes the pool. */
function kyselyOn(connect: PostgresPool['connect']): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: { connect, end: async () => {} } }) })
}

function contended(cause: unknown): DatabaseError {
  return new DatabaseError(
    'database_contended',
    'Too many acts change the same rows at the moment. Nothing was changed; try again.',
    cause,
  )
}
