/**
 * `npm run dev [-- --only JP]`: the exercise for development: nodes restart on save and keep their data. Vite
 * serves the console and proxies its API calls to the node.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { FolderError, defaultFolder } from '#node/dataFolder.ts'
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { serveConsole } from './devConsole.ts'
import { keepRunning } from './devReload.ts'
import { basePortOf, removeNetwork, requireAtRest, sentenceOf } from './networkFolder.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    fresh: { type: 'boolean', default: false },
    data: { type: 'string' },
    port: { type: 'string' },
  },
})

const PORT = 8500
/** Vite's server listens on the console's usual port, and the node's own console on this one. */
const CONSOLE_SHIFT = 3
const folder = values.data ?? defaultFolder('development')

const print = (text: string): void => void process.stdout.write(`${text}\n`)

try {
  const cast = castOf(values.only)
  requireAtRest(folder)
  if (values.fresh) await removeNetwork(folder)
  const basePort = await basePortOf(folder, values.port, PORT)
  mkdirSync(folder, { recursive: true })
  const only = cast.length === CAST.length ? {} : { only: cast.map(({ nation }) => nation) }
  const nodes = keepRunning({ folder, basePort, consoleShift: CONSOLE_SHIFT, ...only }, print)
  const consoles = await Promise.all(
    cast.map(({ nation, offset }) =>
      serveConsole(nation, basePort + offset, basePort + offset + CONSOLE_SHIFT),
    ),
  )
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      print('\nStopping.')
      void Promise.all([nodes.stop(), ...consoles.map((console) => console.close())]).then(() =>
        process.exit(0),
      )
    })
  }
  await nodes.ready
  print('')
  for (const { nation, offset } of cast) print(`  ${nation}  http://localhost:${basePort + offset}`)
  print(`\nPassword   ${EXERCISE_PASSWORD}\nData       ${folder}\nStop       Ctrl-C\n`)
} catch (error) {
  process.stderr.write(`\n${sentenceOf(error, folder, 'npm run dev')}\n`)
  process.exit(1)
}

function castOf(names: readonly string[] | undefined) {
  const wanted = (names ?? []).flatMap((name) => name.toUpperCase().split(','))
  const unknown = wanted.find((name) => !CAST.some(({ nation }) => nation === name))
  if (unknown !== undefined) {
    const known = CAST.map(({ nation }) => nation).join(', ')
    throw new FolderError(
      'nation_unknown',
      `There is no nation ${unknown} in the exercise. The nations are ${known}.`,
    )
  }
  return CAST.filter(({ nation }) => wanted.length === 0 || wanted.includes(nation))
}
