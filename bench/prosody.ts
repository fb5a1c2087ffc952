/** Two Prosody servers on loopback addresses, linked by s2s over mutual TLS, with one client per server. */
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Crossed } from './load.ts'
import { start } from './rpc.ts'
import { connectXmpp } from './xmppClient.ts'
import type { XmppAccount, XmppClient } from './xmppClient.ts'
import { messageStanza, receiptedId, sealBody } from './xmppMessage.ts'
import type { ReceiverCommands } from './xmppReceiver.ts'

export interface Prosody {
  readonly description: string
  /** Sends `count` messages of 1 KB, with `inFlight` of them awaiting their receipt at a time. */
  cross(inFlight: number, count: number): Promise<Crossed>
  stop(): Promise<void>
}

interface Server {
  readonly domain: string
  readonly address: string
  readonly user: string
}

const SERVERS: readonly [Server, Server] = [
  { domain: 'jp.bench', address: '127.0.0.2', user: 'analyst' },
  { domain: 'kr.bench', address: '127.0.0.3', user: 'officer' },
]
const C2S_PORT = 15_222
const S2S_PORT = 15_269
const BODY_SIZE_BYTES = 1024
const START_TIME_MS_MAX = 20_000

/** Starts both servers and both clients; null if Prosody is not installed. */
export async function openProsody(): Promise<Prosody | null> {
  const version = spawnSync('prosodyctl', ['about'], { encoding: 'utf8' }).stdout?.match(
    /Prosody [\d.]+/,
  )?.[0]
  if (version === undefined) return null
  const folder = await mkdtemp(join(tmpdir(), 'entente-prosody-'))
  const password = randomBytes(12).toString('hex')
  makeAuthority(folder)
  const servers = await Promise.all(SERVERS.map((server) => startServer(folder, server, password)))
  const receiver = start<ReceiverCommands>(new URL('xmppReceiver.ts', import.meta.url))
  const stop = async (): Promise<void> => {
    await receiver.stop()
    await Promise.all(servers.map(stopServer))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const authorityPem = await readFile(join(folder, 'authority.pem'), 'utf8')
    const account = ({ domain, address, user }: Server): XmppAccount => ({
      domain,
      address,
      user,
      password,
      authorityPem,
      port: C2S_PORT,
      resource: 'bench',
    })
    const contentKey = randomBytes(32)
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const signerPem = publicKey.export({ type: 'spki', format: 'pem' }) as string
    const to = await receiver.call('open', {
      account: account(SERVERS[1]),
      contentKey: contentKey.toString('base64'),
      signerPem,
    })
    const client = await connectXmpp(account(SERVERS[0]))
    const seal = (body: Uint8Array): string => sealBody(body, contentKey, privateKey)
    const closing = async (): Promise<void> => {
      // Ignore the server's closing stanza, which is not a receipt.
      client.listen(() => {})
      await client.close()
      await stop()
    }
    return { description: version, cross: createSender(client, to, seal), stop: closing }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The sending client. It seals every message when it sends it, as our nodes do. */
function createSender(client: XmppClient, to: string, seal: (body: Uint8Array) => string): Prosody['cross'] {
  const waiting = new Map<string, () => void>()
  let sent = 0
  client.listen((stanza) => {
    const id = receiptedId(stanza)
    if (id === null) throw new Error(`not a receipt: ${stanza.toString().slice(0, 300)}`)
    waiting.get(id)?.()
    waiting.delete(id)
  })
  return async (inFlight, count) => {
    const latenciesMs: number[] = []
    let left = count
    const lane = async (): Promise<void> => {
      while (left > 0) {
        left -= 1
        const id = `m${(sent += 1)}`
        const startedMs = performance.now()
        const received = new Promise<void>((resolve) => waiting.set(id, resolve))
        await client.send(messageStanza(id, to, seal(randomBytes(BODY_SIZE_BYTES))))
        await received
        latenciesMs.push(performance.now() - startedMs)
      }
    }
    const startedMs = performance.now()
    await Promise.all(Array.from({ length: inFlight }, lane))
    return { latenciesMs, elapsedMs: performance.now() - startedMs }
  }
}

function makeAuthority(folder: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  openssl(folder, [
    'req',
    '-x509',
    ...curve,
    '-keyout',
    'authority.key',
    '-out',
    'authority.pem',
    '-subj',
    '/CN=bench',
  ])
  for (const { domain } of SERVERS) {
    const files = ['-keyout', `${domain}.key`, '-out', `${domain}.pem`, '-subj', `/CN=${domain}`]
    const signer = ['-CA', 'authority.pem', '-CAkey', 'authority.key']
    openssl(folder, [
      'req',
      '-x509',
      ...curve,
      ...files,
      '-addext',
      `subjectAltName=DNS:${domain}`,
      ...signer,
    ])
  }
}

function openssl(folder: string, args: readonly string[]): void {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`openssl: ${done.stderr}`)
}

async function startServer(folder: string, server: Server, password: string): Promise<ChildProcess> {
  const { domain, address, user } = server
  const accounts = join(folder, `${domain}-data`, domain.replace('.', '%2e'), 'accounts')
  const modules = join(folder, 'modules')
  await mkdir(accounts, { recursive: true })
  await mkdir(modules, { recursive: true })
  await mkdir(join(folder, 'certs'), { recursive: true })
  await writeFile(join(accounts, `${user}.dat`), `return { ["password"] = "${password}" };\n`)
  await writeFile(join(modules, 'mod_bench_route.lua'), routeModule())
  const config = join(folder, `${domain}.cfg.lua`)
  await writeFile(config, configOf(folder, server))
  const child = spawn('prosody', ['--config', config, '-F'], { stdio: ['ignore', 2, 2] })
  const deadlineMs = Date.now() + START_TIME_MS_MAX
  while (!(await answers(address))) {
    if (child.exitCode !== null || Date.now() > deadlineMs)
      throw new Error(`the Prosody of ${domain} did not start`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return child
}

/** Maps the domains to their addresses, because DNS does not know them. */
function routeModule(): string {
  const lines = SERVERS.map(({ domain, address }) => `  ["${domain}"] = "${address}",`)
  return `local service, basic = require "net.resolvers.service", require "net.resolvers.basic"
local addresses = {
${lines.join('\n')}
}
local find = service.new
service.new = function (host, name, connection, extra)
  if addresses[host] then return basic.new(addresses[host], ${S2S_PORT}, connection, extra) end
  return find(host, name, connection, extra)
end
`
}

/** Nagle's algorithm is off, as on our nodes; nothing is stored but the two accounts. */
function configOf(folder: string, { domain, address }: Server): string {
  return `run_as_root = true
pidfile = "${folder}/${domain}.pid"
data_path = "${folder}/${domain}-data"
plugin_paths = { "${folder}/modules" }
interfaces = { "${address}" }
c2s_ports = { ${C2S_PORT} }
s2s_ports = { ${S2S_PORT} }
network_settings = { nagle = false }
modules_enabled = { "bench_route"; "saslauth"; "tls" }
modules_disabled = { "offline" }
authentication = "internal_plain"
c2s_require_encryption = true
s2s_require_encryption = true
s2s_secure_auth = true
ssl = { cafile = "${folder}/authority.pem" }
log = { { levels = { min = "error" }; to = "console" } }
VirtualHost "${domain}"
  ssl = { key = "${folder}/${domain}.key"; certificate = "${folder}/${domain}.pem"; cafile = "${folder}/authority.pem" }
`
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ host: address, port: C2S_PORT })
    const settle = (isThere: boolean) => (): void => {
      probe.destroy()
      resolve(isThere)
    }
    probe.once('connect', settle(true))
    probe.once('error', settle(false))
  })
}
