/** The part of the node for links with partners. */
import type { DeskEntry } from '#api/console.ts'
import { deskOf } from '#node/desk.ts'
import type { Desk, DeskPart } from '#node/desk.ts'
import { MAY, mayAsk } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { OnParked, Part } from '#node/pillar.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import { oneByOne } from './apply.commands.ts'
import { federationRoutes } from './federation.routes.ts'
import type { LinkOptions } from './federation.routes.ts'
import { readPartners } from './federation.store.ts'
import { listParked } from './parked.store.ts'
import { linkRoutes } from './links.routes.ts'
import { outLog } from './log.ts'
import { statementAt } from './matter.store.ts'

/**
 * Builds the part.
 * @param parkedBy returns the callback for a kind of parked statement, if there is one
 */
export function createLinks(
  services: Services,
  options: LinkOptions,
  parkedBy: (kind: string) => OnParked | undefined,
): Part {
  return {
    routes: [...linkRoutes(services, options), ...federationRoutes(services, options)],
    handlers: {
      'entry.refused': oneByOne(async (act, { body }, { from }) => {
        const statement = await statementAt(act.tx, outLog(from), body.index)
        if (statement !== null) await parkedBy(statement.kind)?.(act, statement.matter)
        act.hint({ routes: 'links', id: from })
      }),
    },
    desk: linkDesk,
  }
}

/** Consecutive failed contacts after which the desk still does not report a silent partner. */
const FAILURES_TOLERATED = 3
const PARKED_MAX = 20

async function linkDesk({ tx, world }: View, by: SignedIn): Promise<Desk> {
  if (!mayAsk(by.roles, MAY['link.verify'])) return deskOf([])
  const partners = await readPartners(tx)
  const links = partners.flatMap((partner): DeskPart[] => {
    const { nation, state, failures, lastContactAt } = partner
    if (state === 'frozen') return [['needsMe', entryOf(nation, 'link_frozen', world.now())]]
    if (failures <= FAILURES_TOLERATED) return []
    return [['information', entryOf(nation, 'link_silent', lastContactAt ?? 0)]]
  })
  const parked = (await listParked(tx, PARKED_MAX)).map(({ nation, at }): DeskPart => [
    'information',
    entryOf(nation, 'entry_parked', at),
  ])
  return deskOf([...links, ...parked])
}

function entryOf(partner: string, what: DeskEntry['what'], at: Instant): DeskEntry {
  return {
    id: `${what}-${partner}-${at}`,
    what,
    reference: null,
    partner,
    waitingOn: null,
    since: iso(at),
    due: null,
    target: { page: 'link', id: partner },
  }
}
