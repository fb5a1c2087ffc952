/**
 * Restores a backup (OPS-7) into a folder that holds no node. Every file is verified; the settings are
 * written last.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FolderError, folderTaken, isNode, NodeSettings, writeSafely } from '#node/dataFolder.ts'
import { accountOf, setTreeOwner, grantTraversal } from '#node/kernel/cluster/account.server.ts'
import { findPrograms } from '#node/kernel/cluster/programs.server.ts'
import { listFiles } from '#node/kernel/blobs.store.ts'
import { openDatabase } from '#node/kernel/database.ts'
import { DatabaseError, diskFull, isDiskFull } from '#node/kernel/databaseError.ts'
import { makePrivateFolder, syncFolder } from '#node/kernel/durable.ts'
import { lockFolder } from '#node/kernel/folderLock.ts'
import { blobPathIn, copyBlob, requireEmpty } from './backup.server.ts'
import { copyFile, listTree, sizeOf, syncTree, forEachConcurrently } from './copy.server.ts'
import { MANIFEST_FILE, Manifest } from './manifest.ts'

const CLUSTER = 'postgresql'

/**
 * Restores a backup into `dataFolder`, which must be empty or absent.
 * @throws FolderError, DatabaseError with a message that says what to do; the folder is then as it was
 */
export async function restore(from: string, dataFolder: string): Promise<Manifest> {
  const manifest = readManifest(from)
  if (isNode(dataFolder)) throw folderTaken(dataFolder)
  requireEmpty(dataFolder)
  makePrivateFolder(dataFolder)
  try {
    const lock = lockFolder(dataFolder)
    try {
      await copyIn(from, dataFolder, manifest)
    } finally {
      lock.release()
    }
    await recover(dataFolder)
    writeSafely(join(dataFolder, 'node.json'), manifest.settings.trimEnd())
    await syncFolder(dataFolder)
    return manifest
  } catch (error) {
    for (const name of await readdir(dataFolder)) {
      rmSync(join(dataFolder, name), { recursive: true, force: true })
    }
    throw isDiskFull(error) ? diskFull(dataFolder, error) : error
  }
}

function readManifest(from: string): Manifest {
  const path = join(from, MANIFEST_FILE)
  if (!existsSync(path)) {
    const message = `There is no complete backup in ${from}: the backup was interrupted, or this is another folder. Use another backup.`
    throw new FolderError('backup_incomplete', message)
  }
  try {
    const manifest = Manifest.parse(JSON.parse(readFileSync(path, 'utf8')))
    NodeSettings.parse(JSON.parse(manifest.settings))
    return manifest
  } catch (cause) {
    throw broken(path, cause)
  }
}

function broken(path: string, cause?: unknown): FolderError {
  const message = `${path} is missing or was altered. Nothing was restored; use another backup.`
  return new FolderError('backup_broken', message, cause)
}

async function copyIn(from: string, dataFolder: string, manifest: Manifest): Promise<void> {
  for (const { path } of manifest.files) requirePlain(from, path)
  const account = accountOf(join(dataFolder, CLUSTER))
  await requireMajor(from, manifest, (await findPrograms(account, 'package')).major)
  await grantTraversal(account, dataFolder)
  await copyContent(from, dataFolder, manifest)
  const temporary = mkdtempSync(join(dataFolder, `${CLUSTER}.partial-`))
  const targetOf = (path: string): string =>
    path.startsWith(`${CLUSTER}/`) ? join(temporary, path.slice(CLUSTER.length + 1)) : join(dataFolder, path)
  for (const path of manifest.folders) mkdirSync(targetOf(path), { recursive: true, mode: 0o700 })
  // The few files outside the database are copied first, so that a fault in them is reported early.
  const files = manifest.files.toSorted((a, b) => Number(isOfDatabase(a.path)) - Number(isOfDatabase(b.path)))
  await forEachConcurrently(files, async ({ path, sizeBytes, sha256 }) => {
    const copied = await copyFile(join(from, path), targetOf(path), 'sha256')
    if (copied?.sizeBytes !== sizeBytes || copied.digest !== sha256) throw broken(join(from, path))
  })
  writeConfiguration(join(temporary, 'data'))
  chmodSync(join(temporary, 'data'), 0o700)
  await syncTree(temporary)
  await setTreeOwner(account, temporary)
  renameSync(temporary, join(dataFolder, CLUSTER))
  await syncFolder(dataFolder)
}

/**
 * Writes the server's configuration anew. A backup's is not used, because it can name commands that the server would run;
 * the node gives its settings on the command line.
 */
function writeConfiguration(data: string): void {
  writeFileSync(join(data, 'postgresql.conf'), '')
  writeFileSync(join(data, 'postgresql.auto.conf'), '')
  writeFileSync(join(data, 'pg_ident.conf'), '')
  writeFileSync(join(data, 'pg_hba.conf'), HOST_BASED_AUTHENTICATION)
}

/** As `initdb` writes it: a password on the socket and, for Windows, on loopback. */
const HOST_BASED_AUTHENTICATION = `local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`

/** Refuses links, and signal files, which start the server as a standby or with a recovery command. */
function requirePlain(from: string, path: string): void {
  const found = lstatSync(join(from, path), { throwIfNoEntry: false })
  if (path.endsWith('.signal') || found?.isFile() !== true) throw broken(join(from, path))
}

const isOfDatabase = (path: string): boolean => path.startsWith(`${CLUSTER}/data/`)

async function requireMajor(from: string, { postgresql, version }: Manifest, ours: number): Promise<void> {
  if (Number.parseInt(postgresql, 10) === ours) return
  throw new DatabaseError(
    'database_version_differs',
    `The backup in ${from} was made by Entente ${version} on PostgreSQL ${postgresql}; this version includes ` +
      `${ours}. Restore it with the version that made it; docs/OPERATING.md says how a database is upgraded.`,
  )
}

async function copyContent(from: string, dataFolder: string, { blobs }: Manifest): Promise<void> {
  const folder = join(from, 'blobs')
  const { files } = existsSync(folder) ? await listTree(folder) : { files: [] }
  await forEachConcurrently(files, async (path) => {
    await copyBlob(join(folder, path), join(dataFolder, 'blobs', path))
  })
  if (files.length !== blobs.count) throw broken(folder)
  makePrivateFolder(join(dataFolder, 'blobs'))
  await syncTree(join(dataFolder, 'blobs'))
}

/**
 * Starts the server, which replays its WAL to the end of the backup, and checks that all named content is
 * there.
 */
async function recover(dataFolder: string): Promise<void> {
  const database = await openDatabase({ folder: dataFolder })
  try {
    for (const { digest, sizeBytes } of await listFiles(database.query)) {
      const path = blobPathIn(dataFolder, digest)
      if ((await sizeOf(path)) !== sizeBytes) throw broken(path)
    }
  } finally {
    await database.close()
  }
}
