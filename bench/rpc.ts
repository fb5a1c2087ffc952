/** Remote calls between the benchmark and its child processes, over the IPC channel of Node.js. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** The commands of a child process, by name. Arguments and answers are JSON. */
export type Commands = Readonly<Record<string, (argument: never) => Promise<unknown>>>

type ArgumentOf<F> = F extends (argument: infer A) => Promise<unknown> ? A : never
type AnswerOf<F> = F extends (argument: never) => Promise<infer R> ? R : never

/** A child process that answers commands. */
export interface Child<C extends Commands> {
  readonly process: ChildProcess
  call<N extends keyof C & string>(name: N, argument: ArgumentOf<C[N]>): Promise<AnswerOf<C[N]>>
  /** Lets the process close its resources, and ends it. */
  stop(): Promise<void>
}

interface Call {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}
type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }

function answer(said: Answer): void {
  // The parent may have ended.
  if (process.connected) process.send?.(said)
}

/** In the child: answers calls, and exits when the parent disconnects. */
export function serve(commands: Commands): void {
  process.on('disconnect', () => process.exit())
  process.on('message', (message) => {
    const { id, name, argument } = message as Call
    const command = commands[name]
    const work =
      command === undefined ? Promise.reject(new Error(`no command ${name}`)) : command(argument as never)
    work.then(
      (value) => answer({ id, value: value ?? null }),
      (error: unknown) => answer({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) }),
    )
  })
}

/** Starts a child process that runs `file`. Its output goes to our standard error. */
export function start<C extends Commands>(file: URL, execArgv: readonly string[] = []): Child<C> {
  const child = fork(file, { execArgv: [...execArgv], stdio: ['ignore', 2, 2, 'ipc'] })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let calls = 0
  child.on('message', (message) => {
    const answer = message as Answer
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) caller?.reject(new Error(answer.error))
    else caller?.resolve(answer.value)
  })
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`the process ended with ${code ?? signal}`))
    waiting.clear()
  })
  const call = (name: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = (calls += 1)
      waiting.set(id, { resolve, reject })
      child.send({ id, name, argument })
    })
  return {
    process: child,
    call: (name, argument) => call(name, argument) as never,
    async stop() {
      if (!child.connected) return
      await call('stop', null)
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
