/** Routes of links: state, entries, verification, and bundles on media (LINK-60, LINK-70 to LINK-72). */
import type { z } from 'zod'
import { links } from '#api/links.ts'
import type { EntryShape, LinkView } from '#api/links.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { NodeCode, Refusal } from '#api/refusals.ts'
import { MAY, permit } from '#node/kernel/permission.ts'
import { bind, createBinder } from '#node/kernel/bind.ts'
import type { Binding } from '#node/kernel/bind.ts'
import { inertResponse } from '#node/kernel/bytes.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import type { SignedCard } from '#wire/link/card.ts'
import { exportMedia, importMedia } from './federation.media.ts'
import type { MediaImport, MediaOptions } from './federation.media.ts'
import { readPartner, readPartners } from './federation.store.ts'
import { readEntriesBefore, readLinkFacts, readTraffic } from './link.store.ts'
import { verifyLink } from './verification.view.ts'
import type { Opened } from './links.commands.ts'
import { canCarry, entryView, linkView } from './link.view.ts'
import type { ReferenceOf } from './link.view.ts'
import { inLog, outLog } from './log.ts'
import { readHead } from './log.store.ts'
import { readParked } from './parked.store.ts'
import type { Partner } from './partner.ts'
import { readNewestPending } from './pending.store.ts'

/** Dependencies of the link routes besides the services of the node. */
export interface LinkOptions {
  readonly media: MediaOptions
  /** Our card, for partners. */
  readonly card: SignedCard
  /** Sends the first statements over a link that has just opened. */
  readonly opened: Opened
  /** Called when entries from media were stored and must be applied. */
  heard(): void
  /** The number of matters in which every partner has to act next, by partner. */
  unanswered(reader: Reader): Promise<ReadonlyMap<string, number>>
  /** The number by which people know what a statement is about; null if it has none. */
  referenceOf: ReferenceOf
}

type LinkServices = Pick<Services, 'acts' | 'views' | 'keys'>

/** The bindings for existing links. */
export function federationRoutes(services: LinkServices, options: LinkOptions): readonly Binding[] {
  return [...stateRoutes(services, options), ...mediaRoutes(services, options)]
}

function stateRoutes(services: LinkServices, options: LinkOptions): Binding[] {
  const { views, keys } = services
  const { look } = createBinder(services)
  return [
    look(links.list, async (view, _input, by) => {
      return { rows: await viewsOf(options, view, await readPartners(view.tx), by.roles) }
    }),
    look(links.get, async (view, { partner: nation }, by) => {
      const partner = await readPartner(view.tx, nation)
      if (partner === null) return refuse('not_found')
      return (await viewsOf(options, view, [partner], by.roles))[0]!
    }),
    look(links.listEntries, (view, input) => listEntries(view, options, input)),
    bind(links.verify, async (input, { session }) => {
      const permitted = permit(session.roles, MAY['link.verify'])
      if (permitted !== true) return permitted
      const partner = await views.run(({ tx }) => readPartner(tx, input.partner))
      if (partner === null) return refuse('not_found')
      const { held, checks, entries } = await verifyLink(views, keys, partner)
      return { held, checks: [...checks], entries }
    }),
  ]
}

async function viewsOf(
  options: LinkOptions,
  { tx, world }: View,
  partners: readonly Partner[],
  roles: readonly string[],
): Promise<LinkView[]> {
  const [traffic, unanswered] = await Promise.all([readTraffic(tx), options.unanswered(tx)])
  const views: LinkView[] = []
  for (const partner of partners) {
    const { nation } = partner
    views.push(
      linkView(partner, await readLinkFacts(tx, nation), {
        now: world.now(),
        roles,
        traffic: traffic(nation),
        unanswered: unanswered.get(nation) ?? 0,
      }),
    )
  }
  return views
}

const PAGE_ROWS = 50

interface EntriesAsked {
  readonly partner: string
  readonly direction: 'ours' | 'theirs'
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}
type EntryView = z.infer<typeof EntryShape>
type EntriesPage = { rows: EntryView[]; next: string | null; total: number }

/** A page of entries, newest first. Pending statements are on the first page. */
async function listEntries(
  view: View,
  { referenceOf }: Pick<LinkOptions, 'referenceOf'>,
  asked: EntriesAsked,
): Promise<EntriesPage | Refusal> {
  const { partner, direction } = asked
  const limit = asked.limit ?? PAGE_ROWS
  const log = direction === 'ours' ? outLog(partner) : inLog(partner)
  const head = await readHead(view.tx, log)
  if (head === null) return refuse('not_found')
  if (asked.cursor !== undefined && !/^\d{1,15}$/.test(asked.cursor))
    return refuse('invalid_input', [], 'cursor')
  const { size } = head.frontier
  const before = asked.cursor === undefined ? size : Number(asked.cursor)
  const isFirst = direction === 'ours' && asked.cursor === undefined
  const pending = isFirst ? await readNewestPending(view.tx, partner, limit) : []
  const rows = await readEntriesBefore(view.tx, log, before, Math.max(limit - pending.length, 1))
  const last = rows.at(-1)?.index ?? 0
  const parked = direction === 'ours' ? new Map() : await readParked(view.tx, partner, last, before)
  const at = view.world.now()
  const waiting = pending.map(({ bytes }, offset) =>
    entryView(
      { index: size + pending.length - 1 - offset, bytes, direction, state: 'pending', code: null, at },
      referenceOf,
    ),
  )
  const logged = rows.map(({ index, bytes }) => {
    const fault = parked.get(index)
    const state = stateOf(direction, index, head.noteSize, head.applied, fault !== undefined)
    return entryView(
      { index, bytes, direction, state, code: fault?.code ?? null, at: fault?.at ?? at },
      referenceOf,
    )
  })
  return { rows: [...waiting, ...logged], next: last > 0 ? String(last) : null, total: size }
}

function stateOf(
  direction: 'ours' | 'theirs',
  index: number,
  cosignedSize: number,
  applied: number,
  isParked: boolean,
): EntryView['state'] {
  if (direction === 'ours') return index < cosignedSize ? 'cosigned' : 'logged'
  if (isParked) return 'parked'
  return index < applied ? 'applied' : 'cosigned'
}

function mediaRoutes(services: LinkServices, { media, heard }: LinkOptions): Binding[] {
  const { views } = services
  return [
    bind(links.exportBundle, async (input, caller) => {
      const partner = await views.run(({ tx }) => readPartner(tx, input.partner))
      if (partner === null) return refuse('not_found')
      const can = canCarry(caller.session.roles, partner.state)
      if (can !== true) return can
      const made = await exportMedia(media, input.partner, caller.session.personId)
      if (isRefusal(made)) return made
      return inertResponse(made.chunks, { fileName: `${made.control}.entente` })
    }),
    bind(links.importBundle, async (_input, caller) => {
      const permitted = permit(caller.session.roles, MAY['bundle.carry'])
      if (permitted !== true) return permitted
      const { body } = caller.request
      if (body === null) return refuse('invalid_input', [], 'body')
      const taken = await importMedia(media, body, caller.session.personId)
      if (taken.received.outcome !== 'refused') heard()
      return imported(services, taken)
    }),
  ]
}

/** The reply to the person who imported the file. The national log has the exact code of a fault. */
async function imported(
  { views }: LinkServices,
  { received }: MediaImport,
): Promise<{ partner: string; size: number; stored: number } | Refusal> {
  switch (received.outcome) {
    case 'cosigned': {
      const { from, stored } = received
      const head = await views.run(({ tx }) => readHead(tx, inLog(from)))
      return { partner: from, size: head?.frontier.size ?? 0, stored }
    }
    case 'behind':
      return refuse('out_of_order')
    case 'frozen':
      return refuse('link_frozen')
    case 'fork':
      return refuse('link_forked')
    case 'not_open':
      return refuse('link_not_open')
    case 'not_for_us':
      return refuse('not_for_us')
    case 'refused':
      return refuse(BUNDLE_FAULTS[received.code] ?? 'bundle_unproved')
  }
}

/** Faults of the file itself. Any other code means that the partner's node did not sign these contents. */
const BUNDLE_FAULTS: Readonly<Record<string, NodeCode>> = {
  not_a_bundle: 'not_a_bundle',
  header_invalid: 'not_a_bundle',
  seal_media_malformed: 'not_a_bundle',
  seal_not_recipient: 'not_for_us',
  seal_truncated: 'bundle_incomplete',
  truncated: 'bundle_incomplete',
  seal_excess: 'bundle_altered',
  seal_key_refused: 'bundle_altered',
  seal_segment_altered: 'bundle_altered',
  trailing_bytes: 'bundle_altered',
}
