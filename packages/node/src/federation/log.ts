/**
 * Names of logs, and the pure extension of a log: its new frontier and the subtree hashes for proofs
 * (LOG-10).
 */
import { appendLeaf, leafHash } from '#wire/log/merkle.ts'
import type { Frontier, SubtreeId } from '#wire/log/merkle.ts'
import { TILE_HEIGHT } from '#wire/log/tile.ts'

/** The name of our log to a partner. */
export function outLog(partner: string): string {
  return `out/${partner}`
}

/** The name of our mirror of a partner's log. */
export function inLog(partner: string): string {
  return `in/${partner}`
}

/** The name of our log of decisions, openings and administration. */
export const NATIONAL_LOG = 'national'

/** The frontier after an append, the hashes of the new leaves, and the completed subtrees of 256 entries. */
export interface Extension {
  readonly frontier: Frontier
  readonly leaves: readonly Uint8Array[]
  readonly subtrees: readonly (SubtreeId & { readonly hash: Uint8Array })[]
}

/** Computes the extension of a log by `entries`. */
export function extend(frontier: Frontier, entries: readonly Uint8Array[]): Extension {
  const subtrees: (SubtreeId & { hash: Uint8Array })[] = []
  const leaves: Uint8Array[] = []
  let extended = frontier
  for (const entry of entries) {
    const leaf = leafHash(entry)
    leaves.push(leaf)
    extended = appendLeaf(extended, leaf, (level, index, hash) => {
      if (level > 0 && level % TILE_HEIGHT === 0) subtrees.push({ level: level / TILE_HEIGHT, index, hash })
    })
  }
  return { frontier: extended, leaves, subtrees }
}
