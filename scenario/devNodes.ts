/**
 * The nodes of `npm run dev` in one process, so that their code is loaded once. Sends `loaded` when it has
 * read code, rules and agreements, opens the nodes on request, sends `ready`, and exits on request.
 */
import { createGate } from '#node/gate/gate.ts'
import { readPolicyTexts } from '#node/gate/policy.files.ts'
import { readInstruments } from '#node/law/instrument.files.ts'
import { POLICY_FOLDERS, TERM_KINDS } from '#node/pillars.ts'
import { systemWorld } from '#node/world.system.ts'
import { INSTRUMENTS_FOLDER, openNetwork } from './network.ts'
import type { NetworkOptions } from './network.ts'
import { isOpened, playOpening } from './opening.ts'

/** The network to open, as JSON. */
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

/** Ends the process. Confirmed work is durable, even if the nodes are not open yet. */
let stop = async (): Promise<void> => {}
const end = (): void => void stop().finally(() => process.exit(0))

// On a terminal Ctrl-C signals every process of the group; this process waits for its parent instead.
process.on('SIGINT', () => undefined)
process.on('disconnect', end)
process.on('message', (word) => {
  if (word === 'stop') end()
  else void open()
})

// Parses rules and agreements now, while the previous nodes still run, so that errors stop only the new ones.
createGate(readPolicyTexts(POLICY_FOLDERS), { kinds: TERM_KINDS })
readInstruments(INSTRUMENTS_FOLDER, TERM_KINDS)
process.send?.('loaded')

async function open(): Promise<void> {
  await makeOnce()
  const network = await openNetwork({ ...options, ...(only === undefined ? {} : { only }) })
  stop = network.stop
  process.send?.('ready')
}

/** Creates the network with all its nations before one of them runs alone. */
async function makeOnce(): Promise<void> {
  if (isOpened(told.folder)) return
  const network = await openNetwork(options)
  stop = network.stop
  await playOpening(told.folder, network, progress)
  await network.stop()
}
