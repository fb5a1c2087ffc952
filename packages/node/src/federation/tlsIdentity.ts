/**
 * The certificate by which partners recognise a node (LINK-50). It is self-signed, because only the pin is
 * trusted, and made once, when a node is set up. Its X.509 structure (RFC 5280) holds only a key, a name and
 * dates, and needs no library.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { encodeHex, sha256 } from '#wire/digest.ts'
import { iso } from '#node/world.ts'
import type { World } from '#node/world.ts'

/** Certificate and key of a node's door and courier. The key is secret. */
export interface TlsIdentity {
  readonly certificatePem: string
  readonly keyPem: string
  /** The pin in the node's card: SHA-256 of the certificate's DER, in hex. */
  readonly sha256: string
}

const DAY_MS = 24 * 3600 * 1000
/**
 * Twenty years: a pin does not expire, and an expired certificate would stop a link without making it safer.
 */
const VALIDITY_MS = 20 * 365 * DAY_MS

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

const TRUE = Buffer.from('0101ff', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const ECDSA_WITH_SHA384 = der(SEQUENCE, Buffer.from('06082a8648ce3d040303', 'hex'))
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex')
const KEY_USAGE = Buffer.from('0603551d0f', 'hex')
const DIGITAL_SIGNATURE = Buffer.from('03020780', 'hex')

/** Makes a P-384 key and its certificate. The key comes from the operating system's random generator. */
export function createTlsIdentity(world: World, nation: string): TlsIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, `${nation.toLowerCase()}.entente`))),
  )
  const now = world.now()
  const serial = Buffer.from(world.random(16))
  // Positive, and without leading zeros.
  serial[0] = (serial[0]! & 0x3f) | 0x40
  const signed = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.of(2))),
    der(INTEGER, serial),
    ECDSA_WITH_SHA384,
    name,
    der(SEQUENCE, time(now - DAY_MS), time(now + VALIDITY_MS)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(
      0xa3,
      der(SEQUENCE, extension(BASIC_CONSTRAINTS, der(SEQUENCE)), extension(KEY_USAGE, DIGITAL_SIGNATURE)),
    ),
  )
  const signature = sign('sha384', signed, privateKey)
  const certificate = der(SEQUENCE, signed, ECDSA_WITH_SHA384, der(BIT_STRING, Buffer.of(0), signature))
  const body = certificate.toString('base64').replace(/.{1,64}/g, '$&\n')
  return {
    certificatePem: `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    sha256: encodeHex(sha256(certificate)),
  }
}

function der(tag: number, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  if (length < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, length), content])
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 0xff), content])
}

function extension(id: Buffer, value: Buffer): Buffer {
  return der(SEQUENCE, id, TRUE, der(OCTET_STRING, value))
}

/** A date. RFC 5280 requires two-digit years until 2049 and four-digit years from 2050. */
function time(instant: number): Buffer {
  const digits = iso(instant).replace(/[-:T]|\.\d+/g, '')
  return digits < '2050' ? der(UTC_TIME, digits.slice(2)) : der(GENERALIZED_TIME, digits)
}
