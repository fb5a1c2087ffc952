/** Data folders, and processes that hold them, for the suites of the embedded server. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../database.ts'
import type { Account } from './account.server.ts'

export const isRoot = process.getuid?.() === 0

/** A temporary folder through which the server's account may pass. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'entente-cluster-'))
  chmodSync(folder, 0o711)
  return folder
}

let made: Promise<string> | null = null

/** A folder with a database that nothing was done to: a copy, since to make one takes a second. */
export async function copyFolder(): Promise<string> {
  made ??= (async () => {
    const first = makeFolder()
    await (await openDatabase({ folder: first })).close()
    return first
  })()
  const folder = makeFolder()
  execFileSync('cp', ['-a', join(await made, 'postgresql'), folder])
  return folder
}

/** Removes what copies were made of; to be called after a suite that asked for some. */
export async function removeOriginal(): Promise<void> {
  if (made !== null) rmSync(await made, { recursive: true })
  made = null
}

/** A process that opens the database of a folder and then runs `code`, in which `database` and `say` stand. */
export function runOn(folder: string, code: string, account: Account = {}): ChildProcess {
  const script = `
    import { sql } from 'kysely'
    import { openDatabase } from '${new URL('../database.ts', import.meta.url).href}'
    const say = (word) => process.stdout.write(word + '\\n')
    const database = await openDatabase({ folder: ${JSON.stringify(folder)} }).catch((error) => {
      say(error.code)
      process.exit(1)
    })
    ${code}`
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...account,
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Keeps the database open until the process is killed; says a word when it is open. */
export const STAY = `say('open'); setInterval(() => {}, 1000)`

/** The first that a process says. */
export async function firstWord(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim()
  return ''
}

/** Kills a process without a chance to tidy up; one that has ended by itself is a failure of the test. */
export async function killNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null)
    throw new Error(`the process ended with ${child.exitCode}: ${await firstWord(child)}`)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** The processes of this machine whose command line says `text`. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => commandOf(name).includes(text))
    .map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** The process of the server that runs on a data folder, null when none does. */
export function serverOf(folder: string): number | null {
  const file = join(folder, 'postgresql', 'data', 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : null
}
