/**
 * What can be wrong with a seal: a closed list of codes. A seal is either whole and opens, or it throws
 * one.
 */

export const SEAL_ERROR_CODES = [
  /** A key string, wrapped key or public key is not of the form or length that its suite has. */
  'seal_key_malformed',
  /** No key access object, or media header, is made out to any of the keys at hand. */
  'seal_not_recipient',
  /** The wrapped key does not open: another key, or something that it is bound to was altered. */
  'seal_key_refused',
  'seal_manifest_malformed',
  'seal_manifest_too_large',
  /** The manifest is bound to another label than the one that the statement carries. */
  'seal_label_mismatch',
  'seal_policy_altered',
  'seal_table_altered',
  'seal_metadata_altered',
  'seal_metadata_malformed',
  /** A segment's tag is not the one in the table at its place: altered, swapped or moved. */
  'seal_segment_altered',
  'seal_truncated',
  /** There are bytes after the last segment. */
  'seal_excess',
  'seal_content_too_large',
  /** The content has not the size that was declared when its sealing began. */
  'seal_size_mismatch',
  'seal_media_malformed',
] as const
export type SealErrorCode = (typeof SEAL_ERROR_CODES)[number]

/** Thrown by everything that seals or opens. The message is for the log of this node and names no content. */
export class SealError extends Error {
  readonly code: SealErrorCode

  constructor(code: SealErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'SealError'
    this.code = code
  }
}
