/** Two operators follow docs/OPERATING.md on the command line: from two empty folders to an open link. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import { identity } from '#api/identity.ts'
import { freePorts } from '#scenario/ports.ts'
import { makeTemporaryFolder } from '#scenario/temporaryFolder.ts'
import { createClient } from './client.ts'
import type { Client } from './client.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const TIMEOUT_MS = 120_000

const home = makeTemporaryFolder('operators')
const nodes: ChildProcess[] = []
/** Without DATABASE_URL every node uses its embedded database. */
const environment: NodeJS.ProcessEnv = { ...process.env }
delete environment['DATABASE_URL']

afterAll(async () => {
  for (const node of nodes) await end(node)
  rmSync(home, { recursive: true })
})

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** Runs a command; resolves when it exits. */
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

/** Starts a node; resolves when it says that it is running. */
async function startNode(data: string): Promise<ChildProcess> {
  const child = start(['node', '--data', data])
  nodes.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => said.includes(' is running: ') && resolve())
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

/** The first administrator sets a password with the code that `init` printed, and signs in. */
async function firstSignIn({ base, password, passwordFile }: Seat, said: string): Promise<Client> {
  const code = /One-time code: {2}(\S+)/.exec(said)?.[1] ?? ''
  const client = createClient(base)
  expect(await client.call(identity.setFirstPassword, { person: 'administrator', code, password })).toEqual(
    {},
  )
  await client.call(identity.signIn, { person: 'administrator', password })
  writeFileSync(passwordFile, `${password}\n`)
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
      expect((await entente('doctor', '--data', jp.data)).said).toContain('NO  The node is not running.')

      await Promise.all([startNode(jp.data), startNode(kr.data)])
      const second = await entente('node', '--data', jp.data)
      expect(second).toMatchObject({ code: 1, said: expect.stringContaining(' is in use') })
      expect(await entente('doctor', '--data', jp.data)).toMatchObject({ code: 0 })

      const [jpClient, krClient] = [await firstSignIn(jp, made[0].said), await firstSignIn(kr, made[1].said)]
      await Promise.all([jp, kr].map(({ card, signedIn }) => entente('link', 'invite', card, ...signedIn)))
      const [atJp, atKr] = await Promise.all([
        entente('link', 'accept', kr.card, ...jp.signedIn),
        entente('link', 'accept', jp.card, ...kr.signedIn),
      ])
      const fingerprint = fingerprintIn(atJp.said)
      expect(fingerprint).not.toBe('')
      expect(fingerprintIn(atKr.said)).toBe(fingerprint)

      const wrong = await entente('link', 'confirm', 'KR', `00000${fingerprint.slice(5)}`, ...jp.signedIn)
      expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('fingerprint_differs') })
      const confirmed = await entente('link', 'confirm', 'KR', fingerprint, ...jp.signedIn)
      expect(confirmed).toEqual({ code: 0, said: 'The link with KR is open.\n' })
      await entente('link', 'confirm', 'JP', fingerprint, ...kr.signedIn)

      // Both links are open, and each side has cosigned and applied the statements that the other made on
      // opening.
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
  const answer = await client.call(links.list, {})
  if (isRefusal(answer)) throw new Error(answer.reasons[0].code)
  return answer.rows.map(({ partner, state, fingerprint, ours, theirs }) => ({
    partner,
    state,
    fingerprint,
    size: ours.size > 0,
    cosigned: ours.cosignedSize === ours.size,
    applied: theirs.size > 0 && theirs.applied === theirs.size,
  }))
}
