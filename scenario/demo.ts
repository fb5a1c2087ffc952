/** `npm start`: the exercise on this machine, three nations, its opening played, three addresses printed. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemWorld } from '#node/world.system.ts'
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { openNetwork } from './network.ts'

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    data: { type: 'string' },
    port: { type: 'string', default: '8100' },
    log: { type: 'string', default: 'warn' },
  },
})

const folder = values.data ?? join(homedir(), '.entente', 'exercise')
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

const say = (sentence: string): void => {
  process.stdout.write(`  ${sentence}\n`)
}

try {
  if (values.fresh) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const databaseUrl = process.env['DATABASE_URL']
  const network = await openNetwork({
    folder,
    world: systemWorld,
    basePort: Number(values.port),
    logLevel: values.log,
    version,
    progress: say,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  })
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    process.stdout.write('\nStopping.\n')
    await network.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.stdout.write('\nEXERCISE EXERCISE EXERCISE: everything here is invented.\n\n')
  for (const { nation } of CAST) process.stdout.write(`  ${nation}  ${network.nodes[nation]!.consoleUrl}\n`)
  process.stdout.write(`\nSign in as: ${CAST[0]!.people(0).map((each) => each.id).join(', ')}\n`)
  process.stdout.write(`Password:   ${EXERCISE_PASSWORD}\nData:       ${folder}\nCtrl-C stops; npm start -- --fresh begins again.\n`)
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (code === null && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  process.exit(1)
}
