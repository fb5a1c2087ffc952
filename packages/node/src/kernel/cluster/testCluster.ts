/** Data folders and processes for the suites of the embedded server. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../database.ts'
import type { Account } from './account.server.ts'

export const isRoot = process.getuid?.() === 0

/** A temporary folder that the server's account can traverse. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'entente-cluster-'))
  chmodSync(folder, 0o711)
  return folder
}

let original: Promise<string> | null = null

/** A folder with an unused database, copied from one original because creating a database takes a second. */
export async function copyFolder(): Promise<string> {
  original ??= (async () => {
    const first = makeFolder()
    await (await openDatabase({ folder: first })).close()
    return first
  })()
  const folder = makeFolder()
  execFileSync('cp', ['-a', join(await original, 'postgresql'), folder])
  return folder
}

/** Removes the original of the copies. Call it after every suite that uses `copyFolder`. */
export async function removeOriginal(): Promise<void> {
  if (original !== null) rmSync(await original, { recursive: true })
  original = null
}

/** A process that opens the database of a folder and then runs `code`, which may use `database` and `say`. */
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

/** Code that prints `open` and keeps the database open until the process is killed. */
export const STAY = `say('open'); setInterval(() => {}, 1000)`

/** The first output of a process. */
export async function firstWord(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim()
  return ''
}

/** Kills a process with SIGKILL. Throws if it has already ended. */
export async function killNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null)
    throw new Error(`the process ended with ${child.exitCode}: ${await firstWord(child)}`)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** The processes of this machine whose command line contains `text`. */
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

/** The pid of the server that runs on a data folder; null if none runs. */
export function serverOf(folder: string): number | null {
  const file = join(folder, 'postgresql', 'data', 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : null
}
