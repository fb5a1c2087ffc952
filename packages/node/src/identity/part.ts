/** Identity as a part of the node: people, their rights, and the directory. */
import { isRefusal } from '#api/refusals.ts'
import { Malformed } from '#wire/json.ts'
import { oneByOne } from '#node/federation/apply.commands.ts'
import type { View } from '#node/kernel/view.ts'
import type { Part } from '#node/pillar.ts'
import type { Services } from '#node/services.ts'
import { sayDirectory } from './directory.commands.ts'
import { onDirectoryEntered, onDirectoryWithdrawn } from './identity.peer.ts'
import { identityRoutes } from './identity.routes.ts'
import { listPeople } from './person.store.ts'

/** Builds the part. */
export function createIdentity(services: Services): Part {
  return {
    routes: identityRoutes(services),
    handlers: {
      'directory.entered': oneByOne(async (act, statement, source) =>
        parkRefused(await onDirectoryEntered(act, statement, source)),
      ),
      'directory.withdrawn': oneByOne(async (act, statement, source) =>
        parkRefused(await onDirectoryWithdrawn(act, statement, source)),
      ),
    },
    linkOpened: sayDirectory,
    search: searchPeople,
  }
}

/** Throws a handler's refusal as `Malformed`, so that the statement is parked and answered. */
function parkRefused(result: unknown): void {
  if (isRefusal(result)) throw new Malformed(result.reasons[0].code, 'statement')
}

const HITS_MAX = 8

async function searchPeople({ tx }: View, _by: unknown, words: string) {
  const query = words.toLowerCase()
  return (await listPeople(tx))
    .filter(({ id, office }) => [id, office].some((text) => text.toLowerCase().includes(query)))
    .slice(0, HITS_MAX)
    .map(({ id, office, organisation }) => ({
      page: 'person' as const,
      id,
      title: office,
      detail: organisation,
    }))
}
