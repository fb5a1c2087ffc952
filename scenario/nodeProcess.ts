/** Runs one node in a separate process, for tests that kill it. Sends `ready` when it listens. */
import { fileURLToPath } from 'node:url'
import { openDataFolder } from '#node/dataFolder.ts'
import { createLogger } from '#node/observe.ts'
import { runNode } from '#node/run.ts'
import { systemWorld } from '#node/world.system.ts'

const folder = openDataFolder(process.argv[2] ?? '')
const instruments = fileURLToPath(new URL('../instruments', import.meta.url))
const databaseUrl = process.env['SCENARIO_DATABASE_URL']
const running = await runNode({
  folder,
  instrumentsFolder: instruments,
  world: systemWorld,
  log: createLogger(folder.settings.nation, 'error'),
  siteFolder: fileURLToPath(new URL('../packages/web/dist', import.meta.url)),
  version: 'process',
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
})
// The parent exited without stopping this node.
process.on('disconnect', () => process.exit(0))
process.on('message', () => void running.stop().then(() => process.exit(0)))
process.send?.('ready')
