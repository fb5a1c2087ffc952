/** The nodes of a network as child processes, which tests kill and restart. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_PROCESS = fileURLToPath(new URL('nodeProcess.ts', import.meta.url))

export interface Children {
  /** The process id of a nation's node. */
  pid(nation: string): number
  /** Kills with SIGKILL; resolves when the process has exited. */
  kill(nation: string): Promise<void>
  /** Kills the node's embedded PostgreSQL with SIGKILL, if it is running. */
  killServer(nation: string): void
  /** Kills with SIGKILL and restarts; resolves when the node listens. */
  killAndStart(nation: string): Promise<void>
  /** Resolves when the node listens. */
  ready(nation: string): Promise<void>
  stop(): Promise<void>
}

interface Child {
  process: ChildProcess
  ready: Promise<void>
}

/** Reads the server's pid from `postmaster.pid`, which exists only while the server runs. */
function killServer(dataFolder: string): void {
  const file = join(dataFolder, 'postgresql', 'data', 'postmaster.pid')
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN
  try {
    if (pid > 1) process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Starts a process for the folder of each nation within `folder`. */
export async function startChildren(
  folder: string,
  nations: readonly string[],
  databaseUrl?: string,
): Promise<Children> {
  const environment = {
    ...process.env,
    ...(databaseUrl === undefined ? {} : { SCENARIO_DATABASE_URL: databaseUrl }),
  }
  const start = (nation: string): Child => {
    const child = fork(NODE_PROCESS, [join(folder, nation.toLowerCase())], { env: environment, execArgv: [] })
    const ready = new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve())
      child.once('exit', (code) =>
        reject(new Error(`the node of ${nation} exited with code ${code} before it was ready`)),
      )
    })
    // A node may be killed before it is ready: only a caller that awaits `ready` sees the error.
    ready.catch(() => undefined)
    return { process: child, ready }
  }
  const children = new Map(nations.map((nation) => [nation, start(nation)]))
  const of = (nation: string): Child => children.get(nation)!
  await Promise.all(nations.map((nation) => of(nation).ready))
  async function kill(nation: string): Promise<void> {
    const { process: killed } = of(nation)
    if (killed.exitCode !== null)
      throw new Error(`the node of ${nation} exited by itself, with code ${killed.exitCode}`)
    const exited = new Promise((resolve) => killed.once('exit', resolve))
    killed.kill('SIGKILL')
    await exited
  }
  return {
    pid: (nation) => of(nation).process.pid!,
    kill,
    killServer: (nation) => killServer(join(folder, nation.toLowerCase())),
    async killAndStart(nation) {
      await kill(nation)
      children.set(nation, start(nation))
      await of(nation).ready
    },
    ready: (nation) => of(nation).ready,
    async stop() {
      await Promise.all(
        [...children.values()].map(
          ({ process: child }) =>
            new Promise<void>((resolve) => {
              if (child.exitCode !== null || child.signalCode !== null) return resolve()
              child.once('exit', () => resolve())
              child.send('stop')
            }),
        ),
      )
    },
  }
}
