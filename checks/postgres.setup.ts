/**
 * Provides a server for the database suites. The names of their databases start with the name of the run; the
 * teardown drops them.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { providePostgres } from './postgres.ts'

/** Sets TEST_DATABASE_URL to the run's own database. Returns the teardown. */
export default async function setUp(): Promise<() => Promise<void>> {
  const { url, name, stop } = await providePostgres()
  const run = `entente_${randomBytes(6).toString('hex')}`
  await onServer(url, [`create database ${run}`])
  process.env['TEST_DATABASE_URL'] = Object.assign(new URL(url), { pathname: `/${run}` }).href
  process.stdout.write(`database suites: on ${name}\n`)
  return async () => {
    const created = await onServer(url, [`select datname from pg_database where datname like '${run}%'`])
    await onServer(
      url,
      created.map(({ datname }) => `drop database ${datname} with (force)`),
    )
    await stop()
  }
}

async function onServer(url: string, commands: readonly string[]): Promise<{ datname: string }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const results = []
    for (const command of commands) results.push(await client.query<{ datname: string }>(command))
    return results.flatMap(({ rows }) => rows)
  } finally {
    await client.end()
  }
}
