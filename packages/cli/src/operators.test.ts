/**
 * Two operators at their command lines, as docs/OPERATING.md walks them: from two empty folders to an open
 * link.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { links } from '#api/links.ts'
import { identity } from '#api/identity.ts'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import type { ServerDatabase } from '#node/kernel/testDatabase.ts'
import { freePorts } from '#scenario/ports.ts'
import { createClient } from './client.ts'
import type { Client } from './client.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const TIMEOUT_MS = 120_000

const home = mkdtempSync(join(tmpdir(), 'entente-operators-'))
const nodes: ChildProcess[] = []
/** On PostgreSQL where there is one, because to create two embedded databases takes most of a minute. */
const url = process.env['TEST_DATABASE_URL'] ?? ''
let database: ServerDatabase | null = null
const environment: NodeJS.ProcessEnv = { ...process.env }
delete environment['DATABASE_URL']

beforeAll(async () => {
  if (url === '') return
  database = await createServerDatabase(url)
  environment['DATABASE_URL'] = database.url
})
afterAll(async () => {
  for (const node of nodes) await end(node)
  await database?.drop()
  rmSync(home, { recursive: true })
})

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** Runs a command to its end. */
async function entente(...words: readonly string[]): Promise<Ended> {
  const child = start(words)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Starts a node; resolves when it says that it runs. */
async function startNode(data: string): Promise<ChildProcess> {
  const child = start(['node', '--data', data])
  nodes.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => said.includes(' runs: ') && resolve())
    child.once('exit', (code) => reject(new Error(`the node ended with code ${code}: ${said}`)))
  })
  return child
}

async function end(node: ChildProcess): Promise<number | null> {
  if (node.exitCode !== null || node.signalCode !== null) return node.exitCode
  const ended = once(node, 'exit')
  node.kill('SIGINT')
  return ((await ended) as [number | null])[0]
}

/** One operator's folder, ports and files. */
function seat(nation: string, port: number) {
  const data = join(home, nation)
  const base = `http://localhost:${port}`
  const passwordFile = join(home, `${nation}.password`)
  const password = `operators of ${nation} walk`
  const signedIn = ['--node', base, '--password-file', passwordFile]
  return { nation, port, data, base, passwordFile, password, signedIn, card: join(home, `${nation}.card`) }
}
type Seat = ReturnType<typeof seat>

function init({ nation, port, data }: Seat): Promise<Ended> {
  const address = ['--nation', nation, '--address', `https://127.0.0.1:${port + 1}`, '--data', data]
  const ports = ['--console-port', port, '--door-port', port + 1, '--metrics-port', port + 2].map(String)
  return entente('init', ...address, ...ports)
}

/** The first administrator sets a password with the code that `init` said, and signs in. */
async function firstSignIn(seat: Seat, said: string): Promise<Client> {
  const code = /One-time code: {2}(\S+)/.exec(said)?.[1] ?? ''
  const client = createClient(seat.base)
  const { password } = seat
  expect(await client.call(identity.setFirstPassword, { person: 'administrator', code, password })).toEqual(
    {},
  )
  await client.call(identity.signIn, { person: 'administrator', password })
  writeFileSync(seat.passwordFile, `${password}\n`)
  return client
}

const fingerprintIn = (said: string): string => /\d{5}(?: \d{5}){7}/.exec(said)?.[0] ?? ''

describe('two operators', () => {
  it(
    'make two nodes, compare one fingerprint, and their link opens when both have confirmed',
    async () => {
      const port = await freePorts()
      const [jp, kr] = [seat('JP', port), seat('KR', port + 100)] as const
      const made = await Promise.all([init(jp), init(kr)])
      expect(made.map(({ code }) => code)).toEqual([0, 0])
      expect(await init(jp)).toMatchObject({ code: 1, said: expect.stringContaining('already') })
      expect((await entente('doctor', '--data', jp.data)).said).toContain('NO  The node does not run.')

      await Promise.all([startNode(jp.data), startNode(kr.data)])
      const second = await entente('node', '--data', jp.data)
      expect(second).toMatchObject({ code: 1, said: expect.stringContaining(' is in use') })
      expect(await entente('doctor', '--data', jp.data)).toMatchObject({ code: 0 })

      const [jpClient, krClient] = [await firstSignIn(jp, made[0].said), await firstSignIn(kr, made[1].said)]
      await Promise.all([jp, kr].map((seat) => entente('link', 'invite', seat.card, ...seat.signedIn)))
      const [atJp, atKr] = await Promise.all([
        entente('link', 'accept', kr.card, ...jp.signedIn),
        entente('link', 'accept', jp.card, ...kr.signedIn),
      ])
      const fingerprint = fingerprintIn(atJp.said)
      expect(fingerprint).not.toBe('')
      expect(fingerprintIn(atKr.said)).toBe(fingerprint)

      const wrong = await entente('link', 'confirm', 'KR', `00000${fingerprint.slice(5)}`, ...jp.signedIn)
      expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('digest_differs') })
      const confirmed = await entente('link', 'confirm', 'KR', fingerprint, ...jp.signedIn)
      expect(confirmed).toEqual({ code: 0, said: 'The link with KR is open.\n' })
      await entente('link', 'confirm', 'JP', fingerprint, ...kr.signedIn)

      // Open, and what each has said on opening is cosigned and applied by the other.
      const agreed = { state: 'open', fingerprint, size: true, cosigned: true, applied: true }
      await expect
        .poll(() => linkAt(jpClient), { timeout: TIMEOUT_MS })
        .toEqual([{ partner: 'KR', ...agreed }])
      await expect
        .poll(() => linkAt(krClient), { timeout: TIMEOUT_MS })
        .toEqual([{ partner: 'JP', ...agreed }])
      expect(await Promise.all(nodes.map(end))).toEqual([0, 0])
    },
    TIMEOUT_MS,
  )
})

async function linkAt(client: Client): Promise<unknown> {
  const { rows } = (await client.call(links.list, {})) as {
    rows: { partner: string; state: string; fingerprint: string; ours: Ours; theirs: Theirs }[]
  }
  return rows.map(({ partner, state, fingerprint, ours, theirs }) => ({
    partner,
    state,
    fingerprint,
    size: ours.size > 0,
    cosigned: ours.cosignedSize === ours.size,
    applied: theirs.size > 0 && theirs.applied === theirs.size,
  }))
}

interface Ours {
  readonly size: number
  readonly cosignedSize: number
}

interface Theirs {
  readonly size: number
  readonly applied: number | null
}
