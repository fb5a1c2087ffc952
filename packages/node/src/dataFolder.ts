/**
 * The data folder of a node: its settings, keys and certificate, beside the database and the blobs. Only its owner can
 * read the keys.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { exportKasPrivate, generateKasKeys, importKasPrivate } from '#wire/seal/key.ts'
import {
  defaultSuite,
  exportPrivateKeys,
  generateSuiteKeys,
  importPrivateKeys,
  isSuiteName,
} from '#wire/suite.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import { createTlsIdentity } from '#node/federation/tlsIdentity.ts'
import type { TlsIdentity } from '#node/federation/tlsIdentity.ts'
import { makePrivateFolder } from '#node/kernel/durable.ts'
import type { World } from './world.ts'

export const NodeSettings = z.strictObject({
  nation: z.string().regex(/^[A-Z]{2}$/),
  /** The address that partners connect to, as the card states it. */
  address: z.string().regex(/^https:\/\/[a-zA-Z0-9.:[\]-]{1,200}$/),
  /** The console's interface: loopback, unless a TLS proxy is in front of it. */
  consoleHost: z.string().default('127.0.0.1'),
  consolePort: z.int().min(1).max(65_535),
  doorHost: z.string().default('0.0.0.0'),
  doorPort: z.int().min(1).max(65_535),
  /** Serves health and metrics, on loopback only. */
  metricsPort: z.int().min(1).max(65_535),
  suite: z.string().refine(isSuiteName).default(defaultSuite),
  /** Everything is marked EXERCISE, and the sign-in page lists the people. */
  exercise: z.boolean().default(false),
  consoles: z.array(z.strictObject({ nation: z.string(), url: z.string() })).default([]),
})
export type NodeSettings = z.infer<typeof NodeSettings>

const KeyFile = z.strictObject({
  v: z.literal(1),
  suite: z.string(),
  seal: z.string(),
  tls: z.strictObject({ certificatePem: z.string(), keyPem: z.string(), sha256: z.string() }),
})

/** A data folder that cannot be used; the message says what to do. */
export class FolderError extends Error {
  readonly code: string
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** An opened data folder: what a node needs before it opens its database. */
export interface DataFolder {
  readonly path: string
  readonly settings: NodeSettings
  readonly keys: NodeKeys
  readonly tls: TlsIdentity
}

/**
 * The default data folder. For root it lies outside root's home, which the account that runs the embedded server cannot
 * enter.
 */
export function defaultFolder(name: 'node' | 'exercise' | 'development'): string {
  return process.getuid?.() === 0 ? join('/var/lib/entente', name) : join(homedir(), '.entente', name)
}

/** Whether the folder holds a node. */
export function isNode(path: string): boolean {
  return existsSync(join(path, 'node.json'))
}

export function folderTaken(path: string): FolderError {
  return new FolderError('folder_taken', `The folder ${path} already holds a node. Choose another folder.`)
}

export function folderIsNoNode(path: string): FolderError {
  return new FolderError(
    'folder_empty',
    `There is no node in ${path}. Make one with: npm run entente -- init --data ${path}`,
  )
}

/** Creates the data folder of a new node. Throws `folder_taken` if it already holds one. */
export function createDataFolder(path: string, settings: NodeSettings, world: World): DataFolder {
  if (isNode(path)) throw folderTaken(path)
  makePrivateFolder(path)
  const random = (sizeBytes: number) => world.random(sizeBytes)
  const suite = generateSuiteKeys(settings.suite, random)
  const seal = generateKasKeys('x25519+ml-kem-1024', random)
  const tls = createTlsIdentity(world, settings.nation)
  const file = { v: 1 as const, suite: exportPrivateKeys(suite), seal: exportKasPrivate(seal), tls }
  writeSafely(join(path, 'keys.json'), JSON.stringify(file, null, 2))
  // Written last: a folder without it holds no node, and creation can be repeated.
  writeSafely(join(path, 'node.json'), JSON.stringify(settings, null, 2))
  return { path, settings, keys: { nation: settings.nation, suite, seal }, tls }
}

/** Opens a data folder. Throws `folder_empty` or `folder_broken`. */
export function openDataFolder(path: string): DataFolder {
  const settingsFile = join(path, 'node.json')
  if (!isNode(path)) throw folderIsNoNode(path)
  const settings = readJson(settingsFile, NodeSettings)
  const keys = readJson(join(path, 'keys.json'), KeyFile)
  return {
    path,
    settings,
    keys: {
      nation: settings.nation,
      suite: importPrivateKeys(keys.suite),
      seal: importKasPrivate(keys.seal),
    },
    tls: keys.tls,
  }
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new FolderError('folder_broken', `${file} cannot be read. Restore it from a backup.`, cause)
  }
}

/** Writes a file whole or not at all, readable by its owner alone. */
export function writeSafely(file: string, text: string): void {
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
