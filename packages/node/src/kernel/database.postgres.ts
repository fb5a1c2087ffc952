/** A PostgreSQL server: a pool of connections with prepared statements and bounded waits. */

import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import pg from 'pg'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { OLDEST_MAJOR } from './cluster/programs.server.ts'
import { DatabaseError, isUnreachable, sqlState } from './databaseError.ts'
import { parserOf } from './databaseValues.ts'

export interface PostgresPlace {
  readonly url: string
  /** The schema that holds this nation's tables, created when absent; `public` unless told. */
  readonly schema?: string
  /** How many connections this process may hold; 16 unless told. */
  readonly connectionCount?: number
}

const OLDEST_VERSION = OLDEST_MAJOR * 10_000
const CONNECTION_COUNT = 16
/** A server that is there answers within this. */
const CONNECT_TIMEOUT_MS = 10_000
/** No query of an act takes this long; one that does holds locks that others wait for. */
const STATEMENT_TIMEOUT_MS = 30_000
/** Waiting for a row's lock longer than this is refused rather than queued further. */
const LOCK_TIMEOUT_MS = 10_000
/** An act whose process is stuck gives its locks back after this. */
const IDLE_TIMEOUT_MS = 60_000
/** Beyond this many different texts a connection prepares no more: its server keeps each until it ends. */
const PREPARED_COUNT_MAX = 500

/** Connects, checks the server's version and makes the schema; throws coded errors that say what to do. */
export async function openPostgresPool(place: PostgresPlace): Promise<PostgresPool> {
  const schema = place.schema ?? 'public'
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new DatabaseError('database_denied', `The schema name ${schema} must be of a to z, 0 to 9 and _.`)
  }
  const pool = new pg.Pool({
    connectionString: place.url,
    max: place.connectionCount ?? CONNECTION_COUNT,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    pipeline: true,
    application_name: `entente.${schema}`,
    options: settings(schema),
    types: { getTypeParser: parserOf },
  })
  // A connection that breaks while idle is replaced by the pool; the next query of it tells if there is none.
  pool.on('error', () => {})
  // One that breaks in the hands of its user ends that user's query. The listener is there before anybody has the
  // connection: the server may end it in the packet in which it greets.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await prepareServer(pool, schema)
  } catch (error) {
    await pool.end()
    throw explain(error, place.url)
  }
  return preparing(pool)
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
    // Another process made it at the same moment.
    if (sqlState(error) !== '23505') throw error
  })
}

/** Gives each text of SQL with parameters a name, under which a connection parses and plans it only once. */
function preparing(pool: pg.Pool): PostgresPool {
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
    const gather = gatherer(client)
    const query = (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
      gather()
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

/** Puts what is asked of a connection in one turn of the event loop into one packet: one waking of the server. */
function gatherer(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection
  let isGathering = false
  return () => {
    if (isGathering) return
    isGathering = true
    stream.cork()
    process.nextTick(() => {
      isGathering = false
      stream.uncork()
    })
  }
}

/** Several statements in one text answer with a list; the last is what their author asked. */
function lastOf(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult | undefined {
  return Array.isArray(result) ? result.at(-1) : result
}

const DENIED = /^(28|3D000|42501)/

/** A failure to connect in the operator's words; the password in the address is not repeated. */
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

/** A server's address as it may be shown. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`
}
