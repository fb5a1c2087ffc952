/**
 * The load of the crossing benchmark, inside the sender's process: gives prepared reports their last
 * approval, with a fixed number in flight. A crossing begins with the act of the second release authority and
 * ends when this node has applied the partner's acceptance and holds its cosignature over the offer.
 */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { sealContent } from '#node/exchange/content/content.ts'
import type { FreshContent } from '#node/exchange/content/content.ts'
import { approveDraft, createDraft, submitDraft } from '#node/exchange/drafts/draft.commands.ts'
import type { Draft, Routing } from '#node/exchange/drafts/draft.ts'
import { readDraft } from '#node/exchange/drafts/draft.store.ts'
import { purposesOf } from '#node/exchange/equivalence.ts'
import { instrumentNamed } from '#node/law/governing.ts'
import { outLog } from '#node/federation/log.ts'
import type { Hint } from '#node/kernel/command.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { RunningNode } from '#node/run.ts'
import type { Services } from '#node/services.ts'
import { systemWorld } from '#node/world.system.ts'

/** The times of one level of a repetition. */
export interface Crossed {
  readonly latenciesMs: readonly number[]
  readonly elapsedMs: number
}

export interface Load {
  /** Writes and submits `count` reports of 1 KB, and gives them the first approval. */
  prepare(count: number): Promise<void>
  /** Gives the last approval to `count` prepared reports, `inFlight` at a time. */
  release(inFlight: number, count: number): Promise<Crossed>
}

export type Subscribe = (listener: (hints: readonly Hint[]) => void) => void

const PARTNER = 'KR'
const REPORT_SIZE_BYTES = 1024
const PREPARED_AT_ONCE = 8

/** A purpose that the agreement between the two nations permits. */
export async function purposeOf({ node, database }: RunningNode): Promise<string> {
  const law = await node.services.readLaw(database.query)
  return purposesOf(instrumentNamed(law, 'jp-kr-gsomia-2016', systemWorld.now())!.instrument.profile)[0]!
}

/** The routing of every report in the benchmarks. */
export async function reportRouting(running: RunningNode): Promise<Routing> {
  return {
    partner: PARTNER,
    organisation: 'kr-mnd-dia',
    marking: '極秘',
    category: 'missile_launch',
    purpose: await purposeOf(running),
    derivedFrom: [],
  }
}

/** The value. Throws if it is a refusal. */
export function permitted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value.reasons)}`)
  return value
}

/** Creates the load of a node whose link is open. */
export async function createLoad(
  running: RunningNode,
  signIn: (person: string) => Promise<SignedIn>,
  subscribe: Subscribe,
): Promise<Load> {
  const analyst = await signIn('analyst')
  const first = await signIn('release-authority-1')
  const second = await signIn('release-authority-2')
  const waiting: Draft[] = []
  const watch = watchCrossings(running, subscribe)

  async function releaseOne(draft: Draft): Promise<void> {
    const { node } = running
    const startedMs = performance.now()
    let item = ''
    permitted(
      await node.acts.run((act) => {
        const hint = (changed: Hint): void => {
          // A release hints about the draft and about the item that it creates.
          if (changed.id !== null && changed.id !== draft.id) item = changed.id
          act.hint(changed)
        }
        return approveDraft({ ...act, hint }, node.services, second, draft.id, draft.proposalDigest!)
      }),
    )
    if (item === '') throw new Error('the draft has two approvals and was not released')
    await watch.accepted(item, startedMs)
  }

  return {
    async prepare(count) {
      for (let done = 0; done < count; done += PREPARED_AT_ONCE) {
        const size = Math.min(PREPARED_AT_ONCE, count - done)
        waiting.push(
          ...(await Promise.all(Array.from({ length: size }, () => prepareOne(running, analyst, first)))),
        )
      }
    },
    async release(inFlight, count) {
      const drafts = waiting.splice(0, count)
      if (drafts.length < count) throw new Error('too few reports are prepared')
      watch.begin()
      const startedMs = performance.now()
      const lane = async (): Promise<void> => {
        for (let draft = drafts.pop(); draft !== undefined; draft = drafts.pop()) await releaseOne(draft)
      }
      await Promise.all(Array.from({ length: inFlight }, lane))
      return watch.end(startedMs)
    },
  }
}

/** Writes a report, submits it and gives the first approval. */
async function prepareOne(running: RunningNode, analyst: SignedIn, first: SignedIn): Promise<Draft> {
  const { node } = running
  const { services } = node
  const body = systemWorld.random(REPORT_SIZE_BYTES)
  const facts = { title: 'EXERCISE', fileName: null, mediaType: 'application/octet-stream' }
  const sealing = { keys: running.folder.keys, blobs: services.blobs, world: systemWorld }
  const fresh = await sealContent(sealing, analyst.personId, facts, [body], body.length)
  const routing = await reportRouting(running)
  return prepareDraft(services, { analyst, first, routing, fresh })
}

interface Prepared {
  readonly analyst: SignedIn
  readonly first: SignedIn
  readonly routing: Routing
  readonly fresh: FreshContent
}

/** Creates a draft, submits it and gives the first approval, in one act. */
export async function prepareDraft(services: Services, prepared: Prepared): Promise<Draft> {
  const { analyst, first, routing, fresh } = prepared
  const id = await services.acts.run(async (act) => {
    const draft = permitted(await createDraft(act, services, analyst, routing, fresh))
    await act.flush()
    permitted(await submitDraft(act, services, analyst, draft))
    await act.flush()
    const { proposalDigest } = (await readDraft(act.tx, draft))!
    return permitted(await approveDraft(act, services, first, draft, proposalDigest!))
  })
  return (await services.views.run(({ tx }) => readDraft(tx, id)))!
}

interface Crossing {
  readonly startedMs: number
  acceptedMs: number
}

/** Listens to the node's hints after its commits, and computes when each crossing was complete. */
function watchCrossings(running: RunningNode, subscribe: Subscribe) {
  const log = outLog(PARTNER)
  let crossings = new Map<string, Crossing>()
  const accepted = new Map<string, () => void>()
  let cosigned: { readonly atMs: number; readonly size: number }[] = []
  let isReading = false
  let isWatching = false

  /** Reads, outside any act, how much the partner has cosigned. One read at a time. */
  async function readCosigned(): Promise<void> {
    if (isReading) return
    isReading = true
    const atMs = performance.now()
    cosigned.push({ atMs, size: await cosignedSize(running, log) })
    isReading = false
  }

  subscribe((hints) => {
    if (!isWatching) return
    const atMs = performance.now()
    for (const { id } of hints) {
      // The next hint about a released item says that the partner's answer has been applied.
      const resolve = id === null ? undefined : accepted.get(id)
      if (id !== null && resolve !== undefined) {
        crossings.get(id)!.acceptedMs = atMs
        accepted.delete(id)
        resolve()
      }
    }
    if (hints.some(({ routes }) => routes === 'links')) void readCosigned()
  })

  return {
    begin(): void {
      crossings = new Map()
      cosigned = []
      isWatching = true
    },
    accepted(item: string, startedMs: number): Promise<void> {
      crossings.set(item, { startedMs, acceptedMs: 0 })
      return new Promise((resolve) => accepted.set(item, resolve))
    },
    async end(startedMs: number): Promise<Crossed> {
      isWatching = false
      const indexes = await offerIndexes(running, log, [...crossings.keys()])
      cosigned.push({ atMs: performance.now(), size: await cosignedSize(running, log) })
      const ends = [...crossings].map(([item, crossing]) => {
        const index = indexes.get(item)
        const proof = cosigned.find(({ size }) => index !== undefined && size > index)
        if (proof === undefined) throw new Error('an offer is not cosigned')
        return { startedMs: crossing.startedMs, atMs: Math.max(crossing.acceptedMs, proof.atMs) }
      })
      return {
        latenciesMs: ends.map((end) => end.atMs - end.startedMs),
        elapsedMs: Math.max(...ends.map((end) => end.atMs)) - startedMs,
      }
    },
  }
}

/** How many entries of our log the partner has cosigned, by its newest note that we hold. */
async function cosignedSize(running: RunningNode, log: string): Promise<number> {
  const { query } = running.database
  const row = await query.selectFrom('log').select('note_size').where('name', '=', log).executeTakeFirst()
  return row?.note_size ?? -1
}

/** The index in our log of each item's offer. Throws unless all of the items were accepted. */
async function offerIndexes(
  running: RunningNode,
  log: string,
  items: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await running.database.query
    .selectFrom('matter_statement')
    .innerJoin('item', 'item.id', 'matter_statement.matter')
    .select(['matter_statement.matter', 'matter_statement.log_index', 'item.state'])
    .where('matter_statement.log', '=', log)
    .where('matter_statement.kind', '=', 'exchange.offered')
    .where('matter_statement.matter', 'in', items)
    .execute()
  const other = rows.find(({ state }) => state !== 'accepted')
  if (other !== undefined || rows.length !== items.length)
    throw new Error(`an item is ${other?.state ?? 'missing'}`)
  return new Map(rows.map((row) => [row.matter, row.log_index ?? Number.POSITIVE_INFINITY]))
}
