/** The errors of the blob folder, by code. */

import { DatabaseError } from './databaseError.ts'

export const BLOB_ERROR_CODES = [
  'blob_too_large',
  /** The bytes do not have the digest; they were deleted. */
  'blob_digest_differs',
  /** More bytes arrived than were declared; the part was deleted. */
  'blob_size_differs',
  /** The bytes do not start at the end of the part, which is `resumeAtByte`. */
  'blob_offset_differs',
  /** Another request is writing to the same part. */
  'blob_busy',
  /** The part is shorter than declared; it stays and can be resumed. */
  'blob_incomplete',
  'blob_missing',
  /** The file is shorter than the database says. */
  'blob_broken',
  'blob_range_invalid',
] as const
export type BlobErrorCode = (typeof BLOB_ERROR_CODES)[number]

/** Thrown by the blob folder. A full or read-only disk is a `DatabaseError`, as it is for the database. */
export class BlobError extends Error {
  readonly code: BlobErrorCode
  /** With `blob_offset_differs` and `blob_incomplete`: the length of the part. */
  readonly resumeAtByte: number | null

  constructor(code: BlobErrorCode, message: string, resumeAtByte: number | null = null) {
    super(message)
    this.name = 'BlobError'
    this.code = code
    this.resumeAtByte = resumeAtByte
  }
}

/**
 * Maps an error that the operator can mend (disk full, no write access) to a `DatabaseError`; returns any other as is.
 */
export function mendableDiskError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    const what = 'The disk of the blob folder is full. Nothing was registered; free some space and try again.'
    return new DatabaseError('disk_full', what, error)
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    const what = 'The blob folder cannot be written to. Give this process write access to the data folder.'
    return new DatabaseError('folder_not_writable', what, error)
  }
  return error
}
