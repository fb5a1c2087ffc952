/** Checkpoints: [LOG-1] to [LOG-4], [LOG-30] to [LOG-34]. */
import { describe, expect, test } from 'vitest'
import vectors from '../../../../spec/vectors/log/checkpoints.json' with { type: 'json' }
import * as checkpoints from './checkpoint.ts'
import { encodeBase64 } from '../digest.ts'
import * as merkle from './merkle.ts'
import { signNote } from './note.ts'
import { generateSuiteKeys, publicKeysOf, signerOf, verifierOf } from '../suite.ts'

const keys = generateSuiteKeys('ed25519+ml-dsa-87', (sizeBytes) => Buffer.alloc(sizeBytes, 3))
const origin = checkpoints.linkOrigin('JP', 'KR')
const signer = signerOf(origin, keys)
const verifier = verifierOf(origin, publicKeysOf(keys))

/** The heads of one growing log and its proofs. */
function heads(entries: readonly string[]) {
  const subtrees = new Map<string, Uint8Array>()
  let frontier = merkle.emptyFrontier
  const all: checkpoints.Checkpoint[] = [{ origin, size: 0, root: merkle.emptyRoot, extensions: [] }]
  for (const entry of entries) {
    frontier = merkle.appendLeaf(
      frontier,
      merkle.leafHash(Buffer.from(entry)),
      (level, index, subtreeHash) => {
        subtrees.set(`${level}/${index}`, subtreeHash)
      },
    )
    all.push({ origin, size: frontier.size, root: merkle.frontierRoot(frontier), extensions: [] })
  }
  const prove = (oldSize: number, size: number) =>
    merkle.consistencyProof(oldSize, size, (level, index) => subtrees.get(`${level}/${index}`)!)
  return { all, prove }
}

describe('checkpoint', () => {
  test('[LOG-1] [LOG-2] [LOG-3] names', () => {
    expect(checkpoints.linkOrigin('JP', 'KR')).toBe('jp.entente/link/kr')
    expect(checkpoints.nationalOrigin('KR')).toBe('kr.entente/national')
    expect(checkpoints.cosignerName('US')).toBe('us.entente/witness')
  })

  test.each(vectors.valid)('[LOG-30] $about', ({ text, origin: expected, size, root, extensions }) => {
    const parsed = checkpoints.parseCheckpoint(text)
    expect({ ...parsed, root: encodeBase64(parsed.root) }).toEqual({
      origin: expected,
      size,
      root,
      extensions,
    })
    expect(checkpoints.formatCheckpoint(parsed)).toBe(text)
  })

  test.each(vectors.malformed)('[LOG-30] [LOG-31] $about: $code', ({ text, code }) => {
    expect(() => checkpoints.parseCheckpoint(text)).toThrow(expect.objectContaining({ code }))
  })

  test('[LOG-30] an invalid checkpoint is not written', () => {
    const right = { origin, size: 1, root: merkle.emptyRoot, extensions: [] }
    const wrongs = [
      { ...right, origin: '' },
      { ...right, size: -1 },
      { ...right, size: 2 ** 53 },
      { ...right, size: 0.5 },
      { ...right, root: Buffer.alloc(31) },
      { ...right, extensions: [''] },
      { ...right, extensions: ['a\nb'] },
    ]
    for (const wrong of wrongs) {
      expect(() => checkpoints.formatCheckpoint(wrong)).toThrow(
        expect.objectContaining({ code: 'checkpoint_malformed' }),
      )
    }
  })

  test('[LOG-4] the key name is the origin, in signing and in verifying', async () => {
    const checkpoint = { origin, size: 0, root: merkle.emptyRoot, extensions: [] }
    const notes = [
      checkpoints.signCheckpoint(checkpoint, signer),
      await checkpoints.signCheckpointAsync(checkpoint, signer),
    ]
    for (const note of notes) {
      expect(checkpoints.verifyCheckpoint(note, verifier)).toEqual({ ok: true, value: checkpoint })
    }
    const other = { ...checkpoint, origin: checkpoints.linkOrigin('JP', 'US') }
    expect(() => checkpoints.signCheckpoint(other, signer)).toThrow(
      expect.objectContaining({ code: 'checkpoint_malformed', place: 'checkpoint origin' }),
    )
    const forged = signNote(checkpoints.formatCheckpoint(other), signer)
    expect(checkpoints.verifyCheckpoint(forged, verifier)).toEqual({ ok: false, code: 'origin_mismatch' })
  })

  test('[LOG-27] a signed note that is not a checkpoint is refused after its signature verified', () => {
    const note = signNote('hello\n', signer)
    expect(() => checkpoints.verifyCheckpoint(note, verifier)).toThrow(
      expect.objectContaining({ code: 'checkpoint_malformed' }),
    )
    const unsigned = { ...note, signatures: note.signatures.slice(0, 1) }
    expect(checkpoints.verifyCheckpoint(unsigned, verifier)).toEqual({ ok: false, code: 'suite_downgraded' })
  })
})

describe('succession', () => {
  const { all, prove } = heads(['a', 'b', 'c', 'd', 'e'])
  const other = heads(['a', 'b', 'x', 'd', 'e'])

  test('[LOG-32] a larger tree extends the one held only with a proof', () => {
    expect(checkpoints.successionOf(all[0]!, all[3]!, [])).toBe('extends')
    expect(checkpoints.successionOf(all[3]!, all[5]!, prove(3, 5))).toBe('extends')
    expect(checkpoints.successionOf(all[3]!, all[5]!, [])).toBe('unproved')
    expect(checkpoints.successionOf(all[3]!, other.all[5]!, other.prove(3, 5))).toBe('unproved')
    expect(checkpoints.successionOf(all[3]!, all[3]!, [])).toBe('same')
  })

  test('[LOG-33] one origin and size with two roots is a fork', () => {
    expect(checkpoints.successionOf(all[3]!, other.all[3]!, [])).toBe('fork')
    expect(checkpoints.isForkEvidence(all[3]!, other.all[3]!)).toBe(true)
    expect(checkpoints.isForkEvidence(all[2]!, other.all[2]!)).toBe(false)
    expect(checkpoints.isForkEvidence(all[3]!, other.all[4]!)).toBe(false)
    const elsewhere = { ...other.all[3]!, origin: checkpoints.nationalOrigin('JP') }
    expect(checkpoints.isForkEvidence(all[3]!, elsewhere)).toBe(false)
    expect(() => checkpoints.successionOf(all[3]!, elsewhere, [])).toThrow(RangeError)
  })

  test('[LOG-34] a smaller tree is a rollback, whatever its proof', () => {
    expect(checkpoints.successionOf(all[5]!, all[3]!, prove(3, 5))).toBe('rollback')
    expect(checkpoints.successionOf(all[1]!, all[0]!, [])).toBe('rollback')
  })
})
