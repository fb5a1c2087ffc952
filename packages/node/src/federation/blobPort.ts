/** The federation's port to stored content: content from bundles, for bundles, and wanted content. */
import type { BundledBlob } from '#wire/link/bundle.ts'
import type { StoredBlob } from '#node/kernel/blobs.ts'
import type { Act } from '#node/kernel/command.ts'

export interface BlobPort {
  /** True if a partner's statement names the content and it has not arrived yet. */
  isWanted(digest: string): Promise<boolean>
  /**
   * Stores content and verifies it against its digest. It is not registered until `keep`.
   * @throws Malformed `blob_digest_differs`, or another code of a `BlobError`
   */
  take(blob: BundledBlob): Promise<StoredBlob>
  /** Registers content in the act's transaction, and finishes what waited for it. */
  keep(act: Act, from: string, blobs: readonly StoredBlob[]): Promise<void>
  /** Small content for a bundle, by digest. Large or missing content is left out. */
  small(act: Act, digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}
