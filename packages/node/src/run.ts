/** Runs a node as a process: opens and migrates its database, listens, and starts the courier. */
import type { Server } from 'node:http'
import { encodeHex } from '#wire/digest.ts'
import { createAdaptorServer } from '@hono/node-server'
import type { Logger } from 'pino'
import { openApiDocument } from '#api/openapi.ts'
import { consoleRoutes } from '#node/console/console.routes.ts'
import { createPartnerDoor } from '#node/federation/federation.door.ts'
import { createFederationLoop } from '#node/federation/federation.loop.ts'
import type { Wake } from '#node/federation/federation.wakeup.loop.ts'
import type { FederationLoop } from '#node/federation/federation.loop.ts'
import { leaderTest } from '#node/federation/leader.loop.ts'
import type { Holder } from '#node/federation/leader.loop.ts'
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
import { createMonitoringServer, describeError } from './observe.ts'
import { PILLARS, POLICY_FOLDERS, TERM_KINDS } from './pillars.ts'
import { serveSite } from './site.ts'
import type { World } from './world.ts'

export interface RunOptions {
  readonly folder: DataFolder
  /** Holds one folder for each agreement, and `nations.json`. */
  readonly instrumentsFolder: string
  readonly world: World
  readonly log: Logger
  /** The built console. */
  readonly siteFolder: string
  /** Address of a PostgreSQL server. Without it, the database embedded in the data folder is used. */
  readonly databaseUrl?: string
  readonly version: string
  /** Called after each commit of this process with what changed. */
  readonly heard?: (hints: readonly Hint[]) => void
}

/** A running node. */
export interface RunningNode {
  readonly node: Node
  readonly folder: DataFolder
  readonly identity: IdentitySettings
  readonly database: Database
  readonly loop: FederationLoop
  readonly consoleUrl: string
  /** Reads the instruments' folder again and loads new and changed instruments; returns their ids. */
  reload(): Promise<readonly string[]>
  /** Stops in order: requests, the courier after its current step, the database. */
  stop(): Promise<void>
}

/** Starts a node. Every failure is an error with a code and a message that says what to do. */
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
  const monitoring = createMonitoringServer(settings.nation, database, loop)
  async function stop(): Promise<void> {
    hints.close()
    await Promise.all([close(site), close(door), close(monitoring)])
    await loop.stop()
    await transport.close()
    await broadcast?.close()
    await database.close()
    log.info({ event: 'stopped' })
  }
  try {
    await listen(door, settings.doorPort, settings.doorHost)
    await listen(site, settings.consolePort, settings.consoleHost)
    await listen(monitoring, settings.metricsPort, '127.0.0.1')
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
    // Async, so that a broken file rejects and does not throw into the signal's handler.
    reload: async () => node.load(readInstruments(options.instrumentsFolder, TERM_KINDS)),
    stop,
  }
}

/** A node with everything except its listening servers. */
interface Parts {
  readonly node: Node
  readonly identity: IdentitySettings
  readonly database: Database
  readonly hints: Hints
  /** Null if no other process can share the database. */
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
  // A wake before the loop exists may be lost: its first round looks for all work.
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

/** Opens and migrates the database; calls `restarted` when an embedded server runs again after a crash. */
async function openDatabaseOf(options: RunOptions, restarted: () => void): Promise<Database> {
  const { folder, databaseUrl, world, log } = options
  const onEvent = (event: ClusterEvent): void => {
    if ('error' in event) return log.error({ event: event.event, ...describeError(event.error) })
    log.info(event)
    restarted()
  }
  const location =
    databaseUrl === undefined
      ? { folder: folder.path, onEvent }
      : { url: databaseUrl, schema: schemaOf(folder) }
  const database = await openDatabase(location)
  await migrate(database, world, MIGRATIONS)
  return database
}

/** Logs unexpected errors. The returned id is all that the user sees. */
function reporter({ log, world }: RunOptions): Parts['report'] {
  return (error, where) => {
    const id = encodeHex(world.random(8))
    const entry = { event: 'unexpected', id, where, ...describeError(error) }
    // While the database is away, everything fails. The supervisor of the server logs one error for all of
    // it.
    if (entry.code === 'database_unreachable') log.warn(entry)
    else log.error(entry)
    return id
  }
}

/** A data folder is locked by one process. A served database may be shared, so each process needs a name. */
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
      const message = `Port ${port} is in use. Stop the program that uses it, or choose another port.`
      return reject(new FolderError('port_in_use', message, cause))
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
