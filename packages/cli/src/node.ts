/** `entente node`: runs one node until it is stopped. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defaultFolder, FolderError, openDataFolder } from '#node/dataFolder.ts'
import type { DataFolder } from '#node/dataFolder.ts'
import { createLogger } from '#node/observe.ts'
import { runNode } from '#node/run.ts'
import { systemWorld } from '#node/world.system.ts'
import { say } from './say.ts'

export interface NodeCommandOptions {
  /** The data folder, if not the default. */
  readonly data: string | undefined
  readonly root: string
  readonly version: string
  readonly log: string
  readonly databaseUrl: string | undefined
}

export async function node(options: NodeCommandOptions): Promise<void> {
  const folder = openDataFolder(options.data ?? defaultFolder('node'))
  requireDatabase(folder, options.databaseUrl)
  const running = await runNode({
    folder,
    instrumentsFolder: join(options.root, 'instruments'),
    world: systemWorld,
    log: createLogger(folder.settings.nation, options.log),
    siteFolder: join(options.root, 'packages/web/dist'),
    version: options.version,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  })
  say(`${folder.settings.nation} is running: ${running.consoleUrl}, door ${folder.settings.address}`)
  // SIGHUP, the usual signal to reload configuration: amended instruments take effect without a restart
  // (AGR-21, AGR-22).
  process.on('SIGHUP', () => void running.reload().then(sayLoaded, sayFault))
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await running.stop()
}

/**
 * Only `init` and `restore` make an embedded database. With keys and without one, the database is elsewhere, or a copy is
 * incomplete: a new one would begin a second history under the same keys.
 */
function requireDatabase({ path, settings }: DataFolder, databaseUrl: string | undefined): void {
  // One of 0.1.0 is refused when it is opened, with a sentence of its own.
  const names = ['postgresql', 'pgdata']
  if (databaseUrl !== undefined || names.some((name) => existsSync(join(path, name)))) return
  throw new FolderError(
    'database_missing',
    `${path} holds the keys of ${settings.nation} but no database. If its database is elsewhere, set DATABASE_URL; ` +
      'otherwise restore a backup.',
  )
}

function sayLoaded(ids: readonly string[]): void {
  say(ids.length === 0 ? 'The instruments have not changed.' : `Loaded: ${ids.join(', ')}.`)
}

function sayFault(error: unknown): void {
  say(
    `The instruments were not loaded, and nothing changed: ${error instanceof Error ? error.message : 'unknown'}`,
  )
}
