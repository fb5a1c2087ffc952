/**
 * The nodes of `npm run dev` in one process, so that their code is loaded once. Says `loaded` when code, rules and
 * agreements are read, opens the nodes when it is told to, says `ready`, and ends when it is told to stop.
 */
import { createGate } from '#node/gate/gate.ts'
import { readPolicyTexts } from '#node/gate/policy.files.ts'
import { readInstruments } from '#node/law/instrument.files.ts'
import { POLICY_FOLDERS, TERM_KINDS } from '#node/pillars.ts'
import { systemWorld } from '#node/world.system.ts'
import { INSTRUMENTS_FOLDER, openNetwork } from './network.ts'
import type { NetworkOptions } from './network.ts'
import { isOpened, playOpening } from './opening.ts'

/** What the process is told about the network, as JSON. */
export type DevelopmentOptions = Pick<NetworkOptions, 'folder' | 'basePort' | 'consoleShift' | 'only'>

const { only, ...told } = JSON.parse(process.argv[2] ?? '') as DevelopmentOptions
const progress = (sentence: string): void => void process.stdout.write(`  ${sentence}\n`)
const options: NetworkOptions = {
  ...told,
  world: systemWorld,
  logLevel: 'warn',
  version: 'development',
  progress: isOpened(told.folder) ? () => undefined : progress,
}

/** Ends the process; what it has confirmed is kept even before its nodes are open. */
let stop = async (): Promise<void> => {}
const end = (): void => void stop().finally(() => process.exit(0))

// On a terminal Ctrl-C reaches every process of the group; this one is told by the one that started it.
process.on('SIGINT', () => undefined)
process.on('disconnect', end)
process.on('message', (word) => {
  if (word === 'stop') end()
  else void open()
})

// Rules and agreements that do not parse are found here, while the nodes before still run.
createGate(readPolicyTexts(POLICY_FOLDERS), { kinds: TERM_KINDS })
readInstruments(INSTRUMENTS_FOLDER, TERM_KINDS)
process.send?.('loaded')

async function open(): Promise<void> {
  await makeOnce()
  const network = await openNetwork({ ...options, ...(only === undefined ? {} : { only }) })
  stop = network.stop
  process.send?.('ready')
}

/** A network is made whole, with all its nations, before one of them runs alone. */
async function makeOnce(): Promise<void> {
  if (isOpened(told.folder)) return
  const network = await openNetwork(options)
  stop = network.stop
  await playOpening(told.folder, network, progress)
  await network.stop()
}
