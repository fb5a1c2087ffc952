/** The contracts of `api/federation.ts` that concern links, bound to the commands of the federation. */
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { federation } from '#api/federation.ts'
import type { EntryShape, LinkView } from '#api/federation.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { permit } from '#node/identity/role.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import type { Tx } from '#node/kernel/database.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import type { World } from '#node/world.ts'
import { exportMedia, importMedia } from './federation.media.ts'
import type { MediaImport, MediaOptions } from './federation.media.ts'
import { readPartner, readPartners } from './federation.store.ts'
import type { NodeKeys } from './keys.ts'
import { readEntriesBefore, readLinkFacts, readParked, readPending } from './link.store.ts'
import { verifyLink } from './link.verify.ts'
import { canCarry, entryView, linkView } from './link.view.ts'
import { inLog, outLog } from './log.ts'
import { readHead } from './log.store.ts'
import type { Partner } from './partner.ts'

export interface FederationServices {
  readonly acts: Acts
  readonly keys: NodeKeys
  readonly world: World
  readonly media: MediaOptions
  /** Called when a bundle of media was stored, which now has to have its effect. */
  heard(): void
  /** A nation's name in each language of the console. */
  nameOf(nation: string): Readonly<Record<string, string>>
  /** Matters with the partner in which it is the partner's turn. */
  unanswered(tx: Tx, nation: string): Promise<number>
}

/** The bindings of links. */
export function federationRoutes(services: FederationServices): readonly Binding[] {
  return [...stateRoutes(services), ...mediaRoutes(services)]
}

function stateRoutes(services: FederationServices): Binding[] {
  const { acts, keys } = services
  return [
    bind(federation.listLinks, (_input, caller) =>
      acts.run(async (act) => {
        const rows: LinkView[] = []
        for (const partner of await readPartners(act.tx)) {
          rows.push(await viewOf(services, act, partner, caller.session.roles))
        }
        return { rows }
      }),
    ),
    bind(federation.getLink, (input, caller) =>
      acts.run(async (act) => {
        const partner = await readPartner(act.tx, input.partner)
        return partner === null ? refuse('not_found') : viewOf(services, act, partner, caller.session.roles)
      }),
    ),
    bind(federation.listEntries, (input) => acts.run((act) => listEntries(act, input))),
    bind(federation.verifyLink, async (input, caller) => {
      const permitted = permit(caller.session.roles, 'link.verify')
      if (permitted !== true) return permitted
      const partner = await acts.run((act) => readPartner(act.tx, input.partner))
      if (partner === null) return refuse('not_found')
      const { held, checks, entries } = await verifyLink(acts, keys, partner)
      return { held, checks: [...checks], entries }
    }),
  ]
}

async function viewOf(
  services: FederationServices,
  act: Act,
  partner: Partner,
  roles: readonly string[],
): Promise<LinkView> {
  const facts = await readLinkFacts(act.tx, partner.nation)
  const unanswered = await services.unanswered(act.tx, partner.nation)
  const asked = { now: services.world.now(), name: services.nameOf(partner.nation), roles, unanswered }
  return linkView(partner, facts, asked)
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

/** A page of entries, newest first; what has no place yet stands on the first page. */
async function listEntries(act: Act, asked: EntriesAsked): Promise<EntriesPage | Refusal> {
  const { partner, direction } = asked
  const limit = asked.limit ?? PAGE_ROWS
  const log = direction === 'ours' ? outLog(partner) : inLog(partner)
  const head = await readHead(act.tx, log, 'look')
  if (head === null) return refuse('not_found')
  if (asked.cursor !== undefined && !/^\d{1,15}$/.test(asked.cursor))
    return refuse('invalid_input', [], 'cursor')
  const { size } = head.frontier
  const before = asked.cursor === undefined ? size : Number(asked.cursor)
  const isFirst = direction === 'ours' && asked.cursor === undefined
  const pending = isFirst ? await readPending(act.tx, partner, limit) : []
  const rows = await readEntriesBefore(act.tx, log, before, Math.max(limit - pending.length, 1))
  const last = rows.at(-1)?.index ?? 0
  const parked = direction === 'ours' ? new Map() : await readParked(act.tx, partner, last, before)
  const at = act.world.now()
  const waiting = pending.map(({ bytes }, place) =>
    entryView({
      index: size + pending.length - 1 - place,
      bytes,
      direction,
      state: 'pending',
      code: null,
      at,
    }),
  )
  const logged = rows.map(({ index, bytes }) => {
    const stopped = parked.get(index)
    const state = stateOf(direction, index, head.noteSize, head.applied, stopped !== undefined)
    return entryView({ index, bytes, direction, state, code: stopped?.code ?? null, at: stopped?.at ?? at })
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

function mediaRoutes(services: FederationServices): Binding[] {
  const { acts, media } = services
  return [
    bind(federation.exportBundle, async (input, caller) => {
      const partner = await acts.run((act) => readPartner(act.tx, input.partner))
      if (partner === null) return refuse('not_found')
      const can = canCarry(caller.session.roles, partner.state)
      if (can !== true) return can
      const made = await exportMedia(media, input.partner, caller.session.personId)
      if (isRefusal(made)) return made
      return new Response(
        Readable.toWeb(Readable.from(made.chunks)) as ReadableStream<Uint8Array<ArrayBuffer>>,
        {
          headers: {
            'content-type': 'application/octet-stream',
            'content-disposition': `attachment; filename="${made.control}.entente"`,
            'cache-control': 'no-store',
          },
        },
      )
    }),
    bind(federation.importBundle, async (_input, caller) => {
      const permitted = permit(caller.session.roles, 'bundle.carry')
      if (permitted !== true) return permitted
      const { body } = caller.request
      if (body === null) return refuse('invalid_input', [], 'body')
      const taken = await importMedia(media, body, caller.session.personId)
      if (taken.received.outcome !== 'refused') services.heard()
      return imported(services, taken)
    }),
  ]
}

/** What the person who brought the file is told. The codes of the format stand in `place`. */
async function imported(
  services: FederationServices,
  { received }: MediaImport,
): Promise<{ partner: string; size: number; stored: number } | Refusal> {
  switch (received.outcome) {
    case 'cosigned': {
      const { from, stored } = received
      const head = await services.acts.run((act) => readHead(act.tx, inLog(from), 'look'))
      return { partner: from, size: head?.frontier.size ?? 0, stored }
    }
    case 'behind':
      return refuse('out_of_order', [], 'behind')
    case 'frozen':
    case 'fork':
      return refuse('link_frozen', [], received.outcome)
    case 'not_open':
      return refuse('link_not_open')
    case 'not_for_us':
      return refuse('not_for_us')
    case 'refused':
      return refuse('content_broken', [], received.code)
  }
}
