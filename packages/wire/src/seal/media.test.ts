/** Sealed media: any chunking, any length, only the envelope visible, no alteration that opens. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMediaOpener, createMediaSealer, readMediaEnvelope } from './media.ts'
import { SEAL_ERROR_CODES } from './error.ts'
import { generateKasKeys } from './key.ts'
import type { ByteTransform } from './stream.ts'
import { seededRandom, thrownCode } from './testSeal.ts'
import { runs } from '../testProperties.ts'

const MEBIBYTE = 1024 * 1024
const envelope = {
  from: 'Ministry of Defense, Tokyo',
  to: 'Ministry of National Defense, Seoul',
  control: 'JP-KR-7',
}
const keys = generateKasKeys('x25519', seededRandom('media keys'))
const bundle = Buffer.from(seededRandom('bundle')(2 * MEBIBYTE + 77))

function run(transform: ByteTransform, input: Uint8Array, cuts: readonly number[] = []): Buffer {
  const edges = [0, ...cuts.map((cut) => cut % (input.length + 1)).sort((a, b) => a - b), input.length]
  const out = edges.slice(1).flatMap((edge, index) => transform.push(input.subarray(edges[index], edge)))
  return Buffer.concat([...out, ...transform.finish()])
}

function sealMedia(content: Uint8Array, cuts: readonly number[] = [], seed = 'media'): Buffer {
  const options = { envelope, recipient: keys.public, random: seededRandom(seed) }
  return run(createMediaSealer(options), content, cuts)
}

const sealed = sealMedia(bundle)
const bodyAt = sealed.indexOf('\n', 30) + 1

test('[SEAL-40] seals and opens under any chunking, always to the same bytes', () => {
  const cuts = fc.array(fc.nat(3 * MEBIBYTE), { maxLength: 8 })
  fc.assert(
    fc.property(cuts, cuts, (sealCuts, openCuts) => {
      expect(sealMedia(bundle, sealCuts).equals(sealed)).toBe(true)
      expect(run(createMediaOpener([keys]), sealed, openCuts).equals(bundle)).toBe(true)
    }),
    runs(20),
  )
})

test('[SEAL-40] byte by byte through the header', () => {
  const opener = createMediaOpener([keys])
  const all = Array.from({ length: bodyAt }, (_, index) => index)
  expect(run(opener, sealed, all).equals(bundle)).toBe(true)
  expect(opener.envelope()).toEqual(envelope)
})

test.each([0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 2 * MEBIBYTE])('[SEAL-43] %d bytes', (sizeBytes) => {
  const part = bundle.subarray(0, sizeBytes)
  expect(run(createMediaOpener([keys]), sealMedia(part)).equals(part)).toBe(true)
})

test('[SEAL-40] the hybrid suite', () => {
  const hybrid = generateKasKeys('x25519+ml-kem-1024', seededRandom('hybrid'))
  const options = { envelope, recipient: hybrid.public, random: seededRandom('hybrid media') }
  const media = run(createMediaSealer(options), bundle.subarray(0, 100))
  expect(run(createMediaOpener([keys, hybrid]), media).equals(bundle.subarray(0, 100))).toBe(true)
  expect(readMediaEnvelope(media).kid).toBe(hybrid.public.kid)
})

test('[SEAL-41] the outside shows addresses and control number, and nothing of the inside', () => {
  expect(readMediaEnvelope(sealed)).toEqual({ ...envelope, kid: keys.public.kid })
  const readable = sealMedia(Buffer.from('EXERCISE '.repeat(1000)))
  expect(readable.includes('EXERCISE')).toBe(false)
  const header = JSON.parse(readable.subarray(24, readable.indexOf('\n', 30)).toString())
  expect(Object.keys(header)).toEqual(['from', 'to', 'control', 'suite', 'kid', 'wrappedKey'])
})

describe('alteration', () => {
  const small = sealMedia(bundle.subarray(0, 3000))
  const open = (bytes: Uint8Array) => thrownCode(() => run(createMediaOpener([keys]), bytes))

  test('[SEAL-42] any single byte change of header or body fails with a code', () => {
    fc.assert(
      fc.property(fc.nat(small.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const altered = Buffer.from(small)
        altered[at] = (altered[at] ?? 0) ^ mask
        expect(SEAL_ERROR_CODES).toContain(open(altered))
      }),
      runs(2_000),
    )
  })

  test('[SEAL-42] another sender on the outside', () => {
    const text = small.toString('latin1').replace('Tokyo', 'Kyoto')
    expect(open(Buffer.from(text, 'latin1'))).toBe('seal_key_refused')
  })

  test('[SEAL-43] truncated at every kind of boundary, extended, reordered', () => {
    const segment = (index: number) => {
      const start = bodyAt + index * (MEBIBYTE + 16)
      return sealed.subarray(start, start + MEBIBYTE + 16)
    }
    const header = sealed.subarray(0, bodyAt)
    expect(open(sealed.subarray(0, 10))).toBe('seal_truncated')
    expect(open(header.subarray(0, -1))).toBe('seal_truncated')
    expect(open(header)).toBe('seal_truncated')
    expect(open(sealed.subarray(0, -1))).toBe('seal_segment_altered')
    expect(open(Buffer.concat([header, segment(0)]))).toBe('seal_segment_altered')
    expect(open(Buffer.concat([header, segment(0), segment(1)]))).toBe('seal_segment_altered')
    expect(open(Buffer.concat([sealed, Buffer.alloc(1)]))).toBe('seal_segment_altered')
    expect(open(Buffer.concat([header, segment(1), segment(0), segment(2)]))).toBe('seal_segment_altered')
    const other = sealMedia(bundle, [], 'other media')
    expect(open(Buffer.concat([header, other.subarray(bodyAt)]))).toBe('seal_segment_altered')
  })

  test('[SEAL-44] another recipient, another format, an endless header', () => {
    const stranger = generateKasKeys('x25519', seededRandom('stranger'))
    expect(thrownCode(() => run(createMediaOpener([stranger]), small))).toBe('seal_not_recipient')
    expect(open(Buffer.from('PK\u0003\u0004 a zip file'))).toBe('seal_media_malformed')
    const endless = Buffer.concat([small.subarray(0, 24), Buffer.alloc(100_000, 'x')])
    expect(open(endless)).toBe('seal_media_malformed')
    expect(thrownCode(() => readMediaEnvelope(endless))).toBe('seal_media_malformed')
    expect(thrownCode(() => readMediaEnvelope(small.subarray(0, 40)))).toBe('seal_media_malformed')
  })

  test('[SEAL-41] an address with a line break, or none, is not written', () => {
    for (const from of ['', ' ', 'a\nb', 'x'.repeat(201), '서울']) {
      const options = {
        envelope: { ...envelope, from },
        recipient: keys.public,
        random: seededRandom('bad'),
      }
      expect(thrownCode(() => createMediaSealer(options))).toBe('seal_media_malformed')
    }
  })
})
