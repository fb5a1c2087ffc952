/** Restarts the nodes of `npm run dev` on the newest code that loads. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DevelopmentOptions } from './devNodes.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NODES = fileURLToPath(new URL('devNodes.ts', import.meta.url))
/** Files that a node reads: code, rules, migrations, agreements. */
const WATCHED = [
  'packages/wire/src',
  'packages/words/src',
  'packages/api/src',
  'packages/node/src',
  'instruments',
]
const NOT_READ = /\.test\.ts$|(?:^|\/)test[A-Z][\w.]*$|\.(?:txt|md)$/
/** An editor may save in several steps. */
const SETTLE_MS = 40

export interface Nodes {
  /** Resolves when the nodes first listen; rejects if they cannot be opened. */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the nodes, and restarts them after each change. If the new code does not load, the running nodes
 * stay.
 */
export function keepRunning(options: DevelopmentOptions, print: (text: string) => void): Nodes {
  let running: ChildProcess | null = null
  let isStopped = false
  let work: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  async function replace(because: string | null): Promise<void> {
    if (isStopped) return
    const beganAt = performance.now()
    const next = fork(NODES, [JSON.stringify(options)], { execArgv: [] })
    if (!(await says(next, 'loaded'))) return explain('The code does not load', because)
    if (running !== null) await end(running)
    running = next
    next.send('open')
    if (!(await says(next, 'ready'))) return explain('The nodes cannot be opened', because)
    const seconds = ((performance.now() - beganAt) / 1000).toFixed(1)
    if (because !== null) print(`  ${because}: the nodes restarted in ${seconds} s`)
  }

  function explain(what: string, because: string | null): void {
    if (isStopped) return
    if (because === null) throw new Error(`${what}; the reason is above.`)
    print(`  ${because}: ${what.toLowerCase()}; the reason is above. Save a file to try again.`)
  }

  const watchers = WATCHED.map((place) =>
    watch(join(ROOT, place), { recursive: true }, (_event, name) => {
      if (name === null || NOT_READ.test(name.replaceAll('\\', '/'))) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        work = work.then(() => replace(`${place}/${name}`))
      }, SETTLE_MS)
    }),
  )
  const ready = replace(null)
  work = ready.catch(() => undefined)
  return {
    ready,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      if (running !== null) await end(running)
      await work
    },
  }
}

/** True when the process sends a word; false if it exits first. */
async function says(child: ChildProcess, word: string): Promise<boolean> {
  const end = once(child, 'exit').then(() => false)
  const said = new Promise<boolean>((resolve) => {
    child.on('message', (message) => {
      if (message === word) resolve(true)
    })
  })
  return Promise.race([said, end])
}

/** Asks the process to stop its nodes, and waits until it has exited. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.send('stop')
  await gone
}
