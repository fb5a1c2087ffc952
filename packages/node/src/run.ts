/** A node as a process: the data folder opened, the database migrated, the doors listening, the courier running. */
import type { Server } from 'node:http'
import { encodeHex } from '#wire/digest.ts'
import { createAdaptorServer } from '@hono/node-server'
import type { Logger } from 'pino'
import { openApiDocument } from '#api/openapi.ts'
import { consoleRoutes } from '#node/console/console.routes.ts'
import { createPartnerDoor } from '#node/federation/federation.door.ts'
import { createFederationLoop } from '#node/federation/federation.loop.ts'
import type { Wake } from '#node/federation/federation.bell.loop.ts'
import type { FederationLoop } from '#node/federation/federation.loop.ts'
import { leaderTest } from '#node/federation/leader.ts'
import type { Holder } from '#node/federation/leader.ts'
import { createHttpsTransport } from '#node/federation/federation.transport.ts'
import type { HttpsTransport } from '#node/federation/federation.transport.ts'
import { createGate } from '#node/gate/gate.ts'
import { readPolicyTexts } from '#node/gate/policy.files.ts'
import { PASSWORD_PROFILES, availableProfile } from '#node/identity/password.ts'
import { IDENTITY_SETTINGS } from '#node/identity/settings.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import { resumeSession } from '#node/identity/signIn.commands.ts'
import { openBlobFolder } from '#node/kernel/blobs.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import { openBroadcast } from '#node/kernel/broadcast.hub.ts'
import type { Broadcast } from '#node/kernel/broadcast.hub.ts'
import type { Act, Hint } from '#node/kernel/command.ts'
import type { ClusterEvent } from '#node/kernel/cluster/cluster.server.ts'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { createHttp } from '#node/kernel/http.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { readInstruments, readNations } from '#node/law/instrument.files.ts'
import { ladderOf } from '#node/law/nations.ts'
import type { Nations } from '#node/law/nations.ts'
import { createHints } from '#node/kernel/stream.ts'
import type { Hints } from '#node/kernel/stream.ts'
import type { DataFolder } from './dataFolder.ts'
import { FolderError } from './dataFolder.ts'
import { MIGRATIONS } from './migrations.ts'
import { createNode } from './node.ts'
import type { Node } from './node.ts'
import { createObservatory, describeError } from './observe.ts'
import { PILLARS, POLICY_FOLDERS, TERM_KINDS } from './pillars.ts'
import { serveSite } from './site.ts'
import type { World } from './world.ts'

export interface RunOptions {
  readonly folder: DataFolder
  /** One folder an agreement, and `nations.json`. */
  readonly instrumentsFolder: string
  readonly world: World
  readonly log: Logger
  /** The built console. */
  readonly siteFolder: string
  /** PostgreSQL; absent: the database embedded in the data folder. */
  readonly databaseUrl?: string
  readonly version: string
  /** Hears in this process, after each commit, what changed. */
  readonly heard?: (hints: readonly Hint[]) => void
}

/** A node that is running. */
export interface RunningNode {
  readonly node: Node
  readonly folder: DataFolder
  readonly identity: IdentitySettings
  readonly database: Database
  readonly loop: FederationLoop
  readonly consoleUrl: string
  /** Reads the instruments' folder again and loads what is new or changed; returns the ids of those instruments. */
  reload(): Promise<readonly string[]>
  /** Ends in order: no new requests, the courier's step, the database. */
  stop(): Promise<void>
}

/** Starts a node. Every failure is an error with a code and a sentence that says what to do. */
export async function runNode(options: RunOptions): Promise<RunningNode> {
  const { folder, world, log } = options
  const { settings, tls } = folder
  const parts = await assemble(options)
  const { node, identity, database, hints, broadcast, loop, transport, blobs, report } = parts
  const door = createPartnerDoor({
    tls,
    receiver: node.receiver,
    heard: () => loop.wake('heard'),
    folder: blobs,
    world,
    report: (error) => report(error, 'door'),
  })
  const site = consoleServer(options, parts)
  const observatory = createObservatory(settings.nation, database, loop)
  async function stop(): Promise<void> {
    hints.close()
    await Promise.all([close(site), close(door), close(observatory)])
    await loop.stop()
    await transport.close()
    await broadcast?.close()
    await database.close()
    log.info({ event: 'stopped' })
  }
  try {
    await listen(door, settings.doorPort, settings.doorHost)
    await listen(site, settings.consolePort, settings.consoleHost)
    await listen(observatory, settings.metricsPort, '127.0.0.1')
  } catch (error) {
    await stop()
    throw error
  }
  loop.start()
  log.info({ event: 'started', console: settings.consolePort, door: settings.doorPort })
  return {
    node,
    folder,
    identity,
    database,
    loop,
    consoleUrl: `http://localhost:${settings.consolePort}`,
    reload: () => node.load(readInstruments(options.instrumentsFolder, TERM_KINDS)),
    stop,
  }
}

/** A node with everything but its doors. */
interface Parts {
  readonly node: Node
  readonly identity: IdentitySettings
  readonly database: Database
  readonly hints: Hints
  /** Null where no other process can share the database. */
  readonly broadcast: Broadcast | null
  readonly loop: FederationLoop
  readonly transport: HttpsTransport
  readonly blobs: BlobFolder
  leads(act: Act): Promise<boolean>
  report(error: unknown, where: string): string
}

async function assemble(options: RunOptions): Promise<Parts> {
  const { folder, instrumentsFolder, world } = options
  const { settings, keys, tls } = folder
  const nations = readNations(instrumentsFolder)
  const instruments = readInstruments(instrumentsFolder, TERM_KINDS)
  // What happens before the loop runs is looked at by its first round.
  let loop: FederationLoop | null = null
  const wake = (...kinds: readonly Wake[]): void => kinds.forEach((kind) => loop?.wake(kind))
  const database = await openDatabaseOf(options, () => wake('all'))
  const identity = await identitySettings(nations, settings.nation, settings.exercise)
  const holder = holderOf(options)
  const leads = leaderTest(holder, world)
  const hints = createHints()
  const transport = createHttpsTransport({ tls })
  const blobs = await openBlobFolder(folder.path, (sizeBytes) => world.random(sizeBytes))
  const gate = createGate(readPolicyTexts(POLICY_FOLDERS), { kinds: TERM_KINDS })
  const broadcast = broadcastOf(options, (changed) => {
    hints.announce(changed)
    wake('said', 'heard')
  })
  const node = await createNode({
    nation: settings.nation,
    database,
    world,
    keys,
    blobs,
    pillars: PILLARS,
    instruments,
    nations,
    gate,
    identity,
    transport,
    door: { address: settings.address, certificateSha256: tls.sha256 },
    threads: true,
    leads,
    announce(changed) {
      hints.announce(changed)
      broadcast?.tell(changed)
      options.heard?.(changed)
    },
    wake,
  })
  const report = reporter(options)
  const { ownActs: acts, courier, apply, fetchContent, due } = node
  const steps = { courier, apply, fetchContent, due }
  loop = createFederationLoop({ keys, acts, world, transport, ...steps, holder, report })
  return { node, identity, database, hints, broadcast, loop, transport, blobs, leads, report }
}

function schemaOf({ settings }: DataFolder): string {
  return `entente_${settings.nation.toLowerCase()}`
}

function broadcastOf({ databaseUrl, folder }: RunOptions, heard: (hints: readonly Hint[]) => void) {
  return databaseUrl === undefined
    ? null
    : openBroadcast({ url: databaseUrl, schema: schemaOf(folder), heard })
}

/** Opens and migrates the database; `restarted` is called when an embedded server ended and runs again. */
async function openDatabaseOf(options: RunOptions, restarted: () => void): Promise<Database> {
  const { folder, databaseUrl, world, log } = options
  const onEvent = (event: ClusterEvent): void => {
    if ('error' in event) return log.error({ event: event.event, ...describeError(event.error) })
    log.info(event)
    restarted()
  }
  const place =
    databaseUrl === undefined
      ? { folder: folder.path, onEvent }
      : { url: databaseUrl, schema: schemaOf(folder) }
  const database = await openDatabase(place)
  await migrate(database, world, MIGRATIONS)
  return database
}

/** Logs an unexpected error; the id is what the user sees of it. */
function reporter({ log, world }: RunOptions): Parts['report'] {
  return (error, where) => {
    const id = encodeHex(world.random(8))
    const entry = { event: 'unexpected', id, where, ...describeError(error) }
    // While the database is away everything fails: that is said once as an error, by whoever starts it again.
    if (entry.code === 'database_unreachable') log.warn(entry)
    else log.error(entry)
    return id
  }
}

/** A folder has one process at a time, by its lock; of a server's database each process is one of several. */
function holderOf({ databaseUrl, world }: RunOptions): Holder {
  return databaseUrl === undefined ? null : `${process.pid}-${encodeHex(world.random(8))}`
}

async function identitySettings(
  nations: Nations,
  nation: string,
  exercise: boolean,
): Promise<IdentitySettings> {
  const preferred = exercise ? PASSWORD_PROFILES.standard : PASSWORD_PROFILES.strong
  return {
    ...IDENTITY_SETTINGS,
    password: await availableProfile(preferred),
    markings: ladderOf(nations, nation).map((rung) => rung.marking),
    offersPeople: exercise,
  }
}

function consoleServer(options: RunOptions, parts: Parts): Server {
  const { node, identity, hints } = parts
  const { settings } = options.folder
  const installation = {
    exercise: settings.exercise,
    consoles: settings.consoles,
    version: options.version,
    runtime: process.version,
  }
  const app = createHttp({
    nation: settings.nation,
    bindings: [...node.routes, ...consoleRoutes(node.services, node.frame, hints, installation)],
    authenticate: (token) => node.ownActs.run((act) => resumeSession(act, identity, token)),
    report: parts.report,
    document: openApiDocument(options.version),
  })
  serveSite(app, options.siteFolder)
  return createAdaptorServer({ fetch: app.fetch }) as Server
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(cause)
      const sentence = `Port ${port} is in use. Stop what uses it, or give another port.`
      return reject(new FolderError('port_in_use', sentence, cause))
    })
    server.listen(port, host, () => resolve())
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
