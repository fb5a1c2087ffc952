/**
 * The decision about a bundle that arrived: what our mirror of the partner's log makes of it (LINK-20 to LINK-25).
 * Pure: what the log holds is given, what to do is returned.
 */
import { equalBytes } from '#wire/digest.ts'
import type { Checkpoint } from '#wire/log/checkpoint.ts'
import type { BundleHeader } from '#wire/link/bundle.ts'
import { frontierRoot } from '#wire/log/merkle.ts'
import type { Frontier } from '#wire/log/merkle.ts'
import { extend } from './log.ts'
import type { Extension } from './log.ts'

/** What to do with a bundle. */
export type MirrorStep =
  /** Store these entries and cosign the checkpoint. */
  | { readonly step: 'extend'; readonly entries: readonly Uint8Array[]; readonly extension: Extension }
  /** Nothing new: cosign the same checkpoint once more. */
  | { readonly step: 'same' }
  /** An older checkpoint of the same log; the sender is told how far we are. */
  | { readonly step: 'older' }
  /** Entries are missing between our mirror and the bundle; the sender is told how far we are. */
  | { readonly step: 'gap' }
  /** A signed checkpoint that contradicts what we hold of the same size. */
  | { readonly step: 'fork' }
  /** The entries do not give the signed root: the sender's log does not extend ours, or they were altered on the way. */
  | { readonly step: 'mismatch' }

/**
 * Decides about a bundle whose checkpoint has verified.
 * @param rootAt the root that our mirror had at the checkpoint's size, when that is not beyond it
 */
export function mirrorStep(
  mirror: Frontier,
  header: Pick<BundleHeader, 'first'>,
  checkpoint: Checkpoint,
  entries: readonly Uint8Array[],
  rootAt: Uint8Array | null,
): MirrorStep {
  if (checkpoint.size <= mirror.size) {
    if (rootAt === null || !equalBytes(rootAt, checkpoint.root)) return { step: 'fork' }
    return { step: checkpoint.size === mirror.size ? 'same' : 'older' }
  }
  if (header.first > mirror.size) return { step: 'gap' }
  const fresh = entries.slice(mirror.size - header.first)
  const extension = extend(mirror, fresh)
  if (!equalBytes(frontierRoot(extension.frontier), checkpoint.root)) return { step: 'mismatch' }
  return { step: 'extend', entries: fresh, extension }
}
