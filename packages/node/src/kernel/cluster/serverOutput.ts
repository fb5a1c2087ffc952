/** Explains the output of an embedded server that ended: what is wrong, and what the operator can do. */
import { DatabaseError, diskFull } from '../databaseError.ts'
import type { DatabaseErrorCode } from '../databaseError.ts'

/** Damage to the database's files. Messages about other files do not match. */
const DAMAGE = new RegExp(
  [
    'could not (?:read|open|find|access|stat|seek)[^"\\n]*"[^"\\n]*(?:global|base|pg_\\w+|PG_VERSION)[^"\\n]*"',
    'could not (?:locate|find|read) [^\\n]*checkpoint',
    'invalid (?:primary )?checkpoint|incorrect checksum|invalid data in file|contains? invalid data|missing contrecord',
    'is not a (?:valid )?(?:data|database cluster) directory|unexpected [^\\n]* in file',
    'incorrect (?:length|resource manager)|requested timeline|PANIC',
  ].join('|'),
)

/** Known patterns in the output; the first that matches counts. */
const KNOWN: readonly (readonly [RegExp, DatabaseErrorCode, (folder: string) => string])[] = [
  [
    /could not look up effective user ID/,
    'account_missing',
    () =>
      'This process runs as a user id without an account in /etc/passwd, and PostgreSQL needs one. ' +
      'Add the account, or name a PostgreSQL server in DATABASE_URL.',
  ],
  [
    /administrative permissions is not permitted|cannot be run as root|root" execution/i,
    'account_missing',
    () =>
      'PostgreSQL does not run for an administrator. Start the node as another user, or name a PostgreSQL server ' +
      'in DATABASE_URL.',
  ],
  [
    /database files are incompatible with server|was initialized by PostgreSQL version/,
    'database_version_differs',
    (folder) => versionDiffers(folder),
  ],
  [
    DAMAGE,
    'database_corrupt',
    (folder) =>
      `The database in ${folder} is damaged. Nothing in it was changed. Restore a backup into another folder with ` +
      '`entente restore`; keep this one for analysis.',
  ],
]

/** The message for a data folder whose database has another major version. */
export function versionDiffers(folder: string, found = 'another version', ours = 'this one'): string {
  return (
    `The database in ${folder} was made by PostgreSQL ${found}; this version of Entente includes ${ours}. ` +
    'Start it with the version that made it; docs/OPERATING.md says how a database is upgraded.'
  )
}

const NO_ACCESS = /Permission denied|has (?:invalid permissions|wrong ownership)/
/** The last processes of a killed server are still ending. */
const LINGERING = /pre-existing shared memory block|lock file "[^"]*" already exists/

/** True if a start failed for a transient reason. */
export function isTransient(output: string): boolean {
  return LINGERING.test(output)
}

/** The error that explains the output of the server of data folder `folder`. */
export function explainOutput(folder: string, output: string): DatabaseError {
  const cause = new Error(output)
  if (/no space left on device|disk quota exceeded/i.test(output)) return diskFull(folder, cause)
  if (NO_ACCESS.test(output)) {
    return new DatabaseError(
      'folder_not_reachable',
      `PostgreSQL cannot access its files in ${folder} (${lastLine(output)}). Restore their former owner and mode.`,
      cause,
    )
  }
  const known = KNOWN.find(([pattern]) => pattern.test(output))
  if (known !== undefined) return new DatabaseError(known[1], known[2](folder), cause)
  return new DatabaseError(
    'database_stopped',
    `PostgreSQL does not start on ${folder}: ${lastLine(output)}. Nothing was changed; correct this and start again.`,
    cause,
  )
}

/** The line with the reason: the last error, else the last line. */
function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const fatal = lines.findLast((line) => /FATAL|PANIC|error:/.test(line))
  return (fatal ?? lines.at(-1) ?? 'it ended without output').trim().slice(0, 300)
}
