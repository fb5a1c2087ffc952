/** The tree and its proofs: [LOG-10] to [LOG-15], on the vectors and on every small tree. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import consistency from '../../../../spec/vectors/log/consistency.json' with { type: 'json' }
import inclusion from '../../../../spec/vectors/log/inclusion.json' with { type: 'json' }
import tree from '../../../../spec/vectors/log/tree.json' with { type: 'json' }
import { encodeHex } from '../digest.ts'
import * as merkle from './merkle.ts'

const leafAt = (index: number) => merkle.leafHash(Buffer.from(`entry ${index}`))
const bytesOf = (text: string) => Buffer.from(text, 'base64')

/** A tree of `size` entries with every perfect subtree kept, as a store keeps it. */
function grow(size: number) {
  const subtrees = new Map<string, Uint8Array>()
  const frontiers = [merkle.emptyFrontier]
  for (let index = 0; index < size; index += 1) {
    const next = merkle.appendLeaf(frontiers[index]!, leafAt(index), (level, position, subtreeHash) => {
      subtrees.set(`${level}/${position}`, subtreeHash)
    })
    frontiers.push(next)
  }
  const read = (level: number, index: number) => subtrees.get(`${level}/${index}`)!
  return { read, rootAt: (at: number) => merkle.frontierRoot(frontiers[at]!), frontiers, subtrees }
}

const MAX = 70
const grown = grow(MAX)

describe('tree', () => {
  test('[LOG-10] the hashes of the reference entries', () => {
    expect(encodeHex(merkle.emptyRoot)).toBe(tree.emptyRoot)
    let frontier = merkle.emptyFrontier
    expect(encodeHex(merkle.frontierRoot(frontier))).toBe(tree.emptyRoot)
    for (const { entry, leafHash, root } of tree.entries) {
      const leaf = merkle.leafHash(Buffer.from(entry, 'hex'))
      expect(encodeHex(leaf)).toBe(leafHash)
      frontier = merkle.appendLeaf(frontier, leaf)
      expect(encodeHex(merkle.frontierRoot(frontier))).toBe(root)
    }
  })

  test('[LOG-10] entries at and beyond the size of the shared input buffer', () => {
    for (const sizeBytes of [65_534, 65_535, 65_536, 200_000]) {
      const entry = Buffer.alloc(sizeBytes, 7)
      const again = merkle.leafHash(Buffer.from(entry))
      expect(encodeHex(merkle.leafHash(entry))).toBe(encodeHex(again))
      expect(encodeHex(merkle.leafHash(entry.subarray(1)))).not.toBe(encodeHex(again))
    }
    // A long entry leaves nothing behind in the hash of a short one.
    expect(encodeHex(merkle.leafHash(Buffer.alloc(0)))).toBe(tree.entries[0]!.leafHash)
  })

  test('[LOG-11] a leaf completes one subtree on each level that it closes', () => {
    const completed: string[] = []
    merkle.appendLeaf(grown.frontiers[7]!, leafAt(7), (level, index) => completed.push(`${level}/${index}`))
    expect(completed).toEqual(['0/7', '1/3', '2/1', '3/0'])
    expect(grown.frontiers[13]!.hashes).toHaveLength(3)
  })

  test('[LOG-11] a frontier round-trips through its text and continues to grow', () => {
    for (const frontier of grown.frontiers) {
      const again = merkle.parseFrontier(merkle.serialiseFrontier(frontier))
      expect(merkle.serialiseFrontier(again)).toBe(merkle.serialiseFrontier(frontier))
      expect(merkle.frontierRoot(again)).toEqual(merkle.frontierRoot(frontier))
    }
    const again = merkle.parseFrontier(merkle.serialiseFrontier(grown.frontiers[69]!))
    expect(merkle.frontierRoot(merkle.appendLeaf(again, leafAt(69)))).toEqual(grown.rootAt(70))
  })

  const zeros = (digits: number) => '0'.repeat(digits)
  const broken = ['', '0', ':', '00:', '1:', '-1:', `1:${zeros(63)}`, `3:${zeros(64)}`, `2:${zeros(128)}`]
  test.each([...broken, '9007199254740992:', `1:${zeros(64)}\n`])(
    '[LOG-11] frontier %j is refused',
    (text) => {
      expect(() => merkle.parseFrontier(text)).toThrow(/^frontier_malformed|^hex_malformed/)
    },
  )

  test('a leaf hash of another length is refused', () => {
    expect(() => merkle.appendLeaf(merkle.emptyFrontier, Buffer.alloc(31))).toThrow(RangeError)
  })
})

describe('proofs made here', () => {
  test('[LOG-12] [LOG-14] every leaf of every small tree is proved, at its own index only', () => {
    for (let size = 1; size <= MAX; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = merkle.inclusionProof(index, size, grown.read)
        const claim = { index, size, leaf: leafAt(index), proof, root: grown.rootAt(size) }
        expect(merkle.verifyInclusion(claim), `${index} in ${size}`).toBe(true)
        expect(merkle.verifyInclusion({ ...claim, leaf: leafAt(index + 1) })).toBe(false)
        expect(merkle.verifyInclusion({ ...claim, root: grown.rootAt(size - 1) })).toBe(false)
      }
    }
  })

  test('[LOG-12] [LOG-15] every two small trees are proved consistent, and not with another root', () => {
    for (let size = 0; size <= MAX; size += 1) {
      for (let oldSize = 0; oldSize <= size; oldSize += 1) {
        const proof = merkle.consistencyProof(oldSize, size, grown.read)
        const claim = { oldSize, oldRoot: grown.rootAt(oldSize), size, root: grown.rootAt(size), proof }
        expect(merkle.verifyConsistency(claim), `${oldSize} in ${size}`).toBe(true)
        expect(merkle.verifyConsistency({ ...claim, oldRoot: leafAt(0xffff) })).toBe(false)
        // The empty tree is a prefix of any tree, so there the new root is free.
        const bound = oldSize > 0 || size === 0
        expect(merkle.verifyConsistency({ ...claim, root: leafAt(0xffff) })).toBe(!bound)
      }
    }
  })

  test('[LOG-15] aligned subtrees are proved part of the tree, at their own range only', () => {
    const ranges = [
      [0, 8, 13],
      [8, 13, 13],
      [8, 12, 21],
      [4, 5, 5],
      [16, 21, 30],
    ] as const
    for (const [start, end, size] of ranges) {
      const leaves = merkle.subtreesOf(start, end).map(({ level, index }) => grown.read(level, index))
      const subtreeRoot = leaves.reduceRight((right, left) => merkle.nodeHash(left, right))
      for (let index = start; index < end; index += 1) {
        const proof = merkle.inclusionProof(index - start, end - start, (level, at) =>
          grown.read(level, at + start / 2 ** level),
        )
        const claim = { index, start, end, leaf: leafAt(index), proof, root: subtreeRoot }
        expect(merkle.verifySubtreeInclusion(claim), `${index} of ${start}..${end}`).toBe(true)
        expect(merkle.verifySubtreeInclusion({ ...claim, index: index + 1 })).toBe(false)
      }
      const whole = { start, end, subtreeRoot, size, root: grown.rootAt(size), proof: [] }
      if (start > 0) expect(merkle.verifySubtreeConsistency(whole)).toBe(false)
    }
    const [a, b, c, d, e] = [0, 1, 2, 3, 4].map(leafAt)
    const { nodeHash } = merkle
    const [ab, cd] = [nodeHash(a!, b!), nodeHash(c!, d!)]
    const claim = { start: 2, end: 4, subtreeRoot: cd, size: 5, root: grown.rootAt(5), proof: [ab, e!] }
    expect(merkle.verifySubtreeConsistency(claim)).toBe(true)
    expect(merkle.verifySubtreeConsistency({ ...claim, start: 0, end: 2 })).toBe(false)
    expect(merkle.verifySubtreeConsistency({ ...claim, start: 1, end: 3 })).toBe(false)
    expect(merkle.verifySubtreeConsistency({ ...claim, proof: [ab] })).toBe(false)
    // Leaves 1 and 2 have no node of their own in any tree, though a root over them can be made up.
    const across = { index: 1, start: 1, end: 3, leaf: b!, proof: [c!], root: nodeHash(b!, c!) }
    expect(merkle.verifySubtreeInclusion(across)).toBe(false)
    expect(merkle.verifySubtreeInclusion({ ...across, start: 0, end: 2, index: 0 })).toBe(true)
    const one = { ...claim, start: 4, end: 5, subtreeRoot: e!, proof: [nodeHash(ab, cd)] }
    expect(merkle.verifySubtreeConsistency(one)).toBe(true)
    expect(merkle.verifySubtreeConsistency({ ...one, subtreeRoot: d! })).toBe(false)
    const none = { ...claim, start: 5, end: 5, subtreeRoot: merkle.emptyRoot, proof: [] }
    expect(merkle.verifySubtreeConsistency(none)).toBe(true)
    expect(merkle.verifySubtreeConsistency({ ...none, subtreeRoot: e! })).toBe(false)
  })

  test('[LOG-13] proofs at the far end of the safe integers, over a tree of equal leaves', () => {
    const levels = [leafAt(0)]
    while (levels.length <= 53) levels.push(merkle.nodeHash(levels.at(-1)!, levels.at(-1)!))
    const read = (level: number) => levels[level]!
    const rootAt = (size: number) =>
      merkle.frontierRoot({ size, hashes: merkle.subtreesOf(0, size).map(({ level }) => levels[level]!) })
    const size = Number.MAX_SAFE_INTEGER
    const root = rootAt(size)
    for (const index of [0, 1, 2 ** 31, 2 ** 32 + 5, 2 ** 52, size - 1]) {
      const proof = merkle.inclusionProof(index, size, read)
      expect(merkle.verifyInclusion({ index, size, leaf: levels[0]!, proof, root }), `${index}`).toBe(true)
    }
    for (const oldSize of [1, 2 ** 32 + 1, 2 ** 52, 2 ** 52 + 1, size - 1]) {
      const proof = merkle.consistencyProof(oldSize, size, read)
      const claim = { oldSize, oldRoot: rootAt(oldSize), size, root, proof }
      expect(merkle.verifyConsistency(claim), `${oldSize}`).toBe(true)
    }
  })

  test('[LOG-12] a proof of what the tree does not have is a programming error', () => {
    for (const [index, size] of [
      [0, 0],
      [5, 5],
      [-1, 5],
      [0.5, 5],
      [NaN, 5],
    ] as const) {
      expect(() => merkle.planInclusion(index, size)).toThrow(RangeError)
    }
    expect(() => merkle.planConsistency(6, 5)).toThrow(RangeError)
  })
})

describe('proofs from outside', () => {
  test.each(inclusion.cases)('[LOG-14] inclusion of $index in $size: $about', (claim) => {
    const { index, size, leaf, root, proof, valid } = claim
    const hashes = { leaf: bytesOf(leaf), root: bytesOf(root), proof: proof.map(bytesOf) }
    expect(merkle.verifyInclusion({ index, size, ...hashes })).toBe(valid)
  })

  test.each(consistency.cases)('[LOG-15] consistency of $oldSize with $size: $about', (claim) => {
    const { oldSize, size, oldRoot, root, proof, valid } = claim
    const hashes = { oldRoot: bytesOf(oldRoot), root: bytesOf(root), proof: proof.map(bytesOf) }
    expect(merkle.verifyConsistency({ oldSize, size, ...hashes })).toBe(valid)
  })

  test('[LOG-14] [LOG-15] hostile values are false and throw nothing', () => {
    const whole = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const hash = fc.oneof(whole, fc.uint8Array(), fc.constant(undefined))
    const size = fc.oneof(fc.nat(), fc.double(), fc.constantFrom(-1, 2 ** 53, Infinity, NaN))
    const hashes = { leaf: hash, root: hash, oldRoot: hash, proof: fc.array(hash) }
    const record = { index: size, oldSize: size, size, ...hashes }
    fc.assert(
      fc.property(fc.record(record), (claim) => {
        const hostile = claim as unknown as merkle.InclusionClaim & merkle.ConsistencyClaim
        expect(merkle.verifyInclusion(hostile)).toBe(false)
        // Random roots that are equal make a true claim of equal sizes; all others are false.
        const equal = claim.oldSize === claim.size && String(claim.oldRoot) === String(claim.root)
        if (!equal) expect(merkle.verifyConsistency(hostile)).toBe(false)
      }),
    )
  })

  test('[LOG-14] a proof of a million hashes is abandoned at the root', () => {
    const proof = Array<Uint8Array>(1_000_000).fill(leafAt(1))
    const claim = { index: 0, size: 4, leaf: leafAt(0), root: leafAt(2), proof }
    expect(merkle.verifyInclusion(claim)).toBe(false)
  })
})
