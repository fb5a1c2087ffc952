/** The law as a part of the node: it declares profiles to partners and handles theirs. */
import type { SearchHit } from '#api/console.ts'
import type { Part } from '#node/pillar.ts'
import type { Services } from '#node/services.ts'
import { declareProfiles } from './law.commands.ts'
import { onDeclared } from './law.peer.ts'
import type { Nations } from './nations.ts'

/** Builds the part. */
export function createLaw({ readLaw, nations }: Services): Part {
  return {
    routes: [],
    handlers: { 'agreement.declared': onDeclared },
    linkOpened: (act, partner) => declareProfiles(act, readLaw, partner),
    search: async (view, _by, words) => searchNations(nations, view.nation, words),
  }
}

/** The other nations whose name in any language, or code, contains the words: their links. */
function searchNations({ nations }: Nations, own: string, words: string): readonly SearchHit[] {
  const wanted = words.toLowerCase()
  return nations
    .filter(({ nation }) => nation !== own)
    .filter(({ nation, name }) =>
      [nation, ...Object.values(name)].some((text) => text.toLowerCase().includes(wanted)),
    )
    .map(({ nation, name }) => ({ page: 'link', id: nation, title: { ...name }, detail: nation }))
}
