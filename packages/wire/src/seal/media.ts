/**
 * The envelope of removable media: a whole bundle file sealed to the partner node's KAS key, so that the
 * outside shows only addresses and a control number. Implements SEAL-40 to SEAL-44.
 */

import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { decodeBase64, encodeBase64 } from '../digest.ts'
import { SealError } from './error.ts'
import { DEK_SIZE_BYTES, drawn, framed, KAS_SUITES, TAG_SIZE_BYTES, unwrapKey, wrapKey } from './key.ts'
import type { KasPrivateKey, KasPublicKey, Random } from './key.ts'
import type { ByteTransform } from './stream.ts'

const MAGIC = 'entente sealed media v1\n'
/** Magic and header line together. */
const MEDIA_HEADER_SIZE_BYTES_MAX = 8192
const SEGMENT_SIZE_BYTES = 1024 * 1024
const SEALED_SEGMENT_SIZE_BYTES = SEGMENT_SIZE_BYTES + TAG_SIZE_BYTES

/** One line of printable ASCII, as on a typed label. */
const Line = z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/)

const Header = z.strictObject({
  from: Line,
  to: Line,
  control: Line,
  suite: z.enum(KAS_SUITES),
  kid: z.string().regex(/^[0-9a-f]{32}$/),
  wrappedKey: z.base64().max(4096),
})
type Header = z.infer<typeof Header>

/** What the outside says. Anyone can read it; it is verified only when the whole file has opened. */
export interface MediaEnvelope {
  /** Official address of the sender. */
  readonly from: string
  /** Official address of the receiver. */
  readonly to: string
  /** Control number of the consignment. */
  readonly control: string
}

export interface MediaOpener extends ByteTransform {
  /** The envelope; null until the header has been pushed. It is verified once the first bytes are output. */
  envelope(): MediaEnvelope | null
}

/** Seals a stream of any length. Holds one segment (1 MiB) at a time. Throws `seal_media_malformed`. */
export function createMediaSealer(options: {
  readonly envelope: MediaEnvelope
  readonly recipient: KasPublicKey
  readonly random: Random
}): ByteTransform {
  const { envelope, recipient, random } = options
  const fileKey = drawn(random, DEK_SIZE_BYTES)
  const wrapped = wrapKey(fileKey, recipient, wrapContext(envelope), random)
  const { from, to, control } = envelope
  const { suite, kid } = recipient
  const header = headerBytes({ from, to, control, suite, kid, wrappedKey: encodeBase64(wrapped) })
  const key = segmentKey(fileKey, header)
  const pending = Buffer.alloc(SEGMENT_SIZE_BYTES)
  let pendingFilledBytes = 0
  let index = 0
  let headerIsOut = false

  function seal(isLast: boolean): Uint8Array[] {
    const cipher = createCipheriv('aes-256-gcm', key, segmentNonce(index, isLast))
    const encrypted = cipher.update(pending.subarray(0, pendingFilledBytes))
    cipher.final()
    const segment = [encrypted, cipher.getAuthTag()]
    index += 1
    pendingFilledBytes = 0
    if (headerIsOut) return segment
    headerIsOut = true
    return [header, ...segment]
  }

  return {
    push(chunk) {
      const out: Uint8Array[] = []
      for (let at = 0; at < chunk.length;) {
        // A full segment is sealed only when another byte follows, because the last segment is marked.
        if (pendingFilledBytes === SEGMENT_SIZE_BYTES) out.push(...seal(false))
        const part = chunk.subarray(at, at + SEGMENT_SIZE_BYTES - pendingFilledBytes)
        pending.set(part, pendingFilledBytes)
        at += part.length
        pendingFilledBytes += part.length
      }
      return out
    },
    finish: () => seal(true),
  }
}

/**
 * Opens sealed media with one of the node's keys. Every output chunk is verified; only `finish` proves that
 * nothing is missing at the end. Throws `seal_media_malformed`, `seal_not_recipient`, `seal_key_refused`,
 * `seal_segment_altered`, `seal_truncated`.
 */
export function createMediaOpener(keys: readonly KasPrivateKey[]): MediaOpener {
  let head = Buffer.alloc(0)
  let opened: { envelope: MediaEnvelope; key: Uint8Array } | null = null
  const pending = Buffer.alloc(SEALED_SEGMENT_SIZE_BYTES)
  let pendingFilledBytes = 0
  let index = 0

  function open(key: Uint8Array, isLast: boolean): Uint8Array {
    const plain = decryptSegment(key, index, isLast, pending.subarray(0, pendingFilledBytes))
    index += 1
    pendingFilledBytes = 0
    return plain
  }

  /** Collects the header; returns the part of `chunk` that follows it. */
  function takeHead(chunk: Uint8Array): Uint8Array {
    const knownBytes = head.length
    head = Buffer.concat([head, chunk.subarray(0, MEDIA_HEADER_SIZE_BYTES_MAX - knownBytes)])
    const sizeBytes = headerSizeBytes(head)
    if (sizeBytes === null) return new Uint8Array(0)
    head = head.subarray(0, sizeBytes)
    opened = openHeader(head, keys)
    return chunk.subarray(sizeBytes - knownBytes)
  }

  return {
    push(chunk) {
      const body = opened === null ? takeHead(chunk) : chunk
      const out: Uint8Array[] = []
      if (opened === null) return out
      for (let at = 0; at < body.length;) {
        if (pendingFilledBytes === SEALED_SEGMENT_SIZE_BYTES) out.push(open(opened.key, false))
        const part = body.subarray(at, at + SEALED_SEGMENT_SIZE_BYTES - pendingFilledBytes)
        pending.set(part, pendingFilledBytes)
        at += part.length
        pendingFilledBytes += part.length
      }
      return out
    },
    finish() {
      if (opened === null) throw new SealError('seal_truncated', 'the file ends in its header')
      return [open(opened.key, true)]
    },
    envelope: () => opened?.envelope ?? null,
  }
}

/**
 * Reads the envelope of sealed media without a key, to show whom it is for. `start` is at least the first 8
 * KiB of the file, or all of it. Throws `seal_media_malformed`.
 */
export function readMediaEnvelope(start: Uint8Array): MediaEnvelope & { readonly kid: string } {
  const head = Buffer.from(start.subarray(0, MEDIA_HEADER_SIZE_BYTES_MAX))
  const sizeBytes = headerSizeBytes(head)
  if (sizeBytes === null) throw malformed('no header line')
  const { from, to, control, kid } = parseHeader(head.subarray(0, sizeBytes))
  return { from, to, control, kid }
}

function openHeader(
  head: Uint8Array,
  keys: readonly KasPrivateKey[],
): { envelope: MediaEnvelope; key: Uint8Array } {
  const { from, to, control, suite, kid, wrappedKey } = parseHeader(head)
  const own = keys.find(({ public: candidate }) => candidate.kid === kid && candidate.suite === suite)
  if (own === undefined) throw new SealError('seal_not_recipient', 'the media is sealed to another key')
  const envelope = { from, to, control }
  const fileKey = unwrapKey(decodeBase64(wrappedKey, 'wrappedKey'), own, wrapContext(envelope))
  return { envelope, key: segmentKey(fileKey, head) }
}

/**
 * The size of magic and header line; null while they are incomplete. Throws if they can never be complete.
 */
function headerSizeBytes(head: Buffer): number | null {
  const magicBytes = Math.min(head.length, MAGIC.length)
  if (head.subarray(0, magicBytes).toString('latin1') !== MAGIC.slice(0, magicBytes)) {
    throw malformed('not a file of sealed media')
  }
  const end = head.indexOf('\n', MAGIC.length)
  if (end >= 0) return end + 1
  if (head.length >= MEDIA_HEADER_SIZE_BYTES_MAX) throw malformed('an endless header')
  return null
}

function headerBytes(header: Header): Uint8Array {
  const parsed = Header.safeParse(header)
  if (!parsed.success) throw malformed('an address or control number', parsed.error)
  return Buffer.from(`${MAGIC}${JSON.stringify(parsed.data)}\n`)
}

function parseHeader(head: Uint8Array): Header {
  const line = Buffer.from(head).toString('utf8').slice(MAGIC.length, -1)
  let header: Header
  try {
    header = Header.parse(JSON.parse(line))
    decodeBase64(header.wrappedKey, 'wrappedKey')
  } catch (cause) {
    throw malformed('the header', cause)
  }
  if (JSON.stringify(header) !== line) throw malformed('the spelling of the header')
  return header
}

function wrapContext({ from, to, control }: MediaEnvelope): Uint8Array {
  return framed(['entente media v1', from, to, control])
}

/** Derives the segment key from the whole header: under a changed header no segment opens (SEAL-42). */
function segmentKey(fileKey: Uint8Array, header: Uint8Array): Uint8Array {
  const info = createHash('sha384').update(header).digest()
  return new Uint8Array(hkdfSync('sha384', fileKey, 'entente media segments v1', info, DEK_SIZE_BYTES))
}

/**
 * A counter and a flag for the last segment, under a key that is used for one file only: a moved, repeated or
 * removed segment does not open (SEAL-43).
 */
function segmentNonce(index: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function decryptSegment(key: Uint8Array, index: number, isLast: boolean, sealed: Uint8Array): Uint8Array {
  if (sealed.length < TAG_SIZE_BYTES) throw new SealError('seal_truncated', 'the last segment is missing')
  const nonce = segmentNonce(index, isLast)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_SIZE_BYTES })
  decipher.setAuthTag(sealed.subarray(-TAG_SIZE_BYTES))
  const plain = decipher.update(sealed.subarray(0, -TAG_SIZE_BYTES))
  try {
    decipher.final()
  } catch (cause) {
    const what = isLast ? `segment ${index} is altered, or not the last one` : `segment ${index} is altered`
    throw new SealError('seal_segment_altered', what, cause)
  }
  return plain
}

function malformed(what: string, cause?: unknown): SealError {
  return new SealError('seal_media_malformed', what, cause)
}
