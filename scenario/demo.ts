/** `npm start`: starts the three nodes of the exercise, plays the opening, and prints the URLs. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { FolderError, defaultFolder, openDataFolder } from '#node/dataFolder.ts'
import { openDatabase } from '#node/kernel/database.ts'
import { lockFolder } from '#node/kernel/folderLock.ts'
import { systemWorld } from '#node/world.system.ts'
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { openNetwork } from './network.ts'
import type { Network } from './network.ts'
import { playOpening } from './opening.ts'
import { takenPorts } from './ports.ts'

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    data: { type: 'string' },
    port: { type: 'string' },
    log: { type: 'string', default: 'error' },
  },
})

const PORT = 8100
const folder = values.data ?? defaultFolder('exercise')
const databaseUrl = process.env['DATABASE_URL']
const startedMs = performance.now()

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
const say = (sentence: string): void => print(`${seconds().padStart(5)} s  ${sentence}`)
const seconds = (): string => ((performance.now() - startedMs) / 1000).toFixed(1)

try {
  for (const path of existingFolders()) lockFolder(path).release()
  if (values.fresh) await removeNetwork()
  const basePort = portOf()
  const [taken] = await takenPorts(basePort)
  if (taken !== undefined) throw new FolderError('port_in_use', `Port ${taken} is in use.`)
  mkdirSync(folder, { recursive: true })
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const network = await openNetwork({
    folder,
    world: systemWorld,
    basePort,
    logLevel: values.log,
    version,
    progress: say,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  })
  stopOnSignal(network)
  const isWhole = await playOpening(folder, network, say)
  present(network, isWhole)
} catch (error) {
  process.stderr.write(`\n${sentenceOf(error)}\n`)
  process.exit(1)
}

/** The existing folders of nodes. Locking one proves that no node runs on it. */
function existingFolders(): string[] {
  return CAST.map(({ nation }) => join(folder, nation.toLowerCase())).filter((path) => existsSync(path))
}

/** Deletes the folder, and the schemas on the server if there is one. */
async function removeNetwork(): Promise<void> {
  if (databaseUrl !== undefined) await dropSchemas(databaseUrl)
  rmSync(folder, { recursive: true, force: true })
}

async function dropSchemas(url: string): Promise<void> {
  for (const { nation } of CAST) {
    const schema = `entente_${nation.toLowerCase()}`
    const database = await openDatabase({ url, schema, connectionCount: 1 })
    await sql`drop schema ${sql.id(schema)} cascade`.execute(database.query)
    await database.close()
  }
}

/** The base port: of the folder, whose cards name it, else of `--port`, else 8100. */
function portOf(): number {
  const path = join(folder, CAST[0]!.nation.toLowerCase())
  const own = existsSync(join(path, 'node.json')) ? openDataFolder(path).settings.consolePort : null
  const asked = values.port === undefined ? null : Number(values.port)
  if (asked !== null && !(asked >= 1024 && asked <= 65_000)) {
    throw new FolderError('port_invalid', '--port must be a number from 1024 to 65000.')
  }
  if (own !== null && asked !== null && own !== asked) {
    const sentence = `The network in ${folder} uses port ${own}. Leave out --port, choose another --data folder, or add --fresh.`
    throw new FolderError('port_differs', sentence)
  }
  return asked ?? own ?? PORT
}

function stopOnSignal(network: Network): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    print('\nStopping.')
    await network.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
}

function present(network: Network, isWhole: boolean): void {
  print('\nEXERCISE EXERCISE EXERCISE: all content is invented.\n')
  for (const { nation } of CAST) print(`  ${nation}  ${network.nodes[nation]!.consoleUrl}`)
  print(`
In each nation you can sign in as:
  analyst                                     writes and submits reports
  release-authority-1, release-authority-2    approve them
  officer                                     opens them and signs the receipt
  officer-low, officer-elsewhere              lacks clearance; lacks need-to-know
  registrar, security-officer, inspector      registers; assurances; evidence
  duty-officer, watch-officer, treaty-officer, supply-officer, administrator

Password   ${EXERCISE_PASSWORD}
Data       ${folder}
Stop       Ctrl-C; npm start continues from here, npm start -- --fresh starts over
`)
  if (isWhole) print('A report waits for the officer of KR; another waits for the release authorities of JP.')
  else
    print(
      'The first start was interrupted before the example reports were complete. Start over: npm start -- --fresh',
    )
  print(`Ready after ${seconds()} s.`)
}

/** The message of a known error, with what to do; the stack trace of any other. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : null
  if (code === 'ENOSPC')
    return `The disk with ${folder} is full. Free some space and start again. Confirmed work is kept.`
  if (code === 'EACCES' || code === 'EPERM')
    return `${folder} cannot be written. Choose another folder with --data.`
  if (code === 'port_in_use') {
    return `${error.message} Stop the program that uses it, or start another network: npm start -- --port 8500 --data FOLDER`
  }
  return code === null ? (error.stack ?? error.message) : error.message
}
