/**
 * Two processes of one nation's node share a PostgreSQL. Exactly one of them is the courier (LINK-18). When
 * it is killed, the other takes over, and every report crosses exactly once.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { items } from '#api/exchange/items.ts'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import { NodeSettings } from '#node/dataFolder.ts'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import { systemWorld } from '#node/world.system.ts'
import { startChildren } from './children.ts'
import type { Children } from './children.ts'
import { openNetwork } from './network.ts'
import { play } from './play.ts'
import { freePorts } from './ports.ts'
import { parseScript } from './script.ts'
import { setStage } from './stage.ts'
import { sendReport, signInStaff } from './exchange/workload.ts'
import type { Acknowledged, Harness, Staff } from './exchange/workload.ts'

const TIMEOUT_MS = 240_000
/** The lease lasts five seconds; a busy machine takes longer to notice. */
const TAKEOVER_MS_MAX = 60_000

const ASSURANCES = `
as KR security-officer
assure JP that kr-mnd-dia may receive 군사 Ⅲ급 비밀 for exercise
as JP security-officer
assured by KR for kr-mnd-dia
`

/** The folders of the two processes of Japan's node: same keys and content, different ports. */
const FIRST = 'JP'
const SECOND = 'JP2'
/** Offset of the second process's ports from those of the first. */
const SECOND_OFFSET = 50

/** A TCP load balancer: one address for the doors of both processes. */
interface Balancer {
  readonly server: Server
  doorPort: number
}

async function createBalancer(): Promise<Balancer> {
  const server = createServer((near) => {
    const far = connect(balancer.doorPort, '127.0.0.1')
    const broken = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', broken).on('close', broken)
    near.pipe(far)
    far.pipe(near)
  })
  const balancer: Balancer = { server, doorPort: 0 }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return balancer
}

async function prepare(folder: string, databaseUrl: string, balancer: Balancer): Promise<number> {
  const basePort = await freePorts()
  balancer.doorPort = basePort + 1
  const network = await openNetwork({
    folder,
    basePort,
    databaseUrl,
    world: systemWorld,
    logLevel: 'error',
    version: 'leader',
    progress: () => undefined,
    doorAddress: async (_from, to, doorPort) =>
      `https://127.0.0.1:${to === FIRST ? (balancer.server.address() as AddressInfo).port : doorPort}`,
  })
  const stage = setStage(network)
  await play(parseScript(ASSURANCES), stage)
  stage.close()
  await network.stop()
  copyFolder(join(folder, 'jp'), join(folder, 'jp2'))
  return basePort
}

/** Copies a node's folder for a second process: same keys, shared content, other ports. */
function copyFolder(from: string, to: string): void {
  const shared = ['blobs', 'incoming']
  cpSync(from, to, { recursive: true, filter: (path) => !shared.some((name) => path === join(from, name)) })
  for (const name of shared) symlinkSync(join(from, name), join(to, name))
  const settings = NodeSettings.parse(JSON.parse(readFileSync(join(to, 'node.json'), 'utf8')))
  const { consolePort, doorPort, metricsPort } = settings
  const ports = { consolePort, doorPort, metricsPort }
  const moved = Object.entries(ports).map(([name, port]) => [name, port + SECOND_OFFSET])
  writeFileSync(join(to, 'node.json'), JSON.stringify({ ...settings, ...Object.fromEntries(moved) }))
}

interface Lease {
  readonly courier: string | undefined
  readonly epoch: number
}

/** The process that holds the courier's lease, and its epoch. */
async function readLease(client: pg.Client, children: Children): Promise<Lease> {
  const { rows } = await client.query<{ holder: string; epoch: string }>(
    `select holder, epoch from entente_jp.lease where name = 'courier' and until > $1`,
    [systemWorld.now()],
  )
  const pid = Number(rows[0]?.holder.split('-', 1)[0])
  const courier = [FIRST, SECOND].find((name) => children.pid(name) === pid)
  return { courier, epoch: Number(rows[0]?.epoch ?? 0) }
}

/** Each report is at both sides once and accepted, and both logs verify. */
async function expectCrossed(
  staff: Readonly<Record<'JP' | 'KR', Staff>>,
  reports: readonly Acknowledged[],
): Promise<void> {
  for (const [{ registrar }, partner] of [
    [staff.JP, 'KR'],
    [staff.KR, 'JP'],
  ] as const) {
    const states = async () => {
      const page = await registrar.call(items.list, { search: 'JP-KR-', limit: 50 })
      return isRefusal(page) ? page : page.rows.map(({ control, state }) => `${control} ${state}`).sort()
    }
    const expected = reports.map(({ control }) => `${control} accepted`).sort()
    await expect.poll(states, { timeout: TAKEOVER_MS_MAX }).toEqual(expected)
    expect(await registrar.call(links.verify, { partner })).toMatchObject({ held: true })
  }
}

async function run(client: pg.Client, databaseUrl: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-leader-'))
  const balancer = await createBalancer()
  const basePort = await prepare(folder, databaseUrl, balancer)
  const children = await startChildren(folder, [FIRST, SECOND, 'KR'], databaseUrl)
  const offsets: Record<string, number> = { JP: 0, KR: 100 }
  const harness: Harness = {
    consoleOf: (nation) => `http://127.0.0.1:${basePort + offsets[nation]!}`,
    ready: () => Promise.reject(new Error('a process has exited without being killed')),
    answered: () => undefined,
  }
  /** Directs the people of Japan, and connections from Korea, to this process. */
  const routeTo = (process: string): void => {
    offsets['JP'] = process === FIRST ? 0 : SECOND_OFFSET
    balancer.doorPort = basePort + offsets['JP'] + 1
  }
  const lease = () => readLease(client, children)
  try {
    await expect.poll(async () => (await lease()).courier, { timeout: TAKEOVER_MS_MAX }).toMatch(/^JP2?$/)
    const before = await lease()
    const [leader, other] = before.courier === FIRST ? [FIRST, SECOND] : [SECOND, FIRST]
    // The report is written through the process that is not the courier.
    routeTo(other)
    const staff = { JP: await signInStaff(harness, 'JP'), KR: await signInStaff(harness, 'KR') }
    const reports = [await sendReport(harness, staff.JP, 'JP', 'EXERCISE before')]
    await expectCrossed(staff, reports)
    expect(await lease()).toEqual(before)

    await children.kill(leader)
    reports.push(await sendReport(harness, staff.JP, 'JP', 'EXERCISE after'))
    await expectCrossed(staff, reports)
    const after = await lease()
    expect(after.courier).toBe(other)
    expect(after.epoch).toBeGreaterThan(before.epoch)
  } finally {
    await children.stop()
    balancer.server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('two processes on one PostgreSQL', () => {
  it(
    '[LINK-18] have one courier, and the other takes over when it is killed',
    async () => {
      const database = await createServerDatabase()
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      try {
        await run(client, database.url)
      } finally {
        await client.end()
        await database.drop()
      }
    },
    TIMEOUT_MS,
  )
})
