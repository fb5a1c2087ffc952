/** Failures of the database itself. Each has a code and a message that says what to do. */

export type DatabaseErrorCode =
  | 'account_missing'
  | 'server_missing'
  | 'folder_not_reachable'
  | 'folder_outdated'
  | 'database_in_use'
  | 'database_version_differs'
  | 'database_corrupt'
  | 'database_stopped'
  | 'disk_full'
  | 'folder_not_writable'
  | 'database_unreachable'
  | 'database_denied'
  | 'database_too_old'
  | 'database_newer'
  | 'database_older'
  | 'database_contended'
  | 'migration_edited'
  | 'migration_misnumbered'
  | 'migration_failed'
  | 'number_unsafe'

/** Thrown by the kernel. `message` is written for the operator; `cause` is the server's error or output. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DatabaseError'
    this.code = code
  }
}

/**
 * The SQLSTATE of an error of the server (`23505` is a duplicate key), or the operating system's code
 * (`ECONNREFUSED`) when the server could not be reached; undefined for any other error.
 */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof DatabaseError) return undefined
  const code: unknown = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : undefined
}

/** Fields of a server's error that name parts of the schema. Other fields may quote rows. */
const SAFE_FIELDS = [
  'code',
  'severity',
  'constraint',
  'schema',
  'table',
  'column',
  'dataType',
  'routine',
] as const

/**
 * The server is absent, starting, stopping, or out of connections. The driver has no code for some of these.
 */
const UNREACHABLE_STATE = /^(ECONN|ENOENT|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|57P0[1-3]|08|53300)/
const UNREACHABLE_TEXT = /connection (?:terminated|error|timeout)|timeout exceeded|not queryable|was closed/i

/** True if the database cannot be reached at present. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof DatabaseError) return false
  return UNREACHABLE_STATE.test(sqlState(error) ?? '') || UNREACHABLE_TEXT.test(error.message)
}

/** Failures after which the same request may succeed later. */
const TRANSIENT: ReadonlySet<DatabaseErrorCode> = new Set([
  'database_unreachable',
  'database_contended',
  'disk_full',
])

/** True if a request failed because the database cannot serve it at present. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof DatabaseError && TRANSIENT.has(error.code)
}

/** Data corruption and index corruption, such as a page with a wrong checksum. */
const DAMAGED = new Set(['XX001', 'XX002'])

/**
 * Explains an error of a query: a failure of the database itself becomes a `DatabaseError`; any other error
 * is stripped of row values.
 * @param name names the database in messages
 */
export function explainQuery(error: unknown, name: string): unknown {
  if (isDiskFull(error)) return diskFull(name, error)
  if (isUnreachable(error)) {
    const message = `The database (${name}) does not answer. Committed data is safe; try again shortly.`
    return new DatabaseError('database_unreachable', message, error)
  }
  if (DAMAGED.has(sqlState(error) ?? '')) {
    const message = `The database (${name}) is damaged. Stop the node and restore a backup into another folder.`
    return new DatabaseError('database_corrupt', message, withoutContent(error))
  }
  return withoutContent(error)
}

/**
 * The error without row values: a server puts whole rows into `detail`, parameters into the context, and
 * values into the messages of data exceptions (class 22). Logs carry no content.
 */
function withoutContent(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error
  const fields = Object.fromEntries(
    SAFE_FIELDS.map((name) => [name, (error as unknown as Record<string, unknown>)[name]]).filter(
      ([, value]) => value !== undefined,
    ),
  )
  const state = sqlState(error)
  const clean = new Error(state?.startsWith('22') === true ? 'the database rejected a value' : error.message)
  // The first line of a stack repeats the message.
  const calls = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? []
  clean.stack = [`Error: ${clean.message}`, ...calls].join('\n')
  return Object.assign(clean, fields)
}

/** True if the disk is full, as SQLSTATE 53100 or as the operating system reports it. */
export function isDiskFull(error: unknown): boolean {
  const code = sqlState(error)
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return true
  return error instanceof Error && /no space left on device|ENOSPC|disk quota exceeded/i.test(error.message)
}

/** The error for a full disk that holds the database `name`, or a folder. */
export function diskFull(name: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    'disk_full',
    `The disk that holds ${name} is full. Free space on it and start again; committed data is safe.`,
    cause,
  )
}
