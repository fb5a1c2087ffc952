/**
 * Cosigns mirrored logs (LOG-40), after the commit: a cosignature states that the entries are durably stored.
 */
import { cosign, cosignAsync } from '#wire/log/cosignature.ts'
import { addSignatures, formatNote } from '#wire/log/note.ts'
import type { Note } from '#wire/log/note.ts'
import type { World } from '#node/world.ts'
import { cosigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'

export interface CosignedNotes {
  /** Cosigns a partner's checkpoint, whose entries must be stored. */
  cosign(note: Note): Promise<Uint8Array>
}

/** @param threads sign on the thread pool; otherwise synchronously, in a fixed order */
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
