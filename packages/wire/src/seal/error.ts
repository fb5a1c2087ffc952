/**
 * The errors of seals: a closed list of codes. Opening a seal either succeeds as a whole or throws one of
 * them.
 */

export const SEAL_ERROR_CODES = [
  /** A key string, wrapped key or public key does not have the form or length of its suite. */
  'seal_key_malformed',
  /** No key access object, or media header, is for any of the given keys. */
  'seal_not_recipient',
  /** The wrapped key does not open: wrong key, or something that it is bound to was altered. */
  'seal_key_refused',
  'seal_manifest_malformed',
  'seal_manifest_too_large',
  /** The manifest is not bound to the label that the statement carries. */
  'seal_label_mismatch',
  'seal_policy_altered',
  'seal_table_altered',
  'seal_metadata_altered',
  'seal_metadata_malformed',
  /** A segment's tag is not the one at its index in the table: altered, swapped or moved. */
  'seal_segment_altered',
  'seal_truncated',
  /** There are bytes after the last segment. */
  'seal_excess',
  'seal_content_too_large',
  /** The content does not have the size that was declared when sealing began. */
  'seal_size_mismatch',
  'seal_media_malformed',
] as const
export type SealErrorCode = (typeof SEAL_ERROR_CODES)[number]

/** Thrown by everything that seals or opens. The message is for the node's own log and quotes no content. */
export class SealError extends Error {
  readonly code: SealErrorCode

  constructor(code: SealErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'SealError'
    this.code = code
  }
}
