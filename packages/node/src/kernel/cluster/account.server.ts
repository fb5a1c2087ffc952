/**
 * The account that runs the embedded server. PostgreSQL refuses to run as root, so a node that root starts gives its
 * server to an account with fewer rights, and makes sure that this account reaches the server's files.
 */
import { execFile } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseError } from '../databaseError.ts'

/** Who runs the server; spread into the options of `spawn`. Without numbers: whoever runs the node. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** Accounts for a server that root starts, the first that exists. */
const ACCOUNT_NAMES = ['postgres', 'nobody']
const PASSWD = '/etc/passwd'

/**
 * The account for the server of `dataFolder`: the owner of the database where there is one, so that an account that
 * is added to the machine later does not take the database from the one that has it.
 * @throws DatabaseError `account_missing` when root starts the node and no other account exists
 */
export function accountOf(databaseFolder: string): Account {
  if (process.getuid?.() !== 0) return {}
  const owner = statSync(databaseFolder, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const lines = existsSync(PASSWD) ? readFileSync(PASSWD, 'utf8').split('\n') : []
  const entries = lines.map((line) => line.split(':'))
  const found = ACCOUNT_NAMES.map((name) => entries.find((fields) => fields[0] === name)).find(Boolean)
  if (found !== undefined) return { uid: Number(found[2]), gid: Number(found[3]) }
  throw new DatabaseError(
    'account_missing',
    `PostgreSQL does not run as root, and ${PASSWD} has neither postgres nor nobody. ` +
      'Add one of them, or name a PostgreSQL server in DATABASE_URL.',
  )
}

/** Gives a file or a folder to the account. */
export function giveTo({ uid, gid }: Account, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** Gives a folder and all in it to the account. */
export async function giveTree(account: Account, folder: string): Promise<void> {
  giveTo(account, folder)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    giveTo(account, join(entry.parentPath, entry.name))
  }
}

/**
 * Lets the account traverse a folder of root's: by its group, and without reading the folder.
 * @throws DatabaseError `folder_not_reachable` when a folder above keeps the account out
 */
export async function grantTraversal(account: Account, folder: string): Promise<void> {
  const { gid } = account
  if (gid === undefined || (await canEnter(account, folder))) return
  const { uid, mode } = statSync(folder)
  if (uid === 0) {
    chownSync(folder, 0, gid)
    chmodSync(folder, (mode & 0o7777) | 0o010)
  }
  if (!(await canEnter(account, folder))) throw await notReachable(account, folder)
}

async function notReachable(account: Account, folder: string): Promise<DatabaseError> {
  let closed = folder
  for (let above = dirname(closed); above !== closed && !(await canEnter(account, above));) {
    closed = above
    above = dirname(closed)
  }
  return new DatabaseError(
    'folder_not_reachable',
    `PostgreSQL does not run as root, and the account that runs it (user ${account.uid}) may not traverse ` +
      `${closed}. Choose a data folder elsewhere, such as under /var/lib/entente, or run: chmod o+x ${closed}`,
  )
}

/** Asks the system itself, since a mode does not tell all that decides it. */
function canEnter(account: Account, folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }, (error) =>
      resolve(error === null),
    )
  })
}
