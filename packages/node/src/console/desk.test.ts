/** The pages that every hint refetches: their number of queries does not grow with what they show. */
import { sql } from 'kysely'
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { approve, openPair, permitted, releaseReport, submit, write } from '#node/exchange/testExchange.ts'
import type { Pair } from '#node/exchange/testExchange.ts'
import type { Database, Tx } from '#node/kernel/database.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { cookieOf, httpOf } from '#node/testNetwork.ts'
import type { TestNation } from '#node/testNetwork.ts'

let queries = 0
let pair: Pair

/** A database that counts the queries of views. */
async function openCounting(): Promise<Database> {
  const database = await openTestDatabase()
  const counter: KyselyPlugin = {
    transformQuery({ node }) {
      queries += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { ...database, read: (view) => database.read((tx) => view((tx as Tx).withPlugin(counter))) }
}

beforeAll(async () => {
  pair = await openPair(openCounting)
  await releaseReport(pair)
  await pair.network.settle()
  await releaseReport(pair)
  const returned = permitted(await submit(pair, await write(pair)))
  permitted(await approve(pair, 'release-1', returned))
  await write(pair)
})
afterAll(() => pair.close())

/** Gets a page; returns how many queries it took, and the reply. */
async function ask(nation: TestNation, person: string, path: string) {
  const app = httpOf(nation, (error) => {
    throw error
  })
  const headers = { cookie: await cookieOf(nation, person) }
  queries = 0
  const response = await app.request(new Request(`http://localhost${path}`, { headers }))
  expect(response.status, path).toBe(200)
  return { queries, reply: (await response.json()) as never }
}

/** Copies rows of a table, with other values in some columns; `n` is the number of the copy. */
const copies = (table: string, changes: string) =>
  sql.raw(
    `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${changes}))).*
      from ${table} t, generate_series(1, 12) n`,
  )

/** Multiplies the items, drafts, partners and agreements' declarations of a nation. */
async function multiply({ database: { query } }: TestNation, partner: string): Promise<void> {
  const numbered = (name: string) => `'${name}', t.${name} || '-' || n`
  for (const step of [
    copies('matter', numbered('id')),
    copies('item', `${numbered('id')}, ${numbered('control')}, 'registered', t.registered || '-' || n`),
    copies('draft', `${numbered('id')}, 'control', null`),
    copies('partner', `'nation', 'X' || chr(64 + n::int)`),
    sql.raw(
      `insert into log select (jsonb_populate_record(t, jsonb_build_object('name', 'out/X' || chr(64 + n::int)))).*
        from log t, generate_series(1, 12) n where t.name = 'out/${partner}'`,
    ),
    copies('partner_profile', `'nation', 'X' || chr(64 + n::int)`),
  ])
    await step.execute(query)
}

it('the number of queries does not grow with items, drafts and partners', async () => {
  const asked = [
    ['KR', 'officer', '/api/desk'],
    ['KR', 'officer', '/api/shell'],
    ['JP', 'analyst', '/api/desk'],
    ['JP', 'release-2', '/api/desk'],
    ['JP', 'release-2', '/api/shell'],
    ['JP', 'release-2', '/api/drafts'],
    ['JP', 'registrar', '/api/reconciliations'],
    ['JP', 'analyst', '/api/agreements'],
  ] as const
  const all = async () => {
    const found = new Map<string, Awaited<ReturnType<typeof ask>>>()
    for (const [nation, person, path] of asked)
      found.set(`${nation} ${person} ${path}`, await ask(pair[nation], person, path))
    return found
  }
  // The first read of a node fills its caches: the law, and the partners' cards.
  await all()
  const few = await all()
  await multiply(pair.KR, 'JP')
  await multiply(pair.JP, 'KR')
  const many = await all()
  const counts = (found: typeof few) =>
    Object.fromEntries([...found].map(([key, { queries: n }]) => [key, n]))
  expect(counts(many)).toEqual(counts(few))
  expect(Math.max(...Object.values(counts(many)))).toBeLessThan(25)

  const length = (found: typeof few, key: string, of: string) =>
    (found.get(key)!.reply as Record<string, readonly unknown[]>)[of]!.length
  for (const [key, list] of [
    ['KR officer /api/desk', 'needsMe'],
    ['KR officer /api/shell', 'partners'],
    ['JP analyst /api/desk', 'needsMe'],
    ['JP release-2 /api/desk', 'needsMe'],
    ['JP release-2 /api/drafts', 'rows'],
    ['JP registrar /api/reconciliations', 'rows'],
  ] as const)
    expect(length(many, key, list), key).toBeGreaterThan(length(few, key, list))
})
