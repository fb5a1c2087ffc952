/**
 * The Merkle tree of a log after RFC 6962 with SHA-256: hashes, the right edge of a growing tree, and
 * inclusion and consistency proofs made from perfect subtrees (LOG-10 to LOG-15).
 *
 * Sizes and indexes are safe integers (below 2^53), so halving uses division rather than bit shifts.
 */
import { hash } from 'node:crypto'
import { decodeHex, encodeHex, equalBytes } from '../digest.ts'
import { Malformed } from '../json.ts'

/** Bytes in a hash of the tree. */
export const HASH_SIZE_BYTES = 32

/** The root of the tree with no entries: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = hash('sha256', '', 'buffer')

/** A perfect subtree: the 2^level leaves that start at index * 2^level. */
export interface SubtreeId {
  readonly level: number
  readonly index: number
}

/** Returns the hash of a perfect subtree of the stored tree; throws if the tree does not have it. */
export type ReadSubtree = (level: number, index: number) => Uint8Array

/** Called for each perfect subtree that an appended leaf completes, including the leaf itself (level 0). */
export type OnSubtree = (level: number, index: number, subtreeHash: Uint8Array) => void

/**
 * The right edge of a tree: the hashes of the perfect subtrees that its `size` leaves split into,
 * largest first, one for each binary digit 1 of `size`. All that appending and the root need.
 */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Uint8Array[]
}

/** The frontier of the tree with no entries. */
export const emptyFrontier: Frontier = { size: 0, hashes: [] }

// Node's one-shot hash wants its input in one piece. These buffers are filled and hashed within one
// synchronous call, so sharing them is safe and spares an allocation for each of a million leaves.
const nodeInput = Buffer.alloc(1 + 2 * HASH_SIZE_BYTES, 1)
const leafInput = Buffer.alloc(1 + 65_535)

/** The hash of an entry: SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  if (entry.length < leafInput.length) {
    leafInput.set(entry, 1)
    return hash('sha256', leafInput.subarray(0, entry.length + 1), 'buffer')
  }
  return hash('sha256', Buffer.concat([leafInput.subarray(0, 1), entry]), 'buffer')
}

/** The hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_SIZE_BYTES)
  return hash('sha256', nodeInput, 'buffer')
}

/**
 * The frontier after one more leaf. Calls `onSubtree` for each perfect subtree that the leaf completes, from
 * level 0 up: a store keeps these to serve proofs.
 */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array, onSubtree?: OnSubtree): Frontier {
  const hashes = frontier.hashes.slice()
  pushLeaf(hashes, frontier.size, leaf, onSubtree)
  return { size: frontier.size + 1, hashes }
}

/** Appends a leaf to `hashes` in place: `appendLeaf` without the copy, for streams of many leaves. */
export function pushLeaf(hashes: Uint8Array[], size: number, leaf: Uint8Array, onSubtree?: OnSubtree): void {
  requireHash(leaf)
  let current = leaf
  let level = 0
  let index = size
  onSubtree?.(0, index, leaf)
  while (index % 2 === 1) {
    current = nodeHash(hashes.pop()!, current)
    level += 1
    index = (index - 1) / 2
    onSubtree?.(level, index, current)
  }
  hashes.push(current)
}

/** The root of the tree that `frontier` is the edge of. */
export function frontierRoot(frontier: Frontier): Uint8Array {
  return foldRight(frontier.hashes)
}

/** A frontier as text for a store: decimal size, colon, hex of its hashes. */
export function serialiseFrontier(frontier: Frontier): string {
  return `${frontier.size}:${frontier.hashes.map(encodeHex).join('')}`
}

/** The frontier of `text`. Throws `frontier_malformed` unless `serialiseFrontier` writes exactly that. */
export function parseFrontier(text: string): Frontier {
  const parts = /^(0|[1-9][0-9]{0,15}):([0-9a-f]*)$/.exec(text)
  if (!parts) throw new Malformed('frontier_malformed', 'frontier')
  const size = Number(parts[1])
  const bytes = decodeHex(parts[2]!, 'frontier hashes')
  const count = Number.isSafeInteger(size) ? subtreesOf(0, size).length : -1
  if (bytes.length !== count * HASH_SIZE_BYTES) {
    throw new Malformed('frontier_malformed', 'frontier hashes')
  }
  const hashes = Array.from({ length: count }, (_, position) =>
    bytes.subarray(position * HASH_SIZE_BYTES, (position + 1) * HASH_SIZE_BYTES),
  )
  return { size, hashes }
}

/**
 * The perfect subtrees that leaves `start` to `end` (exclusive) split into, largest first. `start` must
 * be a multiple of the smallest power of two that is not below the number of leaves.
 */
export function subtreesOf(start: number, end: number): SubtreeId[] {
  const ids: SubtreeId[] = []
  let from = start
  let width = 1
  let level = 0
  while (width * 2 <= end - start) {
    width *= 2
    level += 1
  }
  for (; from < end; width /= 2, level -= 1) {
    if (from + width > end) continue
    ids.push({ level, index: from / width })
    from += width
  }
  return ids
}

/**
 * What an inclusion proof of leaf `index` in the tree of `size` leaves is made of: one list of perfect
 * subtrees for each proof hash, from the leaf's sibling up. A store that reads asynchronously fetches
 * these first. Throws RangeError if there is no such leaf.
 */
export function planInclusion(index: number, size: number): SubtreeId[][] {
  if (!isIndexOf(index, size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const steps: SubtreeId[][] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (index < middle) {
      steps.push(subtreesOf(middle, end))
      end = middle
    } else {
      steps.push(subtreesOf(start, middle))
      start = middle
    }
  }
  return steps.reverse()
}

/**
 * What a consistency proof from `oldSize` to `size` is made of, as `planInclusion`. Empty if either
 * size is 0 or both are equal. Throws RangeError if `oldSize` exceeds `size`.
 */
export function planConsistency(oldSize: number, size: number): SubtreeId[][] {
  if (!isSize(oldSize) || !isSize(size) || oldSize > size) {
    throw new RangeError(`no tree of ${oldSize} within a tree of ${size}`)
  }
  if (oldSize === 0 || oldSize === size) return []
  const steps: SubtreeId[][] = []
  let start = 0
  let end = size
  while (end !== oldSize) {
    const middle = start + largestPowerBelow(end - start)
    if (oldSize <= middle) {
      steps.push(subtreesOf(middle, end))
      end = middle
    } else {
      steps.push(subtreesOf(start, middle))
      start = middle
    }
  }
  // The verifier already holds the old root, so the old tree itself is sent only when it is not that root.
  if (start > 0) steps.push(subtreesOf(start, end))
  return steps.reverse()
}

/** The inclusion proof of leaf `index` in the tree of `size` leaves, from the leaf's sibling up. */
export function inclusionProof(index: number, size: number, readSubtree: ReadSubtree): Uint8Array[] {
  return planInclusion(index, size).map((ids) => hashOf(ids, readSubtree))
}

/** The consistency proof from the tree of `oldSize` leaves to the tree of `size` leaves. */
export function consistencyProof(oldSize: number, size: number, readSubtree: ReadSubtree): Uint8Array[] {
  return planConsistency(oldSize, size).map((ids) => hashOf(ids, readSubtree))
}

/** What an inclusion proof claims: leaf hash `leaf` is at `index` of the tree (`size`, `root`). */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/**
 * True if an inclusion proof holds (LOG-14). Every field may come from an attacker: anything malformed
 * is false, nothing is thrown.
 */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, leaf, proof, root } = claim
  if (!isIndexOf(index, size) || !areHashes([leaf, root]) || !areHashes(proof)) return false
  let node = index
  let last = size - 1
  let computed = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      computed = nodeHash(sibling, computed)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      computed = nodeHash(computed, sibling)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(computed, root)
}

/** As `InclusionClaim`, in the subtree of leaves `start` to `end` (exclusive), whose root is `root`. */
export interface SubtreeInclusionClaim extends Omit<InclusionClaim, 'size'> {
  readonly start: number
  readonly end: number
}

/** True if a leaf is proved to be in a subtree. Attacker-controlled, as `verifyInclusion`. */
export function verifySubtreeInclusion({ start, end, ...claim }: SubtreeInclusionClaim): boolean {
  if (!isSubtree(start, end) || !isSize(claim.index) || claim.index < start) return false
  return verifyInclusion({ ...claim, index: claim.index - start, size: end - start })
}

/** What a consistency proof claims: tree (`oldSize`, `oldRoot`) is a prefix of tree (`size`, `root`). */
export interface ConsistencyClaim {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * True if a consistency proof holds (LOG-15). Every field may come from an attacker: anything malformed
 * is false, nothing is thrown. The empty tree is a prefix of every tree, with an empty proof.
 */
export function verifyConsistency({ oldSize, oldRoot, size, root, proof }: ConsistencyClaim): boolean {
  if (!areHashes([oldRoot, root]) || (oldSize === size && !equalBytes(oldRoot, root))) return false
  return verifySubtreeConsistency({ start: 0, end: oldSize, subtreeRoot: oldRoot, size, root, proof })
}

/** What a subtree consistency proof claims: leaves `start` to `end` of the tree have root `subtreeRoot`. */
export interface SubtreeConsistencyClaim {
  readonly start: number
  readonly end: number
  readonly subtreeRoot: Uint8Array
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** True if a subtree is proved to be part of a tree. Attacker-controlled, as `verifyConsistency`. */
export function verifySubtreeConsistency(claim: SubtreeConsistencyClaim): boolean {
  const { start, end, subtreeRoot, size, root, proof } = claim
  if (!isSize(start) || !isSize(end) || !isSize(size) || start > end || end > size) return false
  if (!areHashes([subtreeRoot, root]) || !areHashes(proof)) return false
  if (start === end) return proof.length === 0 && equalBytes(subtreeRoot, emptyRoot)
  if (!isSubtree(start, end)) return false
  return foldConsistency(claim)
}

function foldConsistency({ start, end, subtreeRoot, size, root, proof }: SubtreeConsistencyClaim): boolean {
  const path = { first: start, node: end - 1, last: size - 1 }
  const whole = path.node === path.last
  while (path.first !== path.node && (whole || path.node % 2 === 1)) climb(path)
  const known = path.first === path.node
  const seed = known ? subtreeRoot : proof[0]
  if (seed === undefined) return false
  let subtreeComputed = seed
  let computed = seed
  for (const sibling of known ? proof : proof.slice(1)) {
    if (path.last === 0) return false
    if (path.node % 2 === 1 || path.node === path.last) {
      if (path.first < path.node) subtreeComputed = nodeHash(sibling, subtreeComputed)
      computed = nodeHash(sibling, computed)
      while (path.node % 2 === 0 && path.node !== 0) climb(path)
    } else {
      computed = nodeHash(computed, sibling)
    }
    climb(path)
  }
  return path.last === 0 && equalBytes(subtreeComputed, subtreeRoot) && equalBytes(computed, root)
}

/** One level up: the node over the subtree's first leaf, over its last leaf, and over the tree's last. */
function climb(path: { first: number; node: number; last: number }): void {
  path.first = Math.floor(path.first / 2)
  path.node = Math.floor(path.node / 2)
  path.last = Math.floor(path.last / 2)
}

function isSubtree(start: number, end: number): boolean {
  if (!isSize(start) || !isSize(end) || start >= end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

function hashOf(ids: readonly SubtreeId[], readSubtree: ReadSubtree): Uint8Array {
  return foldRight(ids.map((id) => readSubtree(id.level, id.index)))
}

function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isIndexOf(index: number, size: number): boolean {
  return isSize(index) && isSize(size) && index < size
}

function areHashes(values: readonly Uint8Array[]): boolean {
  return Array.isArray(values) && values.every(isHash)
}

function isHash(value: unknown): boolean {
  return value instanceof Uint8Array && value.length === HASH_SIZE_BYTES
}

function requireHash(value: Uint8Array): void {
  if (value.length !== HASH_SIZE_BYTES) throw new RangeError('a hash of the tree has 32 bytes')
}
