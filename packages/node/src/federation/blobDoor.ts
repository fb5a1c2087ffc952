/** What the federation needs of the store of content: taking in what bundles carry, and knowing what is wanted. */
import type { BundledBlob } from '#wire/link/bundle.ts'
import type { StoredBlob } from '#node/kernel/blobs.ts'
import type { Act } from '#node/kernel/command.ts'

export interface BlobDoor {
  /** A statement of a partner names it and it is not here yet. */
  isWanted(digest: string): Promise<boolean>
  /**
   * Takes content in and verifies it against its digest; nothing names it before `keep`.
   * @throws Malformed `blob_digest_differs`, or another code of the store of content
   */
  take(blob: BundledBlob): Promise<StoredBlob>
  /** Registers content in the act's own transaction, and tells whoever waits for it. */
  keep(act: Act, from: string, blobs: readonly StoredBlob[]): Promise<void>
  /** Small content for a bundle, by digest; what is large or not here is left out. */
  small(act: Act, digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}
