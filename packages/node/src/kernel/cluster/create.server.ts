/** Making the embedded cluster: in a draft that gets its name when it is whole, so that a cut start leaves nothing. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../durable.ts'
import { giveTo } from './account.server.ts'
import type { Account } from './account.server.ts'
import { readPassword, writePassword } from './listening.server.ts'
import { NotStarted, SERVER_ENVIRONMENT } from './postmaster.server.ts'
import type { Programs } from './programs.server.ts'
import { ADMIN_ROLE, DATABASE_NAME, NODE_ROLE, argumentsOf } from './settings.ts'

/** Within a data folder: the server's own folder, which only its account enters. */
export const CLUSTER_FOLDER = 'postgresql'
/** Within the server's folder: what PostgreSQL calls its data directory. */
export const DATABASE_FOLDER = 'data'
const DRAFT_PREFIX = 'postgresql.draft-'

/** Makes the cluster of `dataFolder`. @throws NotStarted with the output of the program that failed */
export async function createCluster(dataFolder: string, programs: Programs, account: Account): Promise<void> {
  // Each has a name of its own: the program of a node that was killed may still be writing into an older one.
  const draft = mkdtempSync(join(dataFolder, DRAFT_PREFIX))
  try {
    giveTo(account, draft)
    await initialise(draft, programs, account)
    await syncFolder(draft)
    renameSync(draft, join(dataFolder, CLUSTER_FOLDER))
    await syncFolder(dataFolder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Removes what starts that were cut short left; what cannot be removed yet takes room and does no harm. */
export function removeDrafts(dataFolder: string): void {
  for (const name of readdirSync(dataFolder).filter((each) => each.startsWith(DRAFT_PREFIX))) {
    try {
      rmSync(join(dataFolder, name), { recursive: true, force: true, maxRetries: 10 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
  }
}

async function initialise(draft: string, programs: Programs, account: Account): Promise<void> {
  const database = join(draft, DATABASE_FOLDER)
  const passwordFile = writePassword(draft, account)
  const options = ['-D', database, '-U', ADMIN_ROLE, '-A', 'scram-sha-256', '--pwfile', passwordFile]
  await run(programs.initdb, [...options, '-E', 'UTF8', '--no-locale'], draft, account)
  const password = readPassword(draft)
  // The node's role owns its database and nothing else: it reads no file of the machine and runs no program.
  const commands = [
    `create role ${NODE_ROLE} login password '${password}'`,
    `alter database ${DATABASE_NAME} owner to ${NODE_ROLE}`,
  ]
  const alone = ['--single', '-D', database, ...argumentsOf({ exit_on_error: 'on' }), DATABASE_NAME]
  await run(programs.postgres, alone, draft, account, `${commands.join('\n')}\n`)
}

/** Runs a program to its end. @throws NotStarted with its output when it fails */
async function run(
  program: string,
  parameters: readonly string[],
  folder: string,
  account: Account,
  input = '',
): Promise<void> {
  const child = spawn(program, parameters, {
    ...account,
    ...SERVER_ENVIRONMENT,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const code = await new Promise<number | string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', resolve)
  })
  if (code !== 0) throw new NotStarted(`${output.trim()}\n${typeof code === 'string' ? code : ''}`)
}
