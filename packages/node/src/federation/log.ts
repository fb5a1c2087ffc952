/** Extending a log, as a value: the new right edge and the subtree hashes that are kept for proofs (LOG-10). */
import { appendLeaf, leafHash } from '#wire/log/merkle.ts'
import type { Frontier, SubtreeId } from '#wire/log/merkle.ts'
import { TILE_HEIGHT } from '#wire/log/tile.ts'

/** The log of what we say to a partner. */
export function outLog(partner: string): string {
  return `out/${partner}`
}

/** Our mirror of what a partner says to us. */
export function inLog(partner: string): string {
  return `in/${partner}`
}

/** Our own decisions, openings and administration. */
export const NATIONAL_LOG = 'national'

/** The right edge after `entries`, and the subtrees of 256 that they complete; nothing is stored. */
export interface Extension {
  readonly frontier: Frontier
  readonly leaves: readonly Uint8Array[]
  readonly subtrees: readonly (SubtreeId & { readonly hash: Uint8Array })[]
}

/** Computes what appending would give. Pure. */
export function extend(frontier: Frontier, entries: readonly Uint8Array[]): Extension {
  const subtrees: (SubtreeId & { hash: Uint8Array })[] = []
  const leaves: Uint8Array[] = []
  let edge = frontier
  for (const entry of entries) {
    const leaf = leafHash(entry)
    leaves.push(leaf)
    edge = appendLeaf(edge, leaf, (level, index, hash) => {
      if (level > 0 && level % TILE_HEIGHT === 0) subtrees.push({ level: level / TILE_HEIGHT, index, hash })
    })
  }
  return { frontier: edge, leaves, subtrees }
}
