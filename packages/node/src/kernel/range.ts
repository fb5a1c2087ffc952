/** Parses the `Range` header (RFC 9110, section 14): one range of bytes, or the whole. Pure. */

/** End exclusive. */
export interface ByteRange {
  readonly fromByte: number
  readonly toByte: number
}

/** Fifteen digits exceed any size and are still below 2^53. */
const ONE_RANGE = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/

/**
 * The range that a `Range` header requests of `sizeBytes` bytes; null for the whole. Any header that is not one range
 * of bytes (another unit, several ranges, malformed) is ignored, as the RFC allows.
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
  // `bytes=5-1` is malformed and ignored; a range that starts past the end is unsatisfiable.
  if (last !== '' && Number(last) < fromByte) return null
  return fromByte >= sizeBytes ? 'unsatisfiable' : { fromByte, toByte }
}
