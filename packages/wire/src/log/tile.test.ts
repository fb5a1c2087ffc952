/** Tiles and long streams: [LOG-16] to [LOG-18]. */
import { describe, expect, test } from 'vitest'
import * as merkle from './merkle.ts'
import { TILE_HEIGHT, readerOfTiles, rootFromLeaves, subtreeFromTile } from './tile.ts'
import { tileOfSubtree, tilePath } from './tile.ts'
import type { Tile } from './tile.ts'

const SIZE = 70_000
const leafAt = (index: number) => merkle.leafHash(Buffer.from(`entry ${index}`))

/** Tiles as a store keeps them: a row of hashes for every eighth level. */
function build(size: number) {
  const rows: Uint8Array[][] = []
  let frontier = merkle.emptyFrontier
  for (let index = 0; index < size; index += 1) {
    frontier = merkle.appendLeaf(frontier, leafAt(index), (level, _index, subtreeHash) => {
      if (level % TILE_HEIGHT === 0) (rows[level / TILE_HEIGHT] ??= []).push(subtreeHash)
    })
  }
  const readTile = ({ level, index, width }: Tile) =>
    Buffer.concat(rows[level]!.slice(index * 256, index * 256 + width))
  return { read: readerOfTiles(size, readTile), root: merkle.frontierRoot(frontier) }
}

const built = build(SIZE)

describe('tiles', () => {
  test('[LOG-16] the tile, the width and the slice that hold a subtree', () => {
    const slices = [
      // subtree level and index, tree size; tile level, index and width; first hash and count
      [0, 255, 256, 0, 0, 256, 255, 1],
      [0, 256, 257, 0, 1, 1, 0, 1],
      [7, 1, 256, 0, 0, 256, 128, 128],
      [8, 0, 256, 1, 0, 1, 0, 1],
      [9, 3, 70_000, 1, 0, 256, 6, 2],
      [8, 272, 70_000, 1, 1, 17, 16, 1],
    ] as const
    for (const [level, index, size, tileLevel, tileIndex, width, first, count] of slices) {
      const tile = { level: tileLevel, index: tileIndex, width }
      expect(tileOfSubtree(level, index, size)).toEqual({ tile, first, count })
    }
    for (const [level, index, size] of [
      [0, 5, 5],
      [8, 0, 255],
      [3, 1, 15],
    ] as const) {
      expect(() => tileOfSubtree(level, index, size)).toThrow(RangeError)
    }
  })

  test('[LOG-16] proofs read from tiles hold', () => {
    for (const index of [0, 1, 255, 256, 511, 65_535, 65_536, 69_999]) {
      const proof = merkle.inclusionProof(index, SIZE, built.read)
      const claim = { index, size: SIZE, leaf: leafAt(index), proof, root: built.root }
      expect(merkle.verifyInclusion(claim), `${index}`).toBe(true)
    }
    for (const oldSize of [1, 255, 256, 257, 65_536, 69_888, 69_999]) {
      const { root: oldRoot } = rootFromLeaves(Array.from({ length: oldSize }, (_, index) => leafAt(index)))
      const proof = merkle.consistencyProof(oldSize, SIZE, built.read)
      const claim = { oldSize, oldRoot, size: SIZE, root: built.root, proof }
      expect(merkle.verifyConsistency(claim), `${oldSize}`).toBe(true)
    }
  })

  test('[LOG-16] a tile of another length than its width is refused', () => {
    expect(() => subtreeFromTile(Buffer.alloc(31), tileOfSubtree(0, 0, 1))).toThrow(RangeError)
    expect(() => subtreeFromTile(Buffer.alloc(64), tileOfSubtree(0, 0, 1))).toThrow(RangeError)
  })

  test('[LOG-17] paths', () => {
    expect(tilePath({ level: 0, index: 0, width: 256 })).toBe('tile/0/000')
    expect(tilePath({ level: 0, index: 999, width: 256 })).toBe('tile/0/999')
    expect(tilePath({ level: 1, index: 1000, width: 256 })).toBe('tile/1/x001/000')
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 0, index: 273, width: 112 })).toBe('tile/0/273.p/112')
  })

  test('[LOG-18] the root of a stream is the root of the tree grown leaf by leaf', () => {
    function* leaves() {
      for (let index = 0; index < SIZE; index += 1) yield leafAt(index)
    }
    expect(rootFromLeaves(leaves())).toEqual({ size: SIZE, root: built.root })
    expect(rootFromLeaves([])).toEqual({ size: 0, root: merkle.emptyRoot })
  })
})
