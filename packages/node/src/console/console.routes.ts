/** The routes of the console's frame: shell, desk, search, and the stream of hints. */
import { consoleApi } from '#api/console.ts'
import type { Statement } from '#wire/statement.ts'
import { readPartners } from '#node/federation/federation.store.ts'
import { readTraffic } from '#node/federation/link.store.ts'
import { trafficView } from '#node/federation/link.view.ts'
import { bind, createBinder } from '#node/kernel/bind.ts'
import type { Binding } from '#node/kernel/bind.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Hints } from '#node/kernel/stream.ts'
import type { View } from '#node/kernel/view.ts'
import { markingLadder } from '#node/law/nations.ts'
import type { Part } from '#node/pillar.ts'
import type { Services } from '#node/services.ts'
import { joinDesks } from '#node/desk.ts'
import type { Desk } from '#node/desk.ts'
import { iso } from '#node/world.ts'

/** The installation's settings that pages show. */
export interface Installation {
  readonly exercise: boolean
  readonly consoles: readonly { readonly nation: string; readonly url: string }[]
  readonly version: string
  readonly runtime: string
}

/** What the parts of a node contribute to the console's frame. */
export interface Frame {
  desk(view: View, by: SignedIn): Promise<Desk>
  search(view: View, by: SignedIn, words: string): Promise<Awaited<ReturnType<NonNullable<Part['search']>>>>
  unanswered(reader: Reader): Promise<ReadonlyMap<string, number>>
  referenceOf(statement: Statement): string | null
}

/** Joins the contributions of all parts, in their order. */
export function frameOf(parts: readonly Part[]): Frame {
  return {
    async desk(view, by) {
      const desks: Desk[] = []
      for (const { desk } of parts) if (desk !== undefined) desks.push(await desk(view, by))
      return joinDesks(desks)
    },
    async search(view, by, words) {
      const hits = []
      for (const { search } of parts) if (search !== undefined) hits.push(...(await search(view, by, words)))
      return hits
    },
    async unanswered(reader) {
      const counts = new Map<string, number>()
      for (const { unanswered } of parts) {
        for (const [partner, count] of (await unanswered?.(reader)) ?? [])
          counts.set(partner, (counts.get(partner) ?? 0) + count)
      }
      return counts
    },
    referenceOf(statement) {
      for (const { referenceOf } of parts) {
        const reference = referenceOf?.(statement) ?? null
        if (reference !== null) return reference
      }
      return null
    },
  }
}

/** The bindings of the frame. */
export function consoleRoutes(
  services: Services,
  frame: Frame,
  hints: Hints,
  installation: Installation,
): readonly Binding[] {
  const { look } = createBinder(services)
  const { nations } = services
  return [
    look(consoleApi.shell, async (view, _input, by) => ({
      nation: view.nation,
      names: Object.fromEntries(nations.nations.map(({ nation, name }) => [nation, { ...name }])),
      exercise: installation.exercise,
      consoles: installation.consoles.map((console) => ({ ...console })),
      now: iso(view.world.now()),
      partners: await chipsOf(view, frame),
      ladder: markingLadder(nations),
      needsMe: (await frame.desk(view, by)).needsMe.length,
      version: installation.version,
      runtime: installation.runtime,
    })),
    look(consoleApi.desk, async (view, _input, by) => {
      const { needsMe, waiting, information } = await frame.desk(view, by)
      return { needsMe: [...needsMe], waiting: [...waiting], information: [...information] }
    }),
    look(consoleApi.search, async (view, { q }, by) => ({ hits: [...(await frame.search(view, by, q))] })),
    bind(consoleApi.stream, async () => hints.open()),
  ]
}

async function chipsOf({ tx, world }: View, frame: Frame) {
  const [partners, traffic, unanswered] = await Promise.all([
    readPartners(tx),
    readTraffic(tx),
    frame.unanswered(tx),
  ])
  return partners.map(({ nation, state }) => ({
    nation,
    state,
    ...trafficView(traffic(nation), world.now()),
    unanswered: unanswered.get(nation) ?? 0,
  }))
}
