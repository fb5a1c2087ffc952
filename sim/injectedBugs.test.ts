/**
 * Thirteen bugs, injected one at a time by replacing a function of the node. An auditor must catch every bug
 * within a few seeds. This shows that the auditors work, not that they find all bugs.
 */
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { sql } from 'kysely'
import type { Act, Acts } from '#node/kernel/command.ts'
import type * as Apply from '#node/federation/apply.commands.ts'
import type * as Receive from '#node/federation/receive.commands.ts'
import type * as Say from '#node/federation/say.commands.ts'
import type * as Command from '#node/kernel/command.ts'
import type * as FederationStore from '#node/federation/federation.store.ts'
import type * as Mirror from '#node/federation/mirror.ts'
import type * as Bundle from '#wire/link/bundle.ts'
import type * as Matter from '#wire/matter.ts'
import type * as DepartureCommands from '#node/exchange/items/departure.commands.ts'
import type * as DraftStore from '#node/exchange/drafts/draft.store.ts'
import type * as Needtoknow from '#node/identity/needToKnow.ts'
import type * as Acknowledge from '#node/federation/acknowledge.commands.ts'
import type * as NumberStore from '#node/kernel/number.store.ts'
import type * as Content from '#node/exchange/content/content.ts'
import { preparedNations } from './setup.ts'
import { simulate } from './simulate.ts'

const injected = vi.hoisted(() => ({ bug: '', state: new Map<string, unknown>() }))
const is = (bug: string): boolean => injected.bug === bug

/** True on every `every`-th call. */
function turn(every: number): boolean {
  const count = ((injected.state.get('turn') as number | undefined) ?? 0) + 1
  injected.state.set('turn', count)
  return count % every === 0
}

vi.mock('#node/federation/apply.commands.ts', async (original) => {
  const real = await original<typeof Apply>()
  return {
    ...real,
    async applyNext(acts: Acts, handlers: never, from: string) {
      const applied = await real.applyNext(acts, handlers, from)
      if (is('no inbox cursor') && applied.applied > 0 && turn(3)) {
        await acts.run((act) =>
          act.tx.updateTable('log').set({ applied: 0 }).where('name', '=', `in/${from}`).execute(),
        )
      }
      return applied
    },
  }
})

vi.mock('#node/federation/receive.commands.ts', async (original) => {
  const real = await original<typeof Receive>()
  return {
    ...real,
    receiveBundle(...[options, chunks, authenticated]: Parameters<typeof real.receiveBundle>) {
      const acts = is('ack before commit') && turn(4) ? losing(options.acts) : options.acts
      return real.receiveBundle({ ...options, acts }, chunks, authenticated)
    },
  }
})

/** Returns what an act returns, and rolls it back. */
function losing(acts: Acts): Acts {
  class Lost extends Error {}
  return {
    async run<T>(act: (act: Act) => Promise<T>) {
      let answer: { value: T } | null = null
      try {
        return await acts.run(async (inner) => {
          answer = { value: await act(inner) }
          throw new Lost()
        })
      } catch (error) {
        if (error instanceof Lost && answer !== null) return (answer as { value: T }).value
        throw error
      }
    },
  }
}

vi.mock('#node/federation/say.commands.ts', async (original) => {
  const real = await original<typeof Say>()
  return {
    ...real,
    async say(...[act, partner, saying]: Parameters<typeof real.say>) {
      const said = await real.say(act, partner, saying)
      if (!is('effect outside the transaction')) return said
      // Queued in memory and written after the commit.
      await sql`delete from log_pending where statement = ${said.id}`.execute(act.tx)
      const queue = (injected.state.get(act.nation) as unknown[] | undefined) ?? []
      injected.state.set(act.nation, [
        ...queue,
        { log: `out/${partner}`, bytes: said.bytes, statement: said.id },
      ])
      return said
    },
  }
})

vi.mock('#node/kernel/command.ts', async (original) => {
  const real = await original<typeof Command>()
  return {
    ...real,
    createActs(options: Parameters<typeof real.createActs>[0]): Acts {
      const acts = real.createActs(options)
      return {
        async run<T>(act: (act: Act) => Promise<T>): Promise<T> {
          // A crashed process loses what it had in memory.
          injected.state.delete(options.nation)
          const value = await acts.run(act)
          const queue = (injected.state.get(options.nation) ?? []) as {
            log: string
            bytes: Uint8Array
            statement: string
          }[]
          injected.state.delete(options.nation)
          if (queue.length > 0) {
            await options.database.transact(async (tx) => {
              for (const { log, bytes, statement } of queue) {
                await sql`insert into log_pending (log, bytes, statement) values (${log}, ${bytes}, ${statement})`.execute(
                  tx,
                )
              }
            })
          }
          return value
        },
      }
    },
  }
})

vi.mock('#node/federation/federation.store.ts', async (original) => {
  const real = await original<typeof FederationStore>()
  return {
    ...real,
    async noteFailure(...[tx, nation, failure]: Parameters<typeof real.noteFailure>) {
      await real.noteFailure(tx, nation, failure)
      if (!is('sender gives up')) return
      await sql`delete from log_pending where id =
        (select min(id) from log_pending where log = ${`out/${nation}`})`.execute(tx)
    },
  }
})

vi.mock('#node/federation/mirror.ts', async (original) => {
  const real = await original<typeof Mirror>()
  const { extend } = await import('#node/federation/log.ts')
  return {
    ...real,
    mirrorStep(...[mirror, header, checkpoint, entries, rootAt]: Parameters<typeof real.mirrorStep>) {
      if (is('duplicate entered twice') && entries.length > 0 && header.first < mirror.size) {
        return { step: 'extend', entries, extension: extend(mirror, entries) }
      }
      const step = real.mirrorStep(mirror, header, checkpoint, entries, rootAt)
      if (!is('root not checked') || step.step !== 'mismatch') return step
      const fresh = entries.slice(mirror.size - header.first)
      return { step: 'extend', entries: fresh, extension: extend(mirror, fresh) }
    },
  }
})

vi.mock('#wire/link/bundle.ts', async (original) => {
  const real = await original<typeof Bundle>()
  return {
    ...real,
    /** A sender with corrupted memory, which only the root can reveal. */
    encodeBundleHead(head: Parameters<typeof real.encodeBundleHead>[0]) {
      if (!is('root not checked') || head.entries.length === 0 || !turn(3)) return real.encodeBundleHead(head)
      const [first, ...rest] = head.entries
      return real.encodeBundleHead({ ...head, entries: [Buffer.concat([first!, Buffer.from(' ')]), ...rest] })
    },
  }
})

vi.mock('#wire/matter.ts', async (original) => {
  const real = await original<typeof Matter>()
  return {
    ...real,
    orderOf<S>(told: Parameters<typeof real.orderOf<S>>[0]) {
      if (!is('race resolved by arrival')) return real.orderOf(told)
      return told.map(({ byHome, statement }) => ({ byHome, statement, provisional: false }))
    },
  }
})

vi.mock('#node/exchange/items/departure.commands.ts', async (original) => {
  const real = await original<typeof DepartureCommands>()
  return {
    ...real,
    mayOfferLeave(...args: Parameters<typeof real.mayOfferLeave>): ReturnType<typeof real.mayOfferLeave> {
      const mayLeave = real.mayOfferLeave(...args)
      return async (...of) => is('gate skipped at departure') || mayLeave(...of)
    },
  }
})

vi.mock('#node/exchange/drafts/draft.store.ts', async (original) => {
  const real = await original<typeof DraftStore>()
  return {
    ...real,
    async readApprovals(...args: Parameters<typeof real.readApprovals>) {
      const approvals = await real.readApprovals(...args)
      if (!is('approvals counted without persons')) return approvals
      return approvals.flatMap((approval) =>
        approval.verdict === 'approve' ? [approval, approval] : [approval],
      )
    },
  }
})

vi.mock('#node/identity/needToKnow.ts', async (original) => {
  const real = await original<typeof Needtoknow>()
  return {
    ...real,
    coveringGrant: (...args: Parameters<typeof real.coveringGrant>) =>
      is('need to know not asked') ? ({} as never) : real.coveringGrant(...args),
  }
})

vi.mock('#node/federation/acknowledge.commands.ts', async (original) => {
  const real = await original<typeof Acknowledge>()
  return {
    ...real,
    async compareWithHeld(...args: Parameters<typeof real.compareWithHeld>) {
      if (!is('rollback not noticed')) return real.compareWithHeld(...args)
      const [act, partner, , bytes] = args
      const { readHead } = await import('#node/federation/log.store.ts')
      const head = await readHead(act.tx, `out/${partner.nation}`)
      const size = Number(Buffer.from(bytes).toString('latin1').split('\n', 2)[1] ?? 0)
      return { outcome: 'consistent' as const, size, head }
    },
  }
})

vi.mock('#node/kernel/number.store.ts', async (original) => {
  const real = await original<typeof NumberStore>()
  return {
    ...real,
    async takeNumbers(...args: Parameters<typeof real.takeNumbers>) {
      const numbers = await real.takeNumbers(...args)
      const [, series] = args
      return is('one register number for two') && series === 'register' ? numbers.map(() => 1) : numbers
    },
  }
})

vi.mock('#node/exchange/content/content.ts', async (original) => {
  const real = await original<typeof Content>()
  return {
    ...real,
    async sealContent(...args: Parameters<typeof real.sealContent>) {
      const fresh = await real.sealContent(...args)
      if (!is('title kept in the clear')) return fresh
      return { ...fresh, content: { ...fresh.content, owner: args[2].title } }
    },
  }
})

/** Prepares the nations before any bug is injected. */
beforeAll(async () => {
  await preparedNations()
}, 300_000)

afterEach(() => {
  injected.bug = ''
  injected.state.clear()
})

interface Bug {
  readonly bug: string
  /** The auditors that may be the first to catch it. */
  readonly auditors: readonly string[]
  /** The first seed to run, for a bug that few seeds reveal. */
  readonly from?: number
}

/** The bugs, each with the auditors that catch it. */
const BUGS: readonly Bug[] = [
  { bug: 'no inbox cursor', auditors: ['exactly once'] },
  { bug: 'ack before commit', auditors: ['log'] },
  { bug: 'effect outside the transaction', auditors: ['exactly once', 'matter'] },
  { bug: 'sender gives up', auditors: ['exactly once'], from: 2 },
  { bug: 'duplicate entered twice', auditors: ['log', 'node'] },
  { bug: 'root not checked', auditors: ['log', 'links', 'exactly once'] },
  { bug: 'race resolved by arrival', auditors: ['matter'] },
  { bug: 'gate skipped at departure', auditors: ['release'] },
  { bug: 'approvals counted without persons', auditors: ['release'] },
  { bug: 'need to know not asked', auditors: ['access'] },
  { bug: 'rollback not noticed', auditors: ['links', 'log', 'node'], from: 33 },
  { bug: 'one register number for two', auditors: ['register'] },
  { bug: 'title kept in the clear', auditors: ['plaintext'] },
]

/** A bug must be caught within this many seeds. */
const SEEDS_MAX = 25
/** A soak starts at a fresh seed, and may need many runs to meet a rare bug. */
const BUGS_FROM = Number(process.env['BUGS_FROM'] ?? 0)
const SEEDS_MAX_OF_SOAK = 300

it.each(BUGS)(
  'catches: $bug',
  async ({ bug, auditors, from: known = 1 }) => {
    injected.bug = bug
    const [from, seedsMax] = BUGS_FROM > 0 ? [BUGS_FROM, SEEDS_MAX_OF_SOAK] : [known, SEEDS_MAX]
    for (let seed = from; seed < from + seedsMax; seed += 1) {
      injected.state.clear()
      const { failure } = await simulate(seed)
      if (failure === null) continue
      process.stdout.write(`${bug}: caught at seed ${seed} by ${failure.error.message}\n`)
      expect(auditors).toContain(failure.auditor)
      return
    }
    expect.fail(`${bug} was not caught in ${seedsMax} seeds from ${from}`)
  },
  600_000,
)
