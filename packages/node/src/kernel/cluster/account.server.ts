/**
 * The account that runs the embedded server. PostgreSQL refuses to run as root, so a node started by root
 * runs its server under an unprivileged account, which must be able to reach the server's files.
 */
import { execFile } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseError } from '../databaseError.ts'

/** The account of the server, spread into the options of `spawn`. Empty: the account of the node. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** Accounts for a server started by root; the first that exists is used. */
const ACCOUNT_NAMES = ['postgres', 'nobody']
const PASSWD = '/etc/passwd'

/**
 * The account for the server of a database: its present owner, if the database exists. So an account that is
 * added to the machine later does not take over the database.
 * @throws DatabaseError `account_missing` if root starts the node and no other account exists
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

/** Makes the account the owner of a file or folder. */
export function setOwner({ uid, gid }: Account, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** Makes the account the owner of a folder and of everything in it. */
export async function setTreeOwner(account: Account, folder: string): Promise<void> {
  setOwner(account, folder)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    setOwner(account, join(entry.parentPath, entry.name))
  }
}

/**
 * Lets the account traverse a folder of root through the folder's group, without the right to list it.
 * @throws DatabaseError `folder_not_reachable` if the account may not traverse a parent folder
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
      `${closed}. Choose another data folder, such as one under /var/lib/entente, or run: chmod o+x ${closed}`,
  )
}

/** Tries it, because the mode alone does not decide access (ACLs, mount options). */
function canEnter(account: Account, folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }, (error) =>
      resolve(error === null),
    )
  })
}
