/**
 * Tiles after C2SP tlog-tiles: the stored tree cut into rows of 256 hashes, eight levels high, and the
 * root of a long stream of leaves (LOG-16 to LOG-18).
 */
import { HASH_SIZE_BYTES, frontierRoot, nodeHash, pushLeaf } from './merkle.ts'
import type { ReadSubtree } from './merkle.ts'

/** Levels of the tree in a tile. */
export const TILE_HEIGHT = 8

/** Hashes in a full tile. */
const TILE_WIDTH = 256

/**
 * A tile: the `width` hashes of tree level 8 * `level` from index * 256 on. A width of 256 is a full
 * tile, which never changes.
 */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** Returns the bytes of a stored tile, 32 for each hash; throws if there is none. */
export type ReadTile = (tile: Tile) => Uint8Array

/** Where a perfect subtree is stored: the tile, and its hashes from `first` to `first` + `count`. */
export interface TileSlice {
  readonly tile: Tile
  readonly first: number
  readonly count: number
}

/** The slice of a tile that makes up a perfect subtree, in the tree of `size` leaves. */
export function tileOfSubtree(level: number, index: number, size: number): TileSlice {
  const tileLevel = Math.floor(level / TILE_HEIGHT)
  const count = 2 ** (level % TILE_HEIGHT)
  const start = index * count
  const rowLength = Math.floor(size / TILE_WIDTH ** tileLevel)
  if (start + count > rowLength) throw new RangeError(`no subtree ${level}/${index} in a tree of ${size}`)
  const tileIndex = Math.floor(start / TILE_WIDTH)
  const width = Math.min(TILE_WIDTH, rowLength - tileIndex * TILE_WIDTH)
  return { tile: { level: tileLevel, index: tileIndex, width }, first: start - tileIndex * TILE_WIDTH, count }
}

/** The hash of a perfect subtree from the bytes of the tile that holds it. */
export function subtreeFromTile(bytes: Uint8Array, { tile, first, count }: TileSlice): Uint8Array {
  if (bytes.length !== tile.width * HASH_SIZE_BYTES) {
    throw new RangeError(`tile ${tilePath(tile)} has not ${tile.width} hashes`)
  }
  let row = Array.from({ length: count }, (_, position) =>
    bytes.subarray((first + position) * HASH_SIZE_BYTES, (first + position + 1) * HASH_SIZE_BYTES),
  )
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, pair) => nodeHash(row[2 * pair]!, row[2 * pair + 1]!))
  }
  return row[0]!
}

/** A reader of perfect subtrees over stored tiles of the tree of `size` leaves. */
export function readerOfTiles(size: number, readTile: ReadTile): ReadSubtree {
  return (level, index) => {
    const slice = tileOfSubtree(level, index, size)
    return subtreeFromTile(readTile(slice.tile), slice)
  }
}

/** The path of a tile: `tile/<level>/<index>`, with `.p/<width>` when it is not full. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${pathIndex(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The size and root of the tree over a stream of leaf hashes, in the memory of one frontier. */
export function rootFromLeaves(leaves: Iterable<Uint8Array>): { size: number; root: Uint8Array } {
  const hashes: Uint8Array[] = []
  let size = 0
  for (const leaf of leaves) {
    pushLeaf(hashes, size, leaf)
    size += 1
  }
  return { size, root: frontierRoot({ size, hashes }) }
}

function pathIndex(index: number): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  return groups.join('/')
}
