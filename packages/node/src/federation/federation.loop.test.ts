/** The background loop of a node (LINK-17 to LINK-19). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { applyNext } from './apply.commands.ts'
import { fetchWanted } from './content.courier.ts'
import { createFederationLoop } from './federation.loop.ts'
import type { FederationLoop, LoopOptions } from './federation.loop.ts'
import { leaderTest } from './leader.loop.ts'
import { recordNational } from './national.ts'
import {
  createTestNetwork,
  createTestNode,
  createTestWorld,
  linkNodes,
  transportOf,
} from './testFederation.ts'
import type { TestNetwork, TestNode, TestWorld } from './testFederation.ts'

let network: TestNetwork
let world: TestWorld
let jp: TestNode
let kr: TestNode

beforeEach(async () => {
  network = createTestNetwork()
  world = createTestWorld('link')
  jp = await createTestNode({ nation: 'JP', database: await openTestDatabase(), network, world })
  kr = await createTestNode({ nation: 'KR', database: await openTestDatabase(), network, world })
})
afterEach(async () => {
  await jp.close()
  await kr.close()
})

describe('the loop of a node', () => {
  const loops: FederationLoop[] = []
  const reports: unknown[] = []
  afterEach(async () => {
    for (const loop of loops.splice(0)) await loop.stop()
    expect(reports.splice(0)).toEqual([])
  })
  const startLoop = (
    node: TestNode,
    holder: string | null,
    report = (error: unknown) => void reports.push(error),
    more: Partial<LoopOptions> = {},
  ) => {
    const { acts, keys, folder, handlers } = node
    const transport = transportOf(network, node.nation)
    const arrived = async (): Promise<void> => undefined
    const leads = leaderTest(holder, world)
    const loop = createFederationLoop({
      keys,
      acts,
      world,
      transport,
      courier: node.startCourier(holder ?? undefined),
      apply: (from) => applyNext(acts, handlers, from),
      fetchContent: (from) => fetchWanted({ acts, world, transport, folder, arrived, leads }, from),
      holder,
      report,
      pollMs: 10,
      ...more,
    })
    loops.push(loop)
    loop.start()
    return loop
  }
  const until = async (test: () => Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + 20_000
    while (!(await test())) {
      if (performance.now() > deadline) throw new Error('timed out')
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  beforeEach(() => linkNodes(jp, kr))

  it('[LINK-17] sends, applies, answers and witnesses on its own, and stops cleanly', async () => {
    const loop = startLoop(jp, 'jp-1')
    startLoop(kr, 'kr-1')
    await jp.acts.run(async (act) => recordNational(act, { what: 'exercise.began' }))
    const id = await jp.say('KR', 'JP-KR-2026-1')
    loop.wake()
    await until(async () => (await kr.heard('JP')).includes(id))
    await kr.say('JP', 'KR-JP-2026-1')
    await until(async () => (await jp.heard('KR')).length === 1)
    await until(async () => {
      world.advance(2000)
      const row = await kr.database.query
        .selectFrom('witnessed')
        .select('size')
        .where('direction', '=', 'theirs')
        .executeTakeFirst()
      return row?.size === 1
    })
    await loop.stop()
    const lease = await jp.database.query.selectFrom('lease').selectAll().executeTakeFirstOrThrow()
    expect(lease.until).toBeLessThan(world.now())
  })

  it('[LINK-18] of two processes on one database, one sends; when it stops, the other takes over', async () => {
    const first = startLoop(jp, 'jp-1')
    startLoop(kr, 'kr-1')
    await jp.say('KR', 'one')
    await until(async () => (await kr.heard('JP')).length === 1)
    startLoop(jp, 'jp-2')
    await jp.say('KR', 'two')
    await until(async () => (await kr.heard('JP')).length === 2)
    const holder = async () =>
      (await jp.database.query.selectFrom('lease').selectAll().executeTakeFirstOrThrow()).holder
    expect(await holder()).toBe('jp-1')
    await first.stop()
    await jp.say('KR', 'three')
    await until(async () => (await kr.heard('JP')).length === 3)
    expect(await holder()).toBe('jp-2')
  })

  it('[LINK-18] a process that does not share its database writes no lease', async () => {
    const loop = startLoop(jp, null)
    startLoop(kr, 'kr-1')
    await jp.say('KR', 'one')
    loop.wake('said')
    await until(async () => (await kr.heard('JP')).length === 1)
    await loop.stop()
    expect(await jp.database.query.selectFrom('lease').selectAll().execute()).toEqual([])
  })

  /** A poll interval beyond the timeout of a test. */
  const NEVER = { pollMs: 600_000 }

  it('[LINK-17] deferred work runs when it is due, not at the next poll', async () => {
    const calls: number[] = []
    const dueMs = 40
    const due = async (): Promise<number | null> => {
      calls.push(performance.now())
      return calls.length === 1 ? world.now() + dueMs : null
    }
    startLoop(jp, null, undefined, { ...NEVER, due })
    await until(async () => calls.length === 2)
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(dueMs - 2)
  })

  it('[LINK-15] a link retries on its own when its back-off ends', async () => {
    const loop = startLoop(jp, null, undefined, NEVER)
    let lost = 0
    network.onRequest = (from, _to, bundle) => (from === 'JP' && (lost += 1) <= 2 ? null : bundle)
    await jp.say('KR', 'one')
    loop.wake('said')
    await until(async () => {
      world.advance(5)
      return (
        (await kr.database.query.selectFrom('log').select('size').where('name', '=', 'in/JP').execute())[0]!
          .size === 1
      )
    })
    expect(lost).toBeGreaterThan(2)
  })

  it('[LINK-19] a failing step is reported and retried with exponential back-off', async () => {
    const seen: unknown[] = []
    let isBroken = true
    network.onReply = (to, reply) => {
      if (isBroken && to === 'KR') throw new Error('a fault of this node')
      return reply
    }
    const loop = startLoop(jp, 'jp-1', (error) => void seen.push(error))
    startLoop(kr, 'kr-1')
    await jp.say('KR', 'one')
    for (const [failures, backOffMs] of [
      [1, 1000],
      [2, 2000],
      [3, 4000],
    ] as const) {
      await until(async () => seen.length === failures)
      expect(loop.failing()).toEqual(new Map([['carry KR', failures]]))
      world.advance(backOffMs - 1)
      loop.wake('said')
      await kr.say('JP', `during back-off ${failures}`)
      await until(async () => (await jp.heard('KR')).length === failures)
      expect(seen).toHaveLength(failures)
      world.advance(1)
    }
    await until(async () => seen.length === 4)
    isBroken = false
    loop.wake('all')
    await until(async () => (await kr.heard('JP')).length === 1)
    expect(loop.failing()).toEqual(new Map())
  })
})
