/** The folder and ports of an exercise network. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { FolderError, openDataFolder } from '#node/dataFolder.ts'
import { openDatabase } from '#node/kernel/database.ts'
import { lockFolder } from '#node/kernel/folderLock.ts'
import { CAST } from './cast.ts'
import { takenPorts } from './ports.ts'

/** Throws if a node is running on one of the network's folders. */
export function requireAtRest(folder: string): void {
  for (const { nation } of CAST) {
    const path = join(folder, nation.toLowerCase())
    if (existsSync(path)) lockFolder(path).release()
  }
}

/** Removes the network in a folder, and its schemas if it uses a database server. */
export async function removeNetwork(folder: string, databaseUrl?: string): Promise<void> {
  for (const { nation } of databaseUrl === undefined ? [] : CAST) {
    const schema = `entente_${nation.toLowerCase()}`
    const database = await openDatabase({ url: databaseUrl!, schema, connectionCount: 1 })
    await sql`drop schema ${sql.id(schema)} cascade`.execute(database.query)
    await database.close()
  }
  rmSync(folder, { recursive: true, force: true })
}

/**
 * The base port of a network: as requested, or as its folder records, or the default. The ports must be free.
 * A folder's port cannot change, because the partners' cards contain it.
 * @throws FolderError with what to do
 */
export async function basePortOf(folder: string, asked: string | undefined, usual: number): Promise<number> {
  const path = join(folder, CAST[0]!.nation.toLowerCase())
  // Derived from the door, because the console may be on another port behind a development server.
  const own = existsSync(join(path, 'node.json')) ? openDataFolder(path).settings.doorPort - 1 : null
  const wanted = asked === undefined ? null : Number(asked)
  if (wanted !== null && !(wanted >= 1024 && wanted <= 65_000)) {
    throw new FolderError('port_invalid', '--port takes a number between 1024 and 65000.')
  }
  if (own !== null && wanted !== null && own !== wanted) {
    const sentence = `The network in ${folder} was created for port ${own}. Leave --port out, give another --data folder, or add --fresh.`
    throw new FolderError('port_differs', sentence)
  }
  const base = wanted ?? own ?? usual
  const [taken] = await takenPorts(base)
  if (taken !== undefined) throw new FolderError('port_in_use', `Port ${taken} is in use.`)
  return base
}

/** The error as one sentence that says what to do; an unexpected one with its stack trace. */
export function sentenceOf(error: unknown, folder: string, command: string): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : null
  if (code === 'ENOSPC')
    return `The disk of ${folder} is full. Make room, and start again; confirmed work is not lost.`
  if (code === 'EACCES' || code === 'EPERM')
    return `${folder} cannot be written. Give another folder with --data.`
  if (code === 'port_in_use') {
    return `${error.message} Stop the program that uses it, or start another network: ${command} -- --port 8500 --data FOLDER`
  }
  return code === null ? (error.stack ?? error.message) : error.message
}
