/** The part of a content that a request asks for (RFC 9110, section 14): one range of bytes, or the whole. Pure. */

/** End exclusive. */
export interface ByteRange {
  readonly fromByte: number
  readonly toByte: number
}

/** Fifteen digits count more bytes than any content has, and are still exact numbers. */
const ONE_RANGE = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/

/**
 * What a `Range` header asks of a content: a range within it, `null` for the whole, or `unsatisfiable`. What is no
 * single range of bytes (another unit, several ranges, anything else) is left aside, as the standard has it.
 */
export function rangeOf(header: string | null, sizeBytes: number): ByteRange | null | 'unsatisfiable' {
  const [, first = '', last = ''] = ONE_RANGE.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const count = Number(last)
    if (count === 0 || sizeBytes === 0) return 'unsatisfiable'
    return { fromByte: Math.max(0, sizeBytes - count), toByte: sizeBytes }
  }
  const fromByte = Number(first)
  const toByte = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes)
  // An end before its beginning is no range at all; a beginning past the end is one that cannot be given.
  if (last !== '' && Number(last) < fromByte) return null
  return fromByte >= sizeBytes ? 'unsatisfiable' : { fromByte, toByte }
}
