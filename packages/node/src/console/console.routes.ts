/** What the frame of the console asks: the shell, the desk, search, decisions, the stream of hints. */
import { consoleApi } from '#api/console.ts'
import { decisions } from '#api/decisions.ts'
import { refuse } from '#api/refusals.ts'
import { readPartners } from '#node/federation/federation.store.ts'
import { outLog } from '#node/federation/log.ts'
import { readHead } from '#node/federation/log.store.ts'
import { explainDecision } from '#node/gate/decision.store.ts'
import { permit } from '#node/identity/role.ts'
import type { Act } from '#node/kernel/command.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import type { Hints } from '#node/kernel/stream.ts'
import { deskOf } from '#node/exchange/desk.view.ts'
import { search } from '#node/exchange/search.view.ts'
import type { ExchangeServices } from '#node/exchange/services.ts'
import type { Nations } from '#node/law/nations.ts'

/** Facts of the installation that pages show. */
export interface Installation {
  readonly exercise: boolean
  readonly consoles: readonly { readonly nation: string; readonly url: string }[]
  readonly version: string
  readonly runtime: string
}

export function consoleRoutes(
  services: ExchangeServices,
  hints: Hints,
  installation: Installation,
): readonly Binding[] {
  const { acts, database } = services
  return [
    bind(consoleApi.shell, (_input, { session }) =>
      acts.run(async (act) => ({
        nation: act.nation,
        names: Object.fromEntries(
          services.law.nations.nations.map((each) => [each.nation, { ...each.name }]),
        ),
        exercise: installation.exercise,
        consoles: installation.consoles.map((each) => ({ ...each })),
        now: new Date(act.world.now()).toISOString(),
        partners: await chipsOf(act),
        ladder: ladderOf(services.law.nations),
        needsMe: (await deskOf(act, services, session)).needsMe.length,
        version: installation.version,
        runtime: installation.runtime,
      })),
    ),
    bind(consoleApi.desk, (_input, { session }) => acts.run((act) => deskOf(act, services, session))),
    bind(consoleApi.stream, async () => hints.open()),
    bind(consoleApi.search, ({ q }, { session }) => acts.run((act) => search(act, services, session, q))),
    bind(decisions.explain, async ({ decision }, { session }) => {
      const can = permit(session.roles, 'decision.explain')
      if (can !== true) return can
      const found = await explainDecision(database.query, decision)
      if (found === null) return refuse('not_found')
      const { decision: recorded, replay } = found
      return {
        id: recorded.id,
        act: recorded.act,
        actor: recorded.actor,
        at: new Date(recorded.at).toISOString(),
        permitted: recorded.permitted,
        reasons: recorded.reasons.map((each) => ({ code: each.code, because: [...each.because] })),
        because: [...recorded.because],
        profile: recorded.profile,
        policy: recorded.policy,
        inputs: JSON.parse(recorded.inputs) as unknown,
        replay: { same: replay.same },
      }
    }),
  ]
}

/** The markings of every nation, level by level, the highest first. */
function ladderOf({ nations }: Nations): string[][] {
  const rungs = nations.flatMap(({ ladder }) => ladder)
  const ranks = [...new Set(rungs.map(({ rank }) => rank))].sort((one, other) => other - one)
  return ranks.map((rank) => [
    ...new Set(rungs.filter((rung) => rung.rank === rank).map(({ marking }) => marking)),
  ])
}

async function chipsOf(act: Act) {
  const chips = []
  for (const partner of await readPartners(act.tx)) {
    const head = await readHead(act.tx, outLog(partner.nation), 'look')
    const pending = await act.tx
      .selectFrom('log_pending')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('log', '=', outLog(partner.nation))
      .executeTakeFirstOrThrow()
    const unanswered = await act.tx
      .selectFrom('item')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('direction', '=', 'sent')
      .where('state', '=', 'offered')
      .where('recipient', '=', partner.nation)
      .executeTakeFirstOrThrow()
    const waiting = Number(pending.count) + (head === null ? 0 : head.frontier.size - head.witnessedSize)
    chips.push({
      nation: partner.nation,
      state: partner.state,
      // Nothing waits: the partner has everything that was said.
      lagMs:
        waiting === 0 ? 0 : partner.lastContactAt === null ? null : act.world.now() - partner.lastContactAt,
      unanswered: Number(unanswered.count),
      pending: waiting,
    })
  }
  return chips
}
