/** Sealing and opening as streams: chunking does not matter, and nothing unverified is output. */

import { createDecipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha384 } from '../digest.ts'
import { SEAL_ERROR_CODES } from './error.ts'
import { contentCommitment, createOpener, createSealer, openSegment, segmentSpan } from './stream.ts'
import type { ByteTransform } from './stream.ts'
import { CONTENT_SIZE_BYTES_MAX, segmentCount, segmentSizeFor } from './table.ts'
import { segmentTableFromText, segmentTableToText } from './table.ts'
import type { SegmentTable } from './table.ts'
import { seededRandom, testSeal, thrownCode } from './testSeal.ts'
import { runs } from '../testProperties.ts'

const MEBIBYTE = 1024 * 1024
/** Two full segments and part of a third. */
const content = Buffer.from(seededRandom('content')(2 * MEBIBYTE + 1234))
const seal = testSeal(content, 'stream')
const { table, salt } = seal.sealed
const SEGMENT = MEBIBYTE + 28

function run(transform: ByteTransform, input: Uint8Array, cuts: readonly number[] = []): Buffer {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), input.length]
  const out = edges.slice(1).flatMap((edge, index) => transform.push(input.subarray(edges[index], edge)))
  return Buffer.concat([...out, ...transform.finish()])
}

function openAll(payload: Uint8Array, with_: { table?: SegmentTable; dek?: Uint8Array } = {}): Buffer {
  return run(createOpener({ dek: seal.dek, table, salt, ...with_ }), payload)
}

describe('sealing', () => {
  test('[SEAL-14] any chunking of the same content gives the same payload, digest and table', () => {
    const cut = fc.array(fc.nat(content.length), { maxLength: 12 })
    fc.assert(
      fc.property(cut, cut, (sealCuts, openCuts) => {
        const random = seededRandom('chunking')
        const sealer = createSealer({ dek: seal.dek, random, contentSizeBytes: content.length })
        const payload = run(sealer, content, sealCuts)
        expect(sealer.sealed().payloadDigest).toBe(sha384(payload))
        expect(sealer.sealed().payloadSizeBytes).toBe(payload.length)
        expect(sealer.sealed().payloadDigest).toBe(chunkedOnce)
        const { table: ownTable, salt: ownSalt, contentDigest } = sealer.sealed()
        const opener = createOpener({ dek: seal.dek, table: ownTable, salt: ownSalt })
        expect(
          run(
            opener,
            payload,
            openCuts.map((at) => at % payload.length),
          ).equals(content),
        ).toBe(true)
        expect(opener.contentDigest()).toEqual(contentDigest)
      }),
      runs(25),
    )
  })
  const once = createSealer({
    dek: seal.dek,
    random: seededRandom('chunking'),
    contentSizeBytes: content.length,
  })
  run(once, content)
  const chunkedOnce = once.sealed().payloadDigest

  test('[SEAL-15] a segment is IV, ciphertext and tag, readable with AES-256-GCM alone', () => {
    const segment = seal.payload.subarray(SEGMENT, 2 * SEGMENT)
    const decipher = createDecipheriv('aes-256-gcm', seal.dek, segment.subarray(0, 12))
    decipher.setAuthTag(segment.subarray(-16))
    const plain = Buffer.concat([decipher.update(segment.subarray(12, -16)), decipher.final()])
    expect(plain.equals(content.subarray(MEBIBYTE, 2 * MEBIBYTE))).toBe(true)
  })

  test.each([0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 2 * MEBIBYTE])('[SEAL-11] %d bytes', (sizeBytes) => {
    const part = content.subarray(0, sizeBytes)
    const { payload, sealed, dek } = testSeal(part, 'edge')
    expect(segmentCount(sealed.table)).toBe(Math.max(1, Math.ceil(sizeBytes / MEBIBYTE)))
    const opener = createOpener({ dek, table: sealed.table, salt: sealed.salt })
    expect(run(opener, payload).equals(part)).toBe(true)
  })

  test('[SEAL-10] the segment size follows the size of the content', () => {
    const sizes = [0, 512 * MEBIBYTE, 512 * MEBIBYTE + 1, 1025 * MEBIBYTE, CONTENT_SIZE_BYTES_MAX, undefined]
    expect(sizes.map((size) => segmentSizeFor(size) / MEBIBYTE)).toEqual([1, 1, 2, 3, 4, 4])
    expect(thrownCode(() => segmentSizeFor(CONTENT_SIZE_BYTES_MAX + 1))).toBe('seal_content_too_large')
    for (const size of [-1, 0.5, Number.NaN]) {
      expect(thrownCode(() => segmentSizeFor(size))).toBe('seal_size_mismatch')
    }
  })

  test('[SEAL-16] content of another size than declared is refused: more at once, less at the end', () => {
    const sealer = () => createSealer({ dek: seal.dek, random: seededRandom('size'), contentSizeBytes: 10 })
    expect(thrownCode(() => sealer().push(content.subarray(0, 11)))).toBe('seal_size_mismatch')
    const short = sealer()
    short.push(content.subarray(0, 9))
    expect(thrownCode(() => short.finish())).toBe('seal_size_mismatch')
  })

  test('[SEAL-20] the commitment is SHA-384 over framed metadata and salted content digest', () => {
    const salted = createHash('sha384').update('entente content v1\n').update(salt).update(content).digest()
    expect(salted).toEqual(seal.sealed.contentDigest)
    const text = Buffer.from(seal.metadataText)
    const framed = Buffer.concat([
      Buffer.from('entente item v1\n'),
      Buffer.from([0, 0, text.length >> 8, text.length & 255]),
      text,
      Buffer.from([0, 0, 0, 48]),
      salted,
    ])
    expect(contentCommitment(seal.metadataText, salted)).toBe(sha384(framed))
    const other = seal.metadataText.replace('EXERCISE', 'EXERCISF')
    expect(contentCommitment(other, salted)).not.toBe(sha384(framed))
  })
})

describe('opening', () => {
  test('[SEAL-17] any single byte change of the payload fails, and nothing of its segment is output', () => {
    const small = testSeal(content.subarray(0, 5000), 'small')
    const options = { dek: small.dek, table: small.sealed.table, salt: small.sealed.salt }
    fc.assert(
      fc.property(fc.nat(small.payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const altered = Buffer.from(small.payload)
        altered[at] = (altered[at] ?? 0) ^ mask
        expect(thrownCode(() => createOpener(options).push(altered))).toBe('seal_segment_altered')
      }),
      runs(1_000),
    )
  })

  test('[SEAL-17] only what was verified before an altered segment is output', () => {
    const altered = Buffer.from(seal.payload)
    altered[SEGMENT + 500] = (altered[SEGMENT + 500] ?? 0) ^ 1
    const opener = createOpener({ dek: seal.dek, table, salt })
    const first = Buffer.concat(opener.push(altered.subarray(0, SEGMENT + 400)))
    expect(first.equals(content.subarray(0, MEBIBYTE))).toBe(true)
    expect(thrownCode(() => opener.push(altered.subarray(SEGMENT + 400)))).toBe('seal_segment_altered')
  })

  test('[SEAL-18] truncated, extended, reordered, repeated, missing and foreign segments', () => {
    const at = (index: number) => seal.payload.subarray(index * SEGMENT, (index + 1) * SEGMENT)
    const foreign = testSeal(content, 'foreign').payload.subarray(0, SEGMENT)
    const code = (...parts: Uint8Array[]) => thrownCode(() => openAll(Buffer.concat(parts)))
    expect(code()).toBe('seal_truncated')
    expect(code(seal.payload.subarray(0, -1))).toBe('seal_truncated')
    expect(code(at(0), at(1))).toBe('seal_truncated')
    expect(code(seal.payload, Buffer.alloc(1))).toBe('seal_excess')
    expect(code(at(1), at(0), at(2))).toBe('seal_segment_altered')
    expect(code(at(0), at(0), at(2))).toBe('seal_segment_altered')
    expect(code(at(0), at(2))).toBe('seal_truncated')
    expect(code(foreign, at(1), at(2))).toBe('seal_segment_altered')
  })

  test('[SEAL-13] an altered table is refused before the first byte', () => {
    const tags = Buffer.concat([
      table.tags.subarray(16, 32),
      table.tags.subarray(0, 16),
      table.tags.subarray(32),
    ])
    const bad: Record<string, SegmentTable> = {
      reordered: { ...table, tags },
      shortened: { ...table, tags: table.tags.subarray(0, 32), contentSizeBytes: 2 * MEBIBYTE },
      contradictory: { ...table, contentSizeBytes: 3 * MEBIBYTE + 1 },
      huge: { ...table, segmentSizeBytes: 2 ** 40 },
      unsigned: { ...table, rootSignature: new Uint8Array(0) },
    }
    for (const altered of Object.values(bad)) {
      expect(thrownCode(() => openAll(seal.payload, { table: altered }))).toBe('seal_table_altered')
    }
    expect(thrownCode(() => openAll(seal.payload, { dek: new Uint8Array(32) }))).toBe('seal_table_altered')
    const otherSizes = { ...table, contentSizeBytes: table.contentSizeBytes - 1 }
    expect(SEAL_ERROR_CODES).toContain(thrownCode(() => openAll(seal.payload, { table: otherSizes })))
  })

  test('[SEAL-19] a range is read from its segments alone', () => {
    const [from, to] = [MEBIBYTE - 10, 2 * MEBIBYTE + 10]
    const span = segmentSpan(table, from, to)
    expect(span).toMatchObject({ firstIndex: 0, lastIndex: 2, skipBytes: from, payloadFromByte: 0 })
    expect(span.payloadToByte).toBe(seal.payload.length)
    const inside = segmentSpan(table, MEBIBYTE + 5, MEBIBYTE + 6)
    expect(inside).toMatchObject({ firstIndex: 1, lastIndex: 1, skipBytes: 5 })
    const encrypted = seal.payload.subarray(inside.payloadFromByte, inside.payloadToByte)
    expect(openSegment(seal.dek, table, 1, encrypted)[5]).toBe(content[MEBIBYTE + 5])
    expect(thrownCode(() => openSegment(seal.dek, table, 0, encrypted))).toBe('seal_segment_altered')
    expect(() => segmentSpan(table, 0, table.contentSizeBytes + 1)).toThrow(RangeError)
  })

  test('[SEAL-12] the table round-trips through its text, and an altered text is refused', () => {
    const text = segmentTableToText(table)
    const read = segmentTableFromText(text)
    expect(segmentTableToText(read)).toBe(text)
    expect(openAll(seal.payload, { table: read }).equals(content)).toBe(true)
    for (const bad of ['', '{}', text.replace('1048576', '1048577000'), text.slice(0, -1)]) {
      expect(thrownCode(() => segmentTableFromText(bad))).toBe('seal_table_altered')
    }
  })
})
