/** Where the embedded server of a folder is reached, and with which password. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveTo } from './account.server.ts'
import type { Account } from './account.server.ts'
import { DATABASE_NAME } from './settings.ts'
import type { Listening } from './settings.ts'

/** The port is part of the name of a socket, and nothing else there. */
const SOCKET_PORT = 5432
/** The longest path of a socket, in bytes: what `sockaddr_un` holds, without its end. */
const SOCKET_PATH_BYTES_MAX = process.platform === 'darwin' ? 103 : 107
const PASSWORD_FILE = 'password'

const fits = (folder: string): boolean =>
  Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES_MAX

/** A place to listen, and how to give it back when the server has stopped. */
export interface ListeningPlace extends Listening {
  release(): void
}

/**
 * The socket lies in `folder`, which only the server's account enters; where its path would be too long, in a folder
 * of its own among the temporary ones. Windows has no such sockets here: a port of loopback that is free now.
 */
export async function chooseListening(folder: string, account: Account): Promise<ListeningPlace> {
  if (process.platform === 'win32') {
    return { socketFolder: null, port: await freePort(), release: () => {} }
  }
  if (fits(folder)) return { socketFolder: folder, port: SOCKET_PORT, release: () => {} }
  // `mkdtemp` makes a folder that was not there before, with rights for its owner alone.
  const own = mkdtempSync(join(fits(join(tmpdir(), 'entente-xxxxxx')) ? tmpdir() : '/tmp', 'entente-'))
  chmodSync(own, 0o700)
  giveTo(account, own)
  return {
    socketFolder: own,
    port: SOCKET_PORT,
    release: () => rmSync(own, { recursive: true, force: true }),
  }
}

/** Makes the password of a new cluster. Anybody who may not read the file cannot connect, by the socket either. */
export function writePassword(folder: string, account: Account): string {
  const path = join(folder, PASSWORD_FILE)
  writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600, flush: true })
  giveTo(account, path)
  return path
}

export function readPassword(folder: string): string {
  return readFileSync(join(folder, PASSWORD_FILE), 'utf8').trim()
}

/** The address of the node's database for a role. */
export function urlOf({ socketFolder, port }: Listening, role: string, password: string): string {
  const user = `${role}:${password}`
  return socketFolder === null
    ? `postgres://${user}@127.0.0.1:${port}/${DATABASE_NAME}`
    : `postgres://${user}@localhost:${port}/${DATABASE_NAME}?host=${encodeURIComponent(socketFolder)}`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
