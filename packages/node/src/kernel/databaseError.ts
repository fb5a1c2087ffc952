/** What goes wrong with a database as such: each kind has a code and a sentence that says what to do. */

export type DatabaseErrorCode =
  | 'database_in_use'
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

/** Thrown by the kernel; `message` is written for the operator, `cause` is what the engine said. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DatabaseError'
    this.code = code
  }
}

/**
 * The SQLSTATE of an error of either engine (`23505` is a duplicate key), or the operating system's code
 * (`ECONNREFUSED`) when the engine could not be reached; undefined for any other error.
 */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof DatabaseError) return undefined
  const code: unknown = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : undefined
}

/** The fields of an engine's error that name parts of the schema; others may repeat what rows contain. */
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
 * The error without what it repeats of the rows: an engine puts whole rows into `detail`, parameters beside
 * the text, and values into the messages of data exceptions (class 22). Logs carry no content.
 */
export function withoutContent(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error
  const fields = Object.fromEntries(
    SAFE_FIELDS.map((name) => [name, (error as unknown as Record<string, unknown>)[name]]).filter(
      ([, value]) => value !== undefined,
    ),
  )
  const state = sqlState(error)
  const clean = new Error(state?.startsWith('22') === true ? 'the database refuses a value' : error.message)
  // The first line of a stack repeats the message.
  const calls = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? []
  clean.stack = [`Error: ${clean.message}`, ...calls].join('\n')
  return Object.assign(clean, fields)
}

/** Whether the disk is full, as SQLSTATE 53100 (also behind a panic) or as the operating system says it. */
export function isDiskFull(error: unknown): boolean {
  const code = sqlState(error)
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return true
  return error instanceof Error && /no space left on device|ENOSPC|disk quota exceeded/i.test(error.message)
}

/** The sentence for a full disk under `place`. */
export function diskFull(place: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    'disk_full',
    `The disk that holds ${place} is full. Free space there and start again; what was confirmed is kept.`,
    cause,
  )
}
