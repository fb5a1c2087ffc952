/** What goes wrong with a database as such: each kind has a code and a sentence that says what to do. */

export type DatabaseErrorCode =
  | 'database_in_use'
  | 'database_corrupt'
  | 'disk_full'
  | 'folder_not_writable'
  | 'database_unreachable'
  | 'database_denied'
  | 'database_too_old'
  | 'database_newer'
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
