/** Log proofs: [LOG-50] to [LOG-53]. */
import { describe, expect, test } from 'vitest'
import vectors from '../../../../spec/vectors/log/log-proofs.json' with { type: 'json' }
import { signCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { encodeBase64, equalBytes } from '../digest.ts'
import { formatLogProof, parseLogProof, verifyLogProof } from './proof.ts'
import * as merkle from './merkle.ts'
import { addSignatures } from './note.ts'
import { generateSuiteKeys, importPublicKeys, publicKeysOf, signerOf, verifierOf } from '../suite.ts'

const trust = {
  log: verifierOf(vectors.log.name, importPublicKeys(vectors.log.keys)),
  cosigners: vectors.cosigners.map(({ name, keys }) => verifierOf(name, importPublicKeys(keys))),
  cosignersMin: 2,
}

describe('log proof', () => {
  test.each(vectors.malformed)('[LOG-50] $about: $code', ({ file, code }) => {
    expect(() => parseLogProof(Buffer.from(file))).toThrow(expect.objectContaining({ code }))
  })

  test.each(vectors.verified)('[LOG-51] [LOG-52] [LOG-53] $about: $code', ({ file, leaf, code }) => {
    const proof = parseLogProof(Buffer.from(file))
    expect(Buffer.from(formatLogProof(proof)).toString()).toBe(file)
    const verdict = verifyLogProof(proof, Buffer.from(leaf, 'base64'), trust)
    if (code !== null) {
      expect(verdict).toEqual({ ok: false, code })
    } else if (!verdict.ok) {
      expect.unreachable(verdict.code)
    } else {
      expect(verdict.value.index).toBe(7)
      expect(verdict.value.checkpoint).toMatchObject({ origin: vectors.log.name, size: 13 })
      expect(Object.fromEntries(verdict.value.cosigned)).toEqual(vectors.times)
    }
  })

  test('[LOG-51] extra data round-trips and changes nothing that is proved', () => {
    const file = vectors.verified.find(({ about }) => about === 'with extra data')!
    const proof = parseLogProof(Buffer.from(file.file))
    expect(encodeBase64(proof.extra!)).toBe('AQID')
    const leaf = Buffer.from(file.leaf, 'base64')
    expect(verifyLogProof({ ...proof, extra: Buffer.from('other') }, leaf, trust).ok).toBe(true)
  })

  test('[LOG-53] the log itself is not a cosigner, and a threshold of 0 needs none', () => {
    const { file, leaf } = vectors.verified.find(({ code }) => code === 'cosigners_too_few')!
    const proof = parseLogProof(Buffer.from(file))
    const hash = Buffer.from(leaf, 'base64')
    expect(verifyLogProof(proof, hash, { ...trust, cosigners: [trust.log], cosignersMin: 1 })).toEqual({
      ok: false,
      code: 'cosigners_too_few',
    })
    expect(verifyLogProof(proof, hash, { ...trust, cosigners: [], cosignersMin: 0 }).ok).toBe(true)
  })

  test('[LOG-50] [LOG-52] every entry of a log signed and cosigned here', () => {
    const size = 21
    const leafAt = (index: number) => merkle.leafHash(Buffer.from(`statement ${index}`))
    const subtrees = new Map<string, Uint8Array>()
    let frontier = merkle.emptyFrontier
    for (let index = 0; index < size; index += 1) {
      frontier = merkle.appendLeaf(frontier, leafAt(index), (level, at, subtreeHash) => {
        subtrees.set(`${level}/${at}`, subtreeHash)
      })
    }
    const origin = 'jp.entente/link/kr'
    const log = signerOf(
      origin,
      generateSuiteKeys('ed25519', (sizeBytes) => Buffer.alloc(sizeBytes, 1)),
    )
    const witness = signerOf(
      'kr.entente/witness',
      generateSuiteKeys('ed25519', (sizeBytes) => Buffer.alloc(sizeBytes, 2)),
    )
    const own = {
      log: verifierOf(origin, publicKeysOf(log.keys)),
      cosigners: [verifierOf(witness.name, publicKeysOf(witness.keys))],
      cosignersMin: 1,
    }
    const signed = signCheckpoint({ origin, size, root: merkle.frontierRoot(frontier), extensions: [] }, log)
    const checkpoint = addSignatures(signed, cosign(signed.text, 1, witness))
    for (let index = 0; index < size; index += 1) {
      const proof = merkle.inclusionProof(index, size, (level, at) => subtrees.get(`${level}/${at}`)!)
      const bytes = formatLogProof({ index, proof, checkpoint })
      const parsed = parseLogProof(bytes)
      expect(equalBytes(formatLogProof(parsed), bytes)).toBe(true)
      expect(verifyLogProof(parsed, leafAt(index), own).ok).toBe(true)
      expect(verifyLogProof(parsed, leafAt(index + 1), own)).toEqual({ ok: false, code: 'inclusion_invalid' })
    }
  })
})
