/** A PostgreSQL for the benchmarks: a local cluster that flushes every commit. */
import pg from 'pg'
import { providePostgres } from '../checks/postgres.ts'

/** The server under test, with its version and settings. */
export interface Cluster {
  readonly url: string
  readonly description: string
  /** Creates an empty database, replacing one of the same name. Returns its URL. */
  emptyDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

const SHOWN = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers']

/** Starts a cluster, or uses the one that TEST_DATABASE_URL names. */
export async function openCluster(): Promise<Cluster> {
  const { url, name, stop } = await providePostgres({ isDurable: true })
  return {
    url,
    description: `${name} by its ${url.includes('?host=') ? 'Unix socket' : 'address'}: ${await settingsAt(url)}`,
    async emptyDatabase(database) {
      await onServer(url, async (client) => {
        await client.query(`drop database if exists ${database} with (force)`)
        await client.query(`create database ${database}`)
      })
      const own = new URL(url)
      own.pathname = `/${database}`
      return own.href
    },
    stop,
  }
}

async function settingsAt(url: string): Promise<string> {
  const values: string[] = []
  await onServer(url, async (client) => {
    for (const name of SHOWN) {
      const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [name])
      values.push(`${name}=${rows[0]?.value ?? ''}`)
    }
  })
  if (values.includes('fsync=off'))
    throw new Error('The server does not flush its commits. Use one that does.')
  return values.join(', ')
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
