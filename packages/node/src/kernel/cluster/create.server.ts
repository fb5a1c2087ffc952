/** Creates the embedded cluster atomically: in a temporary folder, which is renamed when it is complete. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../durable.ts'
import { setOwner } from './account.server.ts'
import type { Account } from './account.server.ts'
import { readPassword, writePassword } from './listening.server.ts'
import { NotStarted, SERVER_ENVIRONMENT } from './postmaster.server.ts'
import type { Programs } from './programs.server.ts'
import { ADMIN_ROLE, DATABASE_NAME, NODE_ROLE, argumentsOf } from './settings.ts'

/** The server's folder in a data folder, accessible only to its account. */
export const CLUSTER_FOLDER = 'postgresql'
/** PostgreSQL's data directory in the server's folder. */
export const DATABASE_FOLDER = 'data'
const TEMPORARY_PREFIX = 'postgresql.partial-'

/** Creates the cluster of `dataFolder`. @throws NotStarted with the output of the program that failed */
export async function createCluster(dataFolder: string, programs: Programs, account: Account): Promise<void> {
  // A unique name: a program of a killed node may still be writing into an older folder.
  const temporary = mkdtempSync(join(dataFolder, TEMPORARY_PREFIX))
  try {
    setOwner(account, temporary)
    await initialise(temporary, programs, account)
    await syncFolder(temporary)
    renameSync(temporary, join(dataFolder, CLUSTER_FOLDER))
    await syncFolder(dataFolder)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * Removes the folders of interrupted creations. A folder that a program still writes into stays until a later
 * start.
 */
export function removeTemporary(dataFolder: string): void {
  for (const name of readdirSync(dataFolder).filter((entry) => entry.startsWith(TEMPORARY_PREFIX))) {
    try {
      rmSync(join(dataFolder, name), { recursive: true, force: true, maxRetries: 10 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
  }
}

async function initialise(folder: string, programs: Programs, account: Account): Promise<void> {
  const database = join(folder, DATABASE_FOLDER)
  const passwordFile = writePassword(folder, account)
  const options = ['-D', database, '-U', ADMIN_ROLE, '-A', 'scram-sha-256', '--pwfile', passwordFile]
  await run(programs.initdb, [...options, '-E', 'UTF8', '--no-locale'], folder, account)
  const password = readPassword(folder)
  // The node's role owns its database and has no other right: it can neither read files nor run programs.
  const commands = [
    `create role ${NODE_ROLE} login password '${password}'`,
    `alter database ${DATABASE_NAME} owner to ${NODE_ROLE}`,
  ]
  const singleUser = ['--single', '-D', database, ...argumentsOf({ exit_on_error: 'on' }), DATABASE_NAME]
  await run(programs.postgres, singleUser, folder, account, `${commands.join('\n')}\n`)
}

/** Runs a program and waits for its end. @throws NotStarted with its output if it fails */
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
