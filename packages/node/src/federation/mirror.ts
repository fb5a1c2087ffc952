/**
 * Decides what to do with a received bundle, given our mirror of the partner's log (LINK-20 to LINK-25).
 * Pure.
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
  /** No new entries: cosign the same checkpoint again. */
  | { readonly step: 'same' }
  /** An older checkpoint of the same log: tell the sender the size that we hold. */
  | { readonly step: 'older' }
  /** Entries are missing between our mirror and the bundle: tell the sender the size that we hold. */
  | { readonly step: 'gap' }
  /** The signed checkpoint contradicts the root that our mirror has at its size. */
  | { readonly step: 'fork' }
  /**
   * The entries do not yield the signed root: the log does not extend our mirror, or they were altered in
   * transit.
   */
  | { readonly step: 'mismatch' }

/**
 * Decides about a bundle whose checkpoint has been verified.
 * @param rootAt the root of our mirror at the checkpoint's size; null if the mirror is smaller
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
