/** A PostgreSQL server: a pool of connections with prepared statements and bounded waits. */

import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import pg from 'pg'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { OLDEST_MAJOR } from './cluster/programs.server.ts'
import { DatabaseError, isUnreachable, sqlState } from './databaseError.ts'
import { parserOf } from './databaseValues.ts'

export interface PostgresLocation {
  readonly url: string
  /** The schema of this nation's tables, created if absent. Default: `public`. */
  readonly schema?: string
  /** Maximum number of connections of this process. Default: 16. */
  readonly connectionCount?: number
}

const OLDEST_VERSION = OLDEST_MAJOR * 10_000
const CONNECTION_COUNT = 16
/** Limit for opening a connection. */
const CONNECT_TIMEOUT_MS = 10_000
/** Limit for one statement: a slow statement holds locks that other acts wait for. */
const STATEMENT_TIMEOUT_MS = 30_000
/** Limit for waiting for a row lock; after it the statement fails. */
const LOCK_TIMEOUT_MS = 10_000
/** Limit for an idle transaction: after it the server releases the locks of a process that hangs. */
const IDLE_TIMEOUT_MS = 60_000
/** Maximum number of prepared statements. The server keeps a prepared statement until its connection ends. */
const PREPARED_COUNT_MAX = 500

/** Connects, checks the server's version and creates the schema. @throws DatabaseError with what to do */
export async function openPostgresPool(location: PostgresLocation): Promise<PostgresPool> {
  const schema = location.schema ?? 'public'
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new DatabaseError(
      'database_denied',
      `The schema name ${schema} may contain only a to z, 0 to 9 and _.`,
    )
  }
  const pool = new pg.Pool({
    connectionString: location.url,
    max: location.connectionCount ?? CONNECTION_COUNT,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    pipeline: true,
    application_name: `entente.${schema}`,
    options: settings(schema),
    types: { getTypeParser: parserOf },
  })
  // The pool replaces a connection that breaks while idle. If that fails, the next query reports it.
  pool.on('error', () => {})
  // A connection that breaks while in use fails the query that is running. The listener is added before any
  // query: the server may end a connection in the same packet as its greeting.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await prepareServer(pool, schema)
  } catch (error) {
    await pool.end()
    throw explain(error, location.url)
  }
  return withPreparedStatements(pool)
}

function settings(schema: string): string {
  const values = {
    search_path: schema,
    timezone: 'UTC',
    bytea_output: 'hex',
    datestyle: 'ISO',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS,
  }
  return Object.entries(values)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

async function prepareServer(pool: pg.Pool, schema: string): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(
    `select current_setting('server_version_num') as version`,
  )
  const version = Number(rows[0]?.version)
  if (version < OLDEST_VERSION) {
    throw new DatabaseError(
      'database_too_old',
      `The PostgreSQL server is version ${Math.floor(version / 10_000)}; upgrade it to ${OLDEST_MAJOR} or later.`,
    )
  }
  const { rowCount } = await pool.query('select 1 from pg_namespace where nspname = $1', [schema])
  if (rowCount !== 0) return
  await pool.query(`create schema if not exists ${schema}`).catch((error: unknown) => {
    // Another process created it concurrently.
    if (sqlState(error) !== '23505') throw error
  })
}

/** Names each parameterised SQL text, so that a connection parses and plans it only once. */
function withPreparedStatements(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (sql: string): string | undefined => {
    let name = names.get(sql)
    if (name === undefined && names.size < PREPARED_COUNT_MAX) {
      name = createHash('sha256').update(sql).digest('base64url')
      names.set(sql, name)
    }
    return name
  }
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const cork = corkPerTurn(client)
    const query = (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
      cork()
      if (parameters.length === 0) return client.query(sql).then(lastOf)
      const name = nameOf(sql)
      const values = [...parameters]
      return client.query(name === undefined ? { text: sql, values } : { name, text: sql, values })
    }
    return { query, release: () => client.release() } as unknown as PostgresPoolClient
  }
  return {
    connect: async () => {
      const client = await pool.connect()
      const known = clients.get(client) ?? wrap(client)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

/** Sends the queries of one turn of the event loop in one packet, which wakes the server once. */
function corkPerTurn(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection
  let isCorked = false
  return () => {
    if (isCorked) return
    isCorked = true
    stream.cork()
    process.nextTick(() => {
      isCorked = false
      stream.uncork()
    })
  }
}

/** A text of several statements returns a list of results; the caller wants the last. */
function lastOf(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult | undefined {
  return Array.isArray(result) ? result.at(-1) : result
}

const DENIED = /^(28|3D000|42501)/

/** Explains a failure to connect to the operator. The message does not contain the password. */
function explain(error: unknown, url: string): unknown {
  if (error instanceof DatabaseError) return error
  const code = sqlState(error) ?? ''
  const message = error instanceof Error ? error.message : String(error)
  if (DENIED.test(code)) {
    return new DatabaseError(
      'database_denied',
      `PostgreSQL at ${withoutPassword(url)} refuses this user or database (${message}). ` +
        'Check the user, the password and the database name in DATABASE_URL.',
      error,
    )
  }
  if (isUnreachable(error)) {
    return new DatabaseError(
      'database_unreachable',
      `No PostgreSQL answers at ${withoutPassword(url)} (${message}). Start it, or correct DATABASE_URL.`,
      error,
    )
  }
  return error
}

/** A server's address without its password. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`
}
