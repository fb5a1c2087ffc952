/**
 * Cosigning what we have mirrored (LOG-40). Signing follows the commit: a cosignature says that the entries are
 * durably stored.
 */
import { cosign, cosignAsync } from '#wire/log/cosignature.ts'
import { addSignatures, formatNote } from '#wire/log/note.ts'
import type { Note } from '#wire/log/note.ts'
import type { World } from '#node/world.ts'
import { cosigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'

export interface CosignedNotes {
  /** Cosigns a partner's checkpoint; its entries must be stored. */
  cosign(note: Note): Promise<Uint8Array>
}

/** `threads` signs on the thread pool; without it signing is synchronous and its order is fixed. */
export function createCosignedNotes(keys: NodeKeys, world: World, threads: boolean): CosignedNotes {
  const signer = cosigner(keys)
  return {
    async cosign(note) {
      const timeS = Math.floor(world.now() / 1000)
      const lines = threads ? await cosignAsync(note.text, timeS, signer) : cosign(note.text, timeS, signer)
      return formatNote(addSignatures(note, lines))
    },
  }
}
