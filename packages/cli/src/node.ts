/** `entente node`: runs one node until it is told to stop. */
import { join } from 'node:path'
import { defaultFolder, openDataFolder } from '#node/dataFolder.ts'
import { readInstruments, readNations } from '#node/law/instrument.files.ts'
import { createLogger } from '#node/observe.ts'
import { runNode } from '#node/run.ts'
import { systemWorld } from '#node/world.system.ts'
import { say } from './say.ts'

export interface NodeCommandOptions {
  /** Absent: the usual one. */
  readonly data: string | undefined
  readonly root: string
  readonly version: string
  readonly log: string
  readonly databaseUrl: string | undefined
}

export async function node(options: NodeCommandOptions): Promise<void> {
  const folder = openDataFolder(options.data ?? defaultFolder('node'))
  const instruments = join(options.root, 'instruments')
  const running = await runNode({
    folder,
    law: { instruments: readInstruments(instruments), nations: readNations(instruments) },
    world: systemWorld,
    log: createLogger(folder.settings.nation, options.log),
    siteFolder: join(options.root, 'packages/web/dist'),
    version: options.version,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  })
  say(`${folder.settings.nation} runs: ${running.consoleUrl}, door ${folder.settings.address}`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await running.stop()
}
