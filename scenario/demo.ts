/** `npm start`: starts the three nodes of the exercise, plays the opening, and prints the URLs. */
import { mkdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { defaultFolder } from '#node/dataFolder.ts'
import { systemWorld } from '#node/world.system.ts'
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { openNetwork } from './network.ts'
import type { Network } from './network.ts'
import { playOpening } from './opening.ts'
import { basePortOf, removeNetwork, requireAtRest, sentenceOf } from './networkFolder.ts'

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
  requireAtRest(folder)
  if (values.fresh) await removeNetwork(folder, databaseUrl)
  const basePort = await basePortOf(folder, values.port, PORT)
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
  process.stderr.write(`\n${sentenceOf(error, folder, 'npm start')}\n`)
  process.exit(1)
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
