/** The register with many items: the time of its first page, from the store and over HTTP, by filter. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { items } from '#api/exchange/items.ts'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { createClient } from '#cli/client.ts'
import type { Client } from '#cli/client.ts'
import type { ItemFilter } from '#node/exchange/register/register.store.ts'
import { EXERCISE_PASSWORD } from '#scenario/cast.ts'
import type { Cluster } from './cluster.ts'
import { percentile, shown } from './figures.ts'
import type { Report } from './figures.ts'
import type { NodeCommands } from './nodeProcess.ts'
import { freePorts } from './ports.ts'
import { start } from './rpc.ts'
import type { Child } from './rpc.ts'

const TIMES = 40

/** The filters that registrars use. */
const FILTERS: readonly (readonly [string, ItemFilter])[] = [
  ['everything', {}],
  ['one partner', { partner: 'KR' }],
  ['received', { direction: 'received' }],
  ['not answered (1 in 100)', { state: 'offered' }],
  ['one marking (1 in 10)', { marking: '極秘' }],
  ['search: one control number', { search: 'JP-KR-2026-000002' }],
  ['search: no match', { search: 'nothing' }],
]

/** Measures pages of 50 over `count` items. */
export async function measureRegister(cluster: Cluster, count: number): Promise<Report> {
  const databaseUrl = await cluster.emptyDatabase('bench_register')
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-register-'))
  const child = start<NodeCommands>(new URL('nodeProcess.ts', import.meta.url))
  try {
    const ports = await freePorts()
    const node = { nation: 'JP', folder: join(folder, 'jp'), ports, suite: 'ed25519', databaseUrl } as const
    await child.call('open', node)
    await child.call('fill', { count })
    process.stderr.write('register: filled\n')
    return reportOf(count, await pagesOf(child, ports[0]))
  } finally {
    await child.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function reportOf(count: number, rows: string[][]): Report {
  return {
    title: `The register with ${count.toLocaleString('en-US')} items: the first 50 rows, p50 / p99 ms`,
    columns: ['filter', 'store', 'over HTTP'],
    rows,
    notes: [
      `${TIMES} pages per cell after a warm-up, newest first, with the count of all matches. Over HTTP: the node’s own route in another process, with a session, the rows as JSON; the items page, which has all of these filters.`,
    ],
  }
}

async function pagesOf(child: Child<NodeCommands>, port: number): Promise<string[][]> {
  const client = createClient(`http://127.0.0.1:${port}`)
  const session = await client.call(identity.signIn, { person: 'registrar', password: EXERCISE_PASSWORD })
  if (isRefusal(session)) throw new Error(`the registrar cannot sign in: ${session.reasons[0].code}`)
  const rows: string[][] = []
  for (const [name, filter] of FILTERS) {
    await child.call('list', { filter, times: 3 })
    const storeMs = await child.call('list', { filter, times: TIMES })
    const httpMs = await overHttp(client, filter)
    rows.push([name, cellOf(storeMs), cellOf(httpMs)])
  }
  return rows
}

async function overHttp(client: Client, filter: ItemFilter): Promise<number[]> {
  const timesMs: number[] = []
  for (let read = 0; read < TIMES; read += 1) {
    const startedMs = performance.now()
    const page = await client.call(items.list, { ...filter, limit: 50 })
    if (isRefusal(page)) throw new Error(`the page is refused: ${page.reasons[0].code}`)
    timesMs.push(performance.now() - startedMs)
  }
  return timesMs
}

function cellOf(timesMs: readonly number[]): string {
  return `${shown(percentile(timesMs, 0.5))}/${shown(percentile(timesMs, 0.99))}`
}
