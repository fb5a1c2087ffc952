/**
 * Cosigning what we have mirrored (LOG-40). Signing follows the commit: a cosignature says that the entries are
 * durably stored. The newest one of each partner is kept in memory for bundles that go by media.
 */
import { cosign, cosignAsync } from '#wire/cosignature.ts'
import { addSignatures, formatNote } from '#wire/note.ts'
import type { Note } from '#wire/note.ts'
import type { World } from '../world.ts'
import { cosigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'

export interface CosignedNotes {
  /** Cosigns a partner's checkpoint; its entries must be stored. */
  cosign(partner: string, note: Note, size: number): Promise<Uint8Array>
  /** The newest note of the partner that was cosigned since this process started. */
  newest(partner: string): Uint8Array | null
}

/** `threads` signs on the thread pool; without it signing is synchronous and its order is fixed. */
export function createCosignedNotes(keys: NodeKeys, world: World, threads: boolean): CosignedNotes {
  const signer = cosigner(keys)
  const newest = new Map<string, { size: number; note: Uint8Array }>()
  return {
    async cosign(partner, note, size) {
      const timeS = Math.floor(world.now() / 1000)
      const lines = threads ? await cosignAsync(note.text, timeS, signer) : cosign(note.text, timeS, signer)
      const bytes = formatNote(addSignatures(note, lines))
      if (size >= (newest.get(partner)?.size ?? 0)) newest.set(partner, { size, note: bytes })
      return bytes
    },
    newest: (partner) => newest.get(partner)?.note ?? null,
  }
}
