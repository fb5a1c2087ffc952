/** Address and password of the embedded server. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setOwner } from './account.server.ts'
import type { Account } from './account.server.ts'
import { DATABASE_NAME } from './settings.ts'
import type { Listening } from './settings.ts'

/** On a socket, the port is only a part of the file name. */
const SOCKET_PORT = 5432
/**
 * Maximum length of a socket's path in bytes: the size of `sun_path` in `sockaddr_un`, less the final NUL.
 */
const SOCKET_PATH_BYTES_MAX = process.platform === 'darwin' ? 103 : 107
const PASSWORD_FILE = 'password'

const fits = (folder: string): boolean =>
  Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES_MAX

/** An address to listen on. */
export interface ReleasableListening extends Listening {
  /** Removes a temporary socket folder, after the server has stopped. */
  release(): void
}

/**
 * Puts the socket into `folder`, which only the server's account can enter, or into a new temporary folder if
 * the path would be too long. On Windows: a free port on loopback.
 */
export async function chooseListening(folder: string, account: Account): Promise<ReleasableListening> {
  if (process.platform === 'win32') {
    return { socketFolder: null, port: await freePort(), release: () => {} }
  }
  if (fits(folder)) return { socketFolder: folder, port: SOCKET_PORT, release: () => {} }
  // `mkdtemp` creates a new folder that only its owner can access.
  const own = mkdtempSync(join(fits(join(tmpdir(), 'entente-xxxxxx')) ? tmpdir() : '/tmp', 'entente-'))
  chmodSync(own, 0o700)
  setOwner(account, own)
  return {
    socketFolder: own,
    port: SOCKET_PORT,
    release: () => rmSync(own, { recursive: true, force: true }),
  }
}

/**
 * Creates the password of a new cluster. Connecting needs it, on the socket too, so only readers of the file
 * can.
 */
export function writePassword(folder: string, account: Account): string {
  const path = join(folder, PASSWORD_FILE)
  writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600, flush: true })
  setOwner(account, path)
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
