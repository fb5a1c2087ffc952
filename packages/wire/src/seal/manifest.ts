/**
 * The manifest of a seal, `0.manifest.json` of OpenTDF 4.3: who may open it, under which label, and what the
 * payload must be. Implements SEAL-30 to SEAL-36. It is exact text: any other spelling of the same JSON is
 * refused.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { decodeBase64, encodeBase64, isSha384 } from '../digest.ts'
import type { Sha384 } from '../digest.ts'
import { SealError } from './error.ts'
import { drawn, framed, KEY_ACCESS_TYPES, unwrapKey, wrapKey } from './key.ts'
import type { KasPrivateKey, KasPublicKey, KasSuite, Random } from './key.ts'
import { openMetadata } from './metadata.ts'
import type { SealMetadata } from './metadata.ts'
import {
  SEGMENT_COUNT_MAX,
  SEGMENT_OVERHEAD_BYTES,
  SEGMENT_SIZE_BYTES_MAX,
  segmentCount,
  segmentSizeAt,
  tableIsConsistent,
  tagAt,
  verifyTable,
} from './table.ts'
import type { SegmentTable } from './table.ts'

/** A manifest travels inside a statement, whose size is bounded. */
export const MANIFEST_SIZE_BYTES_MAX = 32 * 1024
const SCHEMA_VERSION = '4.3.0'
const KEY_ACCESS_COUNT_MAX = 8
/** All key access objects of one `sid` hold the same key, so any one of them opens the seal. */
const SPLIT_ID = 'content'
const LABEL_ATTRIBUTE = 'https://entente.example/attr/label-sha384/value/'

/** Base64 in its one spelling: padded, and with no stray bits in the last character. */
const Base64 = z.base64().refine((text) => encodeBase64(Buffer.from(text, 'base64')) === text)

const KeyAccess = z.strictObject({
  type: z.enum(Object.values(KEY_ACCESS_TYPES)),
  url: z.url({ protocol: /^https?$/ }).max(200),
  protocol: z.literal('kas'),
  kid: z.string().regex(/^[0-9a-f]{32}$/),
  sid: z.literal(SPLIT_ID),
  wrappedKey: Base64.max(2400),
  policyBinding: z.strictObject({ alg: z.literal('HS256'), hash: Base64.length(88) }),
  encryptedMetadata: Base64.max(8192),
})
type KeyAccess = z.infer<typeof KeyAccess>

const Segment = z.strictObject({
  hash: Base64.length(24),
  segmentSize: z.int().min(0).max(SEGMENT_SIZE_BYTES_MAX).optional(),
  encryptedSegmentSize: z.int().min(0).optional(),
})

const Manifest = z.strictObject({
  encryptionInformation: z.strictObject({
    type: z.literal('split'),
    keyAccess: z.array(KeyAccess).min(1).max(KEY_ACCESS_COUNT_MAX),
    method: z.strictObject({
      algorithm: z.literal('AES-256-GCM'),
      iv: z.literal(''),
      isStreamable: z.literal(true),
    }),
    integrityInformation: z.strictObject({
      rootSignature: z.strictObject({ alg: z.literal('HS256'), sig: Base64.length(44) }),
      segmentHashAlg: z.literal('GMAC'),
      segmentSizeDefault: z.int().min(1).max(SEGMENT_SIZE_BYTES_MAX),
      encryptedSegmentSizeDefault: z.int().min(1),
      segments: z.array(Segment).min(1).max(SEGMENT_COUNT_MAX),
    }),
    policy: Base64.max(1024),
  }),
  payload: z.strictObject({
    type: z.literal('reference'),
    url: z.literal('0.payload'),
    protocol: z.literal('zip'),
    isEncrypted: z.literal(true),
    mimeType: z.literal('application/octet-stream'),
  }),
  schemaVersion: z.literal(SCHEMA_VERSION),
})
type Manifest = z.infer<typeof Manifest>

const Policy = z.strictObject({
  uuid: z.uuid(),
  body: z.strictObject({
    dataAttributes: z.array(z.strictObject({ attribute: z.string().startsWith(LABEL_ATTRIBUTE) })).length(1),
    dissem: z.array(z.never()),
  }),
})

/** A recipient: its KAS key and the address of that KAS. */
export interface SealRecipient {
  readonly key: KasPublicKey
  readonly url: string
}

/** A parsed manifest. Only its form is verified. */
export interface ParsedManifest {
  readonly table: SegmentTable
  readonly labelDigest: Sha384
  readonly policyId: string
  /** Base64, exactly as bound. */
  readonly policy: string
  readonly keyAccess: readonly KeyAccess[]
}

/** What a recipient gets from a manifest, all of it verified. */
export interface OpenedManifest {
  readonly dek: Uint8Array
  readonly metadata: SealMetadata
  /** The exact text that the commitment covers. */
  readonly metadataText: string
  readonly table: SegmentTable
  readonly policyId: string
}

/**
 * The exact manifest text for recipients, from what was kept at upload; does not read the payload.
 * `metadataSealed` is from `sealMetadata`. Throws `seal_manifest_too_large`, `seal_table_altered`.
 */
export function buildManifest(options: {
  readonly dek: Uint8Array
  readonly table: SegmentTable
  readonly metadataSealed: string
  readonly labelDigest: Sha384
  readonly recipients: readonly SealRecipient[]
  readonly random: Random
}): string {
  const { dek, table, metadataSealed, random } = options
  verifyTable(dek, table)
  openMetadata(dek, metadataSealed)
  const policy = policyText(options.labelDigest, random)
  const manifest: Manifest = {
    encryptionInformation: {
      type: 'split',
      keyAccess: options.recipients.map(({ key, url }) => {
        const head = { type: KEY_ACCESS_TYPES[key.suite], url, protocol: 'kas' as const, kid: key.kid }
        const wrapped = wrapKey(dek, key, keyContext({ ...head, policy, table }), random)
        return {
          ...head,
          sid: SPLIT_ID,
          wrappedKey: encodeBase64(wrapped),
          policyBinding: { alg: 'HS256', hash: policyBinding(dek, policy) },
          encryptedMetadata: metadataSealed,
        }
      }),
      method: { algorithm: 'AES-256-GCM', iv: '', isStreamable: true },
      integrityInformation: integrityOf(table),
      policy,
    },
    payload: {
      type: 'reference',
      url: '0.payload',
      protocol: 'zip',
      isEncrypted: true,
      mimeType: 'application/octet-stream',
    },
    schemaVersion: SCHEMA_VERSION,
  }
  const text = JSON.stringify(manifest)
  parseManifest(text)
  return text
}

/**
 * Parses a manifest from outside. Throws `seal_manifest_too_large`, and `seal_manifest_malformed` for
 * anything but the one spelling of a well-formed manifest.
 */
export function parseManifest(text: string): ParsedManifest {
  if (Buffer.byteLength(text) > MANIFEST_SIZE_BYTES_MAX) {
    throw new SealError('seal_manifest_too_large', `a manifest of more than ${MANIFEST_SIZE_BYTES_MAX} bytes`)
  }
  const manifest = exactJson(text, Manifest, 'manifest')
  const { policy, keyAccess } = manifest.encryptionInformation
  const policyJson = Buffer.from(decodeBase64(policy, 'policy')).toString('utf8')
  const { uuid, body } = exactJson(policyJson, Policy, 'policy')
  const labelDigest = `sha384:${body.dataAttributes[0]?.attribute.slice(LABEL_ATTRIBUTE.length)}`
  if (!isSha384(labelDigest)) throw malformed('the label digest')
  if (new Set(keyAccess.map(({ kid }) => kid)).size !== keyAccess.length)
    throw malformed('two keys of one kid')
  return { table: tableOf(manifest), labelDigest, policyId: uuid, policy, keyAccess }
}

/**
 * Opens a manifest with one of the node's keys, for exactly the label that its statement carries. Throws as
 * `parseManifest`, then `seal_label_mismatch`, `seal_not_recipient`, `seal_key_refused`,
 * `seal_policy_altered`, `seal_table_altered`, `seal_metadata_altered`, in that order.
 */
export function openManifest(
  text: string,
  keys: readonly KasPrivateKey[],
  expectedLabelDigest: Sha384,
): OpenedManifest {
  const { table, labelDigest, policyId, policy, keyAccess } = parseManifest(text)
  if (labelDigest !== expectedLabelDigest) {
    throw new SealError('seal_label_mismatch', 'the seal is bound to another label')
  }
  const { object, key } = matchingKey(keyAccess, keys)
  const wrapped = decodeBase64(object.wrappedKey, 'wrappedKey')
  const dek = unwrapKey(wrapped, key, keyContext({ ...object, policy, table }))
  const bindings = keyAccess.map(({ policyBinding: binding }) => Buffer.from(binding.hash))
  const expectedBinding = Buffer.from(policyBinding(dek, policy))
  if (!bindings.every((binding) => timingSafeEqual(binding, expectedBinding))) {
    throw new SealError('seal_policy_altered', 'the policy is not the one that the key was bound to')
  }
  verifyTable(dek, table)
  const { text: metadataText, metadata } = openMetadata(dek, object.encryptedMetadata)
  return { dek, metadata, metadataText, table, policyId }
}

function matchingKey(
  keyAccess: readonly KeyAccess[],
  keys: readonly KasPrivateKey[],
): { object: KeyAccess; key: KasPrivateKey } {
  for (const object of keyAccess) {
    const key = keys.find((candidate) => candidate.public.kid === object.kid)
    if (key !== undefined && KEY_ACCESS_TYPES[key.public.suite] === object.type) return { object, key }
  }
  throw new SealError('seal_not_recipient', 'no key access object is made out to a key of this node')
}

/**
 * Binds to the wrapping key everything in the manifest that neither root signature nor policy binding covers.
 */
function keyContext(bound: {
  readonly type: (typeof KEY_ACCESS_TYPES)[KasSuite]
  readonly url: string
  readonly kid: string
  readonly policy: string
  readonly table: SegmentTable
}): Uint8Array {
  const { type, url, kid, policy, table } = bound
  const sizes = [String(table.segmentSizeBytes), String(table.contentSizeBytes)]
  return framed(['entente seal v1', SCHEMA_VERSION, type, url, kid, SPLIT_ID, policy, ...sizes])
}

/** As in OpenTDF 4.3: base64 of the hex digits of HMAC-SHA256 under the key share, over the base64 policy. */
function policyBinding(dek: Uint8Array, policy: string): string {
  return encodeBase64(Buffer.from(createHmac('sha256', dek).update(policy).digest('hex')))
}

function policyText(labelDigest: Sha384, random: Random): string {
  const attribute = LABEL_ATTRIBUTE + labelDigest.slice('sha384:'.length)
  const policy = {
    uuid: uuidFrom(drawn(random, 16)),
    body: { dataAttributes: [{ attribute }], dissem: [] },
  }
  return encodeBase64(Buffer.from(JSON.stringify(policy)))
}

/** A version 4 UUID (RFC 9562) from 16 random bytes. */
function uuidFrom(random: Uint8Array): string {
  const bytes = Buffer.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * Writes a size only where it differs from the default, which keeps the manifest of a 2 GiB item within
 * bounds.
 */
function integrityOf(table: SegmentTable): Manifest['encryptionInformation']['integrityInformation'] {
  const count = segmentCount(table)
  return {
    rootSignature: { alg: 'HS256', sig: encodeBase64(table.rootSignature) },
    segmentHashAlg: 'GMAC',
    segmentSizeDefault: table.segmentSizeBytes,
    encryptedSegmentSizeDefault: table.segmentSizeBytes + SEGMENT_OVERHEAD_BYTES,
    segments: Array.from({ length: count }, (_, index) => {
      const hash = encodeBase64(tagAt(table, index))
      const segmentSize = segmentSizeAt(table, index)
      if (segmentSize === table.segmentSizeBytes) return { hash }
      return { hash, segmentSize, encryptedSegmentSize: segmentSize + SEGMENT_OVERHEAD_BYTES }
    }),
  }
}

function tableOf(manifest: Manifest): SegmentTable {
  const integrity = manifest.encryptionInformation.integrityInformation
  const { segments, segmentSizeDefault } = integrity
  const lastSizeBytes = segments.at(-1)?.segmentSize ?? segmentSizeDefault
  const table: SegmentTable = {
    segmentSizeBytes: segmentSizeDefault,
    contentSizeBytes: (segments.length - 1) * segmentSizeDefault + lastSizeBytes,
    tags: Buffer.concat(segments.map(({ hash }) => decodeBase64(hash, 'segments'))),
    rootSignature: decodeBase64(integrity.rootSignature.sig, 'rootSignature'),
  }
  // Comparing with the table as we write it catches every missing, superfluous or contradictory size.
  const expected = tableIsConsistent(table) && JSON.stringify(integrityOf(table))
  if (expected !== JSON.stringify(integrity)) throw malformed('the segment sizes')
  return table
}

/** Parses JSON that the schema serialises to exactly the same text: no second spelling, no duplicate key. */
function exactJson<T>(text: string, schema: z.ZodType<T>, what: string): T {
  let value: T
  try {
    value = schema.parse(JSON.parse(text))
  } catch (cause) {
    throw malformed(what, cause)
  }
  if (JSON.stringify(value) !== text) throw malformed(`the spelling of the ${what}`)
  return value
}

function malformed(what: string, cause?: unknown): SealError {
  return new SealError('seal_manifest_malformed', what, cause)
}
