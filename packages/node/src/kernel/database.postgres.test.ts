/** A served PostgreSQL: failures to connect have a code; conflicts and lost connections are recovered. */

import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { systemWorld } from '#node/world.system.ts'
import { openDatabase } from './database.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { migrate } from './migrate.ts'
import { openBareDatabase, testServer } from './testDatabase.ts'

/** A port on which nothing listens: it was free a moment ago. */
async function refusingPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('an address without a PostgreSQL server', () => {
  it('is unreachable, and the error does not contain its password', async () => {
    const url = `postgres://nation:secret@127.0.0.1:${await refusingPort()}/entente`
    const error: unknown = await openDatabase({ url }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'database_unreachable' })
    expect((error as Error).message).not.toContain('secret')
  })

  it('is unreachable if another program answers', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const opening = openDatabase({ url: `postgres://nation@127.0.0.1:${port}/entente` })
    await expect(opening).rejects.toMatchObject({ code: 'database_unreachable' })
    server.close()
  })

  it('refuses a schema name that would need quoting', async () => {
    const opening = openDatabase({ url: 'postgres://127.0.0.1/entente', schema: 'kr; drop schema jp' })
    await expect(opening).rejects.toMatchObject({ code: 'database_denied' })
  })
})

describe('a server', () => {
  const url = testServer()

  it('without the database denies access', async () => {
    const other = new URL(url)
    other.pathname = '/entente_that_is_not_there'
    await expect(openDatabase({ url: other.href })).rejects.toMatchObject({ code: 'database_denied' })
  })

  it('separates nations by schema', async () => {
    const korea = await openBareDatabase()
    const japan = await openBareDatabase()
    await sql`create table sample (id bigint)`.execute(korea.query)
    await expect(sql`select * from sample`.execute(japan.query)).rejects.toMatchObject({ code: '42P01' })
    await korea.close()
    await japan.close()
  })

  it('is migrated once if several processes start concurrently', async () => {
    const first = await openBareDatabase()
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(first.query)
    const schema = rows[0]?.schema ?? ''
    await sql`drop schema ${sql.id(schema)} cascade`.execute(first.query)
    const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url, schema, connectionCount: 2 })))
    const ran = await Promise.all(others.map((database) => migrate(database, systemWorld, MIGRATIONS)))
    const all = ran.flat().sort()
    expect(all.length).toBeGreaterThan(0)
    expect(new Set(all).size).toBe(all.length)
    for (const database of others) await database.close()
    await first.close()
  })

  it('rolls back on a deadlock and retries the act', async () => {
    const database = await openBareDatabase()
    await sql`create table sample (id bigint primary key, n bigint)`.execute(database.query)
    await sql`insert into sample values (1, 0), (2, 0)`.execute(database.query)
    const both = Promise.withResolvers<void>()
    let holding = 0
    let attempts = 0
    const act = (first: number, second: number) =>
      database.transact(async (tx) => {
        attempts += 1
        await sql`update sample set n = n + 1 where id = ${first}`.execute(tx)
        holding += 1
        if (holding === 2) both.resolve()
        await both.promise
        await sql`update sample set n = n + 1 where id = ${second}`.execute(tx)
      })
    await Promise.all([act(1, 2), act(2, 1)])
    expect((await sql`select n from sample order by id`.execute(database.query)).rows).toEqual([
      { n: 2 },
      { n: 2 },
    ])
    // The server may cancel one of the two acts, or both.
    expect(attempts).toBeGreaterThan(2)
    await database.close()
  })

  it('gets new connections after the server ended the old ones', async () => {
    const database = await openBareDatabase()
    await Promise.all([1, 2, 3].map(() => sql`select 1`.execute(database.query)))
    const admin = await openDatabase({ url, connectionCount: 1 })
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(database.query)
    expect(rows[0]?.schema).toMatch(/^test_/)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${`entente.${rows[0]?.schema}`} and pid <> pg_backend_pid()`.execute(
      admin.query,
    )
    const answers = async (): Promise<unknown[]> => (await sql`select 1 as one`.execute(database.query)).rows
    // The pool may notice the end of an idle connection only at the next query on it.
    await expect.poll(() => answers().catch(() => [])).toEqual([{ one: 1 }])
    await admin.close()
    await database.close()
  })
})
