/**
 * The metadata inside a seal: title, file name, media type, a note and the salt. Implements SEAL-21 to
 * SEAL-23. It is in the clear only where the content is; outside it is the `encryptedMetadata` of OpenTDF.
 */

import { createCipheriv, createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import { decodeBase64, encodeBase64 } from '../digest.ts'
import { SealError } from './error.ts'
import { drawn, IV_SIZE_BYTES, TAG_SIZE_BYTES } from './key.ts'
import type { Random } from './key.ts'
import { SALT_SIZE_BYTES } from './stream.ts'

/** Bounds the manifest: the encrypted form takes 16/9 of this. */
export const METADATA_SIZE_BYTES_MAX = 4096
const SEALED_METADATA_LENGTH_MAX = 8192

/** A lone surrogate has no UTF-8 form and would not round-trip. */
const Text = z.string().refine((text) => text.isWellFormed())

/** The fields in the order of the exact text. */
const SealMetadata = z.strictObject({
  v: z.literal(1),
  title: Text.min(1).max(300),
  /**
   * As the uploader's machine named it: shown, never used as a path. Null for text written in the console.
   */
  fileName: Text.min(1).max(255).nullable(),
  /** As declared, for example `application/pdf`. How it is shown depends on the content itself. */
  mediaType: z.string().regex(/^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/),
  note: Text.max(3000),
  /** From the sealer, base64 of 32 bytes. */
  salt: z.base64().length(44),
})
export type SealMetadata = z.infer<typeof SealMetadata>

/** The exact text that is committed to and sealed. Throws `seal_metadata_malformed` beyond the limits. */
export function sealMetadataText(metadata: SealMetadata): string {
  const parsed = SealMetadata.safeParse(metadata)
  if (!parsed.success) throw malformed(parsed.error)
  const text = JSON.stringify(parsed.data)
  if (Buffer.byteLength(text) > METADATA_SIZE_BYTES_MAX) throw malformed()
  return text
}

/** Parses the exact text. Throws `seal_metadata_malformed` for any other spelling. */
export function parseSealMetadata(text: string): SealMetadata {
  let metadata: SealMetadata
  try {
    metadata = SealMetadata.parse(JSON.parse(text))
  } catch (cause) {
    throw malformed(cause)
  }
  if (sealMetadataText(metadata) !== text) throw malformed()
  return metadata
}

/** The salt as bytes, for an opener. */
export function saltOf(metadata: SealMetadata): Uint8Array {
  const salt = decodeBase64(metadata.salt, 'salt')
  if (salt.length !== SALT_SIZE_BYTES) throw malformed()
  return salt
}

/**
 * Encrypts the exact metadata text under the DEK: base64 of `{ciphertext: base64(IV‖ct‖tag), iv: base64}`.
 */
export function sealMetadata(dek: Uint8Array, metadataText: string, random: Random): string {
  parseSealMetadata(metadataText)
  const iv = drawn(random, IV_SIZE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', dek, iv)
  const encrypted = Buffer.concat([cipher.update(metadataText, 'utf8'), cipher.final()])
  const ciphertext = encodeBase64(Buffer.concat([iv, encrypted, cipher.getAuthTag()]))
  return encodeBase64(Buffer.from(JSON.stringify({ ciphertext, iv: encodeBase64(iv) })))
}

const Sealed = z.strictObject({ ciphertext: z.base64(), iv: z.base64().length(16) })

/**
 * The inverse of `sealMetadata`. Throws `seal_metadata_altered`, or `seal_metadata_malformed` for the text
 * inside.
 */
export function openMetadata(dek: Uint8Array, sealed: string): { text: string; metadata: SealMetadata } {
  let text: string
  try {
    const bytes = encryptedBytes(sealed)
    const iv = bytes.subarray(0, IV_SIZE_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', dek, iv, { authTagLength: TAG_SIZE_BYTES })
    decipher.setAuthTag(bytes.subarray(-TAG_SIZE_BYTES))
    const plain = Buffer.concat([
      decipher.update(bytes.subarray(IV_SIZE_BYTES, -TAG_SIZE_BYTES)),
      decipher.final(),
    ])
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch (cause) {
    throw new SealError('seal_metadata_altered', 'the sealed metadata does not open', cause)
  }
  return { text, metadata: parseSealMetadata(text) }
}

/**
 * `IV‖ct‖tag` from the one spelling of the sealed form. Its caller turns any error into
 * `seal_metadata_altered`.
 */
function encryptedBytes(sealed: string): Uint8Array {
  if (sealed.length > SEALED_METADATA_LENGTH_MAX) throw new RangeError('too long')
  const text = Buffer.from(decodeBase64(sealed)).toString('utf8')
  const { ciphertext, iv } = Sealed.parse(JSON.parse(text))
  if (JSON.stringify({ ciphertext, iv }) !== text) throw new RangeError('another spelling')
  const bytes = decodeBase64(ciphertext)
  if (bytes.length < IV_SIZE_BYTES + TAG_SIZE_BYTES) throw new RangeError('too short')
  if (encodeBase64(bytes.subarray(0, IV_SIZE_BYTES)) !== iv) throw new RangeError('two different IVs')
  return bytes
}

function malformed(cause?: unknown): SealError {
  return new SealError('seal_metadata_malformed', 'the metadata breaks a limit of its form', cause)
}
