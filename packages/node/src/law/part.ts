/** The law as a part of the node: it declares profiles to partners and handles theirs. */
import type { Part } from '#node/pillar.ts'
import type { Services } from '#node/services.ts'
import { declareProfiles } from './law.commands.ts'
import { onDeclared } from './law.peer.ts'

/** Builds the part. */
export function createLaw({ readLaw }: Services): Part {
  return {
    routes: [],
    handlers: { 'agreement.declared': onDeclared },
    linkOpened: (act, partner) => declareProfiles(act, readLaw, partner),
  }
}
