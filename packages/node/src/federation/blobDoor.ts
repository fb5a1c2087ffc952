/** What the federation needs of the store of content: taking in what bundles carry, and knowing what is wanted. */
import type { BundledBlob } from '#wire/bundle.ts'
import type { Act } from '../kernel/command.ts'

export interface BlobDoor {
  /** A statement of a partner names it and it is not here yet. */
  isWanted(digest: string): Promise<boolean>
  /** Takes content in: small bytes are returned to be kept by the act, large ones go to the store now. */
  take(blob: BundledBlob): Promise<Uint8Array | null>
  /** Keeps small content in the act's own transaction. */
  keep(act: Act, from: string, small: readonly Uint8Array[]): Promise<void>
  /** Small content for a bundle; null when it is large or not here. */
  small(act: Act, digest: string): Promise<Uint8Array | null>
}
