/** Japan and Korea as two node processes on this machine, linked over mutual TLS on loopback. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SuiteName } from '#wire/suite.ts'
import type { NodeCommands } from './nodeProcess.ts'
import { freePorts } from './ports.ts'
import { start } from './rpc.ts'
import type { Child } from './rpc.ts'

export interface Pair {
  readonly jp: Child<NodeCommands>
  readonly kr: Child<NodeCommands>
  stop(): Promise<void>
}

export interface PairOptions {
  readonly suite: SuiteName
  /** The server that both nodes share. */
  readonly databaseUrl: string
  /** Options of Node.js for both processes, such as those of a profiler. */
  readonly execArgv?: readonly string[]
  /** Restarts both nodes after the setup, so that their memory includes only what is measured. */
  readonly isFresh?: boolean
}

const FILE = new URL('nodeProcess.ts', import.meta.url)

/** Starts both nodes, links them, and gives the assurance that reports need. */
export async function openPair(options: PairOptions): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-'))
  const begin = () => start<NodeCommands>(FILE, options.execArgv)
  let [jp, kr] = [begin(), begin()]
  const stop = async (): Promise<void> => {
    await Promise.all([jp.stop(), kr.stop()])
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { suite, databaseUrl } = options
    const openingOf = async (nation: string) => ({
      nation,
      folder: join(folder, nation),
      ports: await freePorts(),
      suite,
      databaseUrl,
    })
    const [jpOpening, krOpening] = [await openingOf('JP'), await openingOf('KR')]
    const [jpCard, krCard] = await Promise.all([jp.call('open', jpOpening), kr.call('open', krOpening)])
    await Promise.all([
      jp.call('link', { nation: 'KR', card: krCard }),
      kr.call('link', { nation: 'JP', card: jpCard }),
    ])
    await kr.call('assure', { partner: 'JP' })
    while (!(await jp.call('isAssured', null as never)))
      await new Promise((resolve) => setTimeout(resolve, 50))
    if (options.isFresh === true) {
      await Promise.all([jp.stop(), kr.stop()])
      ;[jp, kr] = [begin(), begin()]
      await Promise.all([jp.call('reopen', jpOpening), kr.call('reopen', krOpening)])
    }
    return { jp, kr, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
