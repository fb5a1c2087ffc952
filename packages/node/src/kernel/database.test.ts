/**
 * Guarantees for every act: atomicity, no lost update, retry on conflict, one JavaScript form for each SQL
 * type.
 */

import { inspect } from 'node:util'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from './database.ts'
import { openTestDatabase } from './testDatabase.ts'

/** Raises an error with an SQLSTATE, which decides about the retry. */
const raise = (state: string) =>
  sql.raw(`do $$ begin raise exception 'made for this test' using errcode = '${state}'; end $$`)

describe('database', () => {
  let database: Database
  beforeEach(async () => {
    database = await openTestDatabase()
    await sql`create table sample (id bigint primary key, body bytea, note text)`.execute(database.query)
  })
  afterEach(async () => {
    await sql`drop table sample`.execute(database.query)
    await database.close()
  })

  const insert = (id: number) => sql`insert into sample (id) values (${id})`
  const ids = async (): Promise<unknown[]> => {
    const { rows } = await sql<{ id: unknown }>`select id from sample order by id`.execute(database.query)
    return rows.map(({ id }) => id)
  }

  it('commits an act that returns, and rolls back an act that throws', async () => {
    expect(await database.transact(async (tx) => (await insert(1).execute(tx), 'done'))).toBe('done')
    const failing = database.transact(async (tx) => {
      await insert(2).execute(tx)
      throw new Error('aborted')
    })
    await expect(failing).rejects.toThrow('aborted')
    expect(await ids()).toEqual([1])
  })

  it('rolls back an act that continues after a database error', async () => {
    const careless = database.transact(async (tx) => {
      await insert(1).execute(tx)
      await insert(1)
        .execute(tx)
        .catch(() => {})
      return 'done'
    })
    await expect(careless).rejects.toThrow('INVARIANT')
    expect(await ids()).toEqual([])
  })

  it('loses no update of concurrent acts that lock the row they decide on', async () => {
    await insert(0).execute(database.query)
    const act = () =>
      database.transact(async (tx) => {
        const { rows } = await sql<{
          note: string | null
        }>`select note from sample where id = 0 for update`.execute(tx)
        const note = `${rows[0]?.note ?? ''}x`
        await sql`update sample set note = ${note} where id = 0`.execute(tx)
      })
    await Promise.all(Array.from({ length: 40 }, act))
    const { rows } = await sql`select note from sample where id = 0`.execute(database.query)
    expect(rows).toEqual([{ note: 'x'.repeat(40) }])
  })

  it.each(['40001', '40P01'])(
    'retries an act after %s without effects of the failed attempts',
    async (state) => {
      let attempts = 0
      await database.transact(async (tx) => {
        attempts += 1
        await insert(attempts).execute(tx)
        if (attempts < 3) await raise(state).execute(tx)
      })
      expect(attempts).toBe(3)
      expect(await ids()).toEqual([3])
    },
  )

  it('gives up after ten attempts, with a code', async () => {
    let attempts = 0
    const hopeless = database.transact(async (tx) => {
      attempts += 1
      await raise('40001').execute(tx)
    })
    await expect(hopeless).rejects.toMatchObject({ code: 'database_contended' })
    expect(attempts).toBe(10)
  })

  it('does not retry other errors, and names the violated constraint', async () => {
    await insert(1).execute(database.query)
    let attempts = 0
    const doubled = database.transact(async (tx) => {
      attempts += 1
      await insert(1).execute(tx)
    })
    await expect(doubled).rejects.toMatchObject({ code: '23505', constraint: 'sample_pkey' })
    expect(attempts).toBe(1)
  })

  it('keeps row values out of errors', async () => {
    await sql`alter table sample add constraint sample_note check (note <> 'word')`.execute(database.query)
    const secret = 'EXERCISE-CONTENT'
    const failures = [
      sql`insert into sample (id, note) values (1, 'word'), (2, ${secret})`,
      sql`insert into sample (id, note) select 7, ${secret} union all select 7, ${secret}`,
      sql`select ${secret}::bigint`,
      sql`select ${secret}::text, 1 / (${0}::integer)`,
    ]
    for (const failure of failures) {
      const error: unknown = await failure.execute(database.query).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { showHidden: true })).not.toContain(secret)
    }
  })

  it('refuses a query outside the transaction, and an act, inside an act', async () => {
    const reading = database.transact(async () => insert(1).execute(database.query))
    await expect(reading).rejects.toThrow('INVARIANT')
    const nesting = database.transact(async () => database.transact(async (tx) => insert(1).execute(tx)))
    await expect(nesting).rejects.toThrow('INVARIANT')
    expect(await ids()).toEqual([])
  })

  it('returns bytes, integers, dates and lists in one form, and null as null', async () => {
    const bytes = new Uint8Array([0, 1, 127, 128, 255])
    const { rows } = await sql`select ${bytes}::bytea as bytes, ${2 ** 53 - 1}::bigint as large,
      ${-5}::integer as small, true as yes, ${'0042.50'}::numeric as exact, ${1.5}::float8 as real,
      ${'2016-11-23'}::date as day, ${'{1,NULL,3}'}::bigint[] as numbers, ${['a', 'b "c"']}::text[] as words,
      ${null}::text as nothing, ${null}::bytea as no_bytes, count(*) from sample`.execute(database.query)
    expect(rows).toStrictEqual([
      {
        bytes,
        large: 2 ** 53 - 1,
        small: -5,
        yes: true,
        exact: '0042.50'.slice(2),
        real: 1.5,
        day: '2016-11-23',
        numbers: [1, null, 3],
        words: ['a', 'b "c"'],
        nothing: null,
        no_bytes: null,
        count: 0,
      },
    ])
  })

  it('refuses an integer beyond 2^53 instead of rounding it, and stays usable', async () => {
    const beyond = sql`select 9007199254740993::bigint as n`.execute(database.query)
    await expect(beyond).rejects.toMatchObject({ code: 'number_unsafe' })
    expect(await ids()).toEqual([])
  })

  it('stores any text and any bytes, up to a megabyte at least', async () => {
    const note = `日本語 한국어 \u202e 'quoted' \\ ; drop table sample; -- ${'x'.repeat(1_000_000)}`
    const body = new Uint8Array(1_000_000).fill(255)
    await sql`insert into sample values (1, ${body}, ${note})`.execute(database.query)
    const { rows } = await sql<{ body: Uint8Array; note: string }>`select body, note from sample`.execute(
      database.query,
    )
    expect(rows[0]?.note).toBe(note)
    expect(Buffer.compare(rows[0]?.body ?? new Uint8Array(), body)).toBe(0)
  })

  it('counts the rows that a statement changed', async () => {
    const none = await sql`update sample set note = 'a' where id = ${1}`.execute(database.query)
    expect(none.numAffectedRows).toBe(0n)
    const one = await insert(1).execute(database.query)
    expect(one.numAffectedRows).toBe(1n)
  })
})
