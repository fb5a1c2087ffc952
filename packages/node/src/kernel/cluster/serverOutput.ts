/** Explains the output of an embedded server that ended: what is wrong, and what the operator does about it. */
import { DatabaseError, diskFull } from '../databaseError.ts'
import type { DatabaseErrorCode } from '../databaseError.ts'

/** A file of the database that is not as the server left it; of other files nothing is said. */
const DAMAGE = new RegExp(
  [
    'could not (?:read|open|find|access|stat|seek)[^"\\n]*"[^"\\n]*(?:global|base|pg_\\w+|PG_VERSION)[^"\\n]*"',
    'could not (?:locate|find|read) [^\\n]*checkpoint',
    'invalid (?:primary )?checkpoint|incorrect checksum|invalid data in file|contains? invalid data|missing contrecord',
    'is not a (?:valid )?(?:data|database cluster) directory|unexpected [^\\n]* in file',
    'incorrect (?:length|resource manager)|requested timeline|PANIC',
  ].join('|'),
)

/** Patterns in the output, the most specific first. */
const KNOWN: readonly (readonly [RegExp, DatabaseErrorCode, (folder: string) => string])[] = [
  [
    /could not look up effective user ID/,
    'account_missing',
    () =>
      'This process runs as a user id without an account in /etc/passwd, and PostgreSQL asks for one. ' +
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
      `The database in ${folder} is damaged, and was left as it is. Restore a backup into another folder with ` +
      '`entente restore`; keep this one for whoever may look into it.',
  ],
]

/** The sentence for a data folder whose database is of another major version. */
export function versionDiffers(folder: string, found = 'another version', ours = 'this one'): string {
  return (
    `The database in ${folder} was made by PostgreSQL ${found}, and this version of Entente brings ${ours}. ` +
    'Start it with the version that made it; docs/OPERATING.md says how a database is carried over.'
  )
}

const REACH = /Permission denied|has (?:invalid permissions|wrong ownership)/
/** Left by a server that was killed; its last processes are still ending. */
const LINGERING = /pre-existing shared memory block|lock file "[^"]*" already exists/

/** Whether a start failed for a reason that passes by itself. */
export function passesByItself(output: string): boolean {
  return LINGERING.test(output)
}

/** The error that the output of a server of the data folder `folder` tells of. */
export function explainOutput(folder: string, output: string): DatabaseError {
  const cause = new Error(output)
  if (/no space left on device|disk quota exceeded/i.test(output)) return diskFull(folder, cause)
  if (REACH.test(output)) {
    return new DatabaseError(
      'folder_not_reachable',
      `PostgreSQL may not use its files in ${folder} (${lastLine(output)}). Give them back to the user that made them.`,
      cause,
    )
  }
  const known = KNOWN.find(([pattern]) => pattern.test(output))
  if (known !== undefined) return new DatabaseError(known[1], known[2](folder), cause)
  return new DatabaseError(
    'database_stopped',
    `PostgreSQL does not start on ${folder}: ${lastLine(output)}. Nothing was changed; mend what it names and start again.`,
    cause,
  )
}

/** The line that says why: the last one that is an error, else the last. */
function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const fatal = lines.findLast((line) => /FATAL|PANIC|error:/.test(line))
  return (fatal ?? lines.at(-1) ?? 'it ended without a word').trim().slice(0, 300)
}
