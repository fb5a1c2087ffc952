/**
 * Online backup of a node: database, keys, settings and sealed content, consistent with each other (OPS-6).
 * Content is durable before the database names it, so a copy of the content made after the copy of the
 * database contains all that the database names. A first copy of the content, made before, leaves little to
 * do in the second.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeHex, sha256 } from '#wire/digest.ts'
import { FolderError, folderIsNoNode, isNode } from '#node/dataFolder.ts'
import { beginBackup, planCopy } from '#node/kernel/cluster/baseBackup.server.ts'
import type { BackupSession } from '#node/kernel/cluster/baseBackup.server.ts'
import { connectToCluster } from '#node/kernel/cluster/cluster.server.ts'
import { diskFull, isDiskFull } from '#node/kernel/databaseError.ts'
import { makePrivateFolder, syncFolder } from '#node/kernel/durable.ts'
import { iso } from '#node/world.ts'
import type { World } from '#node/world.ts'
import { copyFile, listTree, sizeOf, syncTree, forEachConcurrently } from './copy.server.ts'
import { MANIFEST_FILE } from './manifest.ts'
import type { CopiedFile, Manifest } from './manifest.ts'

const DATABASE = 'postgresql/data'
/** Files outside the database that a node needs in order to start. */
const SECRETS = ['postgresql/password', 'keys.json']

export interface BackupOptions {
  /** The node's data folder. */
  readonly dataFolder: string
  /** The folder for the backup; it must be empty or absent. */
  readonly to: string
  /** The version of Entente. */
  readonly version: string
  readonly world: World
}

/**
 * Makes a backup. An incomplete backup has no manifest.
 * @throws FolderError, DatabaseError with a message that says what to do
 */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  const { dataFolder, to } = options
  if (!isNode(dataFolder)) throw folderIsNoNode(dataFolder)
  if (!existsSync(join(dataFolder, DATABASE))) {
    throw new FolderError(
      'database_elsewhere',
      `The node in ${dataFolder} has no embedded database. Back up its server with the server's own tools, then copy ` +
        'keys.json, node.json and blobs.',
    )
  }
  requireEmpty(to)
  try {
    makePrivateFolder(to)
    await copyContent(dataFolder, to)
    const manifest = await copyWithServer(options)
    await syncTree(to)
    await writeManifest(to, manifest)
    return manifest
  } catch (error) {
    throw isDiskFull(error) ? diskFull(to, error) : error
  }
}

async function copyWithServer(options: BackupOptions): Promise<Manifest> {
  const cluster = await connectToCluster(options.dataFolder)
  try {
    const session = await beginBackup(cluster.adminUrl)
    try {
      return await copyAll(options, session)
    } finally {
      await session.close()
    }
  } finally {
    await cluster.close()
  }
}

/** @throws FolderError `folder_not_empty` */
export function requireEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  throw new FolderError(
    'folder_not_empty',
    `The folder ${folder} is not empty. Choose an empty or a new folder.`,
  )
}

async function copyAll(
  { dataFolder, to, version, world }: BackupOptions,
  session: BackupSession,
): Promise<Manifest> {
  const database = join(dataFolder, DATABASE)
  const plan = planCopy(await listTree(database))
  const files: CopiedFile[] = []
  const copy = async (path: string): Promise<void> => {
    const copied = await copyFile(join(dataFolder, path), join(to, path), 'sha256')
    // The file of a table that was dropped during the backup is absent.
    if (copied !== null) files.push({ path, sizeBytes: copied.sizeBytes, sha256: copied.digest })
  }
  await forEachConcurrently(plan.files, (path) => copy(`${DATABASE}/${path}`))
  await copy(`${DATABASE}/${plan.last}`)
  const named = await session.namedBlobs()
  const until = iso(world.now())
  const { label, logFiles } = await session.finish()
  for (const name of logFiles) await copy(`${DATABASE}/pg_wal/${name}`)
  const missing = logFiles.find((name) => !files.some(({ path }) => path === `${DATABASE}/pg_wal/${name}`))
  if (missing !== undefined)
    throw new Error(`INVARIANT: the server keeps its WAL file ${missing} during a backup`)
  await writeFile(join(to, DATABASE, 'backup_label'), label, { mode: 0o600, flush: true })
  files.push(await entryOf(to, `${DATABASE}/backup_label`))
  for (const path of SECRETS) await copy(path)
  const blobs = await copyContent(dataFolder, to)
  await requireContent(to, named)
  const settings = readFileSync(join(dataFolder, 'node.json'), 'utf8')
  const { nation } = JSON.parse(settings) as { nation: string }
  const folders = plan.folders.map((path) => `${DATABASE}/${path}`)
  return { v: 1, version, nation, until, postgresql: session.version, settings, folders, files, blobs }
}

/** Copies the content files that the backup does not have yet. */
async function copyContent(dataFolder: string, to: string): Promise<Manifest['blobs']> {
  const from = join(dataFolder, 'blobs')
  const paths = existsSync(from) ? (await listTree(from)).files : []
  const total = { count: 0, sizeBytes: 0 }
  await forEachConcurrently(paths, async (path) => {
    const target = join(to, 'blobs', path)
    const sizeBytes = (await sizeOf(target)) ?? (await copyBlob(join(from, path), target))
    if (sizeBytes === null) return
    total.count += 1
    total.sizeBytes += sizeBytes
  })
  return total
}

/**
 * Copies a content file and verifies it against its name, which is its digest. Null if the file does not
 * exist.
 * @throws FolderError `content_broken`
 */
export async function copyBlob(from: string, to: string): Promise<number | null> {
  const copied = await copyFile(from, to, 'sha384')
  if (copied === null) return null
  if (from.endsWith(copied.digest)) return copied.sizeBytes
  throw new FolderError(
    'content_broken',
    `The content in ${from} does not match its name. Restore that file first.`,
  )
}

/**
 * Throws if content was deleted after the database was copied: the copied database then names missing
 * content.
 */
async function requireContent(to: string, named: readonly string[]): Promise<void> {
  for (const digest of named) {
    if ((await sizeOf(blobPathIn(to, digest))) !== null) continue
    throw new FolderError(
      'content_changed',
      'Content was deleted during the backup. Make the backup again, into another folder.',
    )
  }
}

/** The path of the content with a digest (`sha384:…`) in a data folder or a backup. */
export function blobPathIn(folder: string, digest: string): string {
  const hex = digest.slice(digest.indexOf(':') + 1)
  return join(folder, 'blobs', hex.slice(0, 2), hex)
}

async function entryOf(to: string, path: string): Promise<CopiedFile> {
  const bytes = readFileSync(join(to, path))
  return { path, sizeBytes: bytes.length, sha256: encodeHex(sha256(bytes)) }
}

/** Writes the manifest durably. The rename makes the backup complete. */
async function writeManifest(to: string, manifest: Manifest): Promise<void> {
  const path = join(to, MANIFEST_FILE)
  const file = await open(`${path}.new`, 'w', 0o600)
  await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`)
  await file.sync()
  await file.close()
  await rename(`${path}.new`, path)
  await syncFolder(to)
}
