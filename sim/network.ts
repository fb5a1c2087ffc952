/**
 * The network between simulated nations: what loses, doubles, delays and cuts. A message may arrive after
 * its sender has given up, and arrive again after it has arrived. Media are bundles on a desk, read in
 * later, perhaps twice.
 */
import { exportMedia, importMedia } from '#node/federation/federation.media.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { isOffered } from '#node/federation/content.store.ts'
import { replyOf } from '#node/federation/receive.ts'
import { Unreachable } from '#node/federation/transport.ts'
import type { ExtendReply, Transport } from '#node/federation/transport.ts'
import { addCheckpoint } from '#node/federation/witness.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { Sha384 } from '#wire/digest.ts'
import { Crashed } from './crash.ts'
import type { FaultRates } from './faults.ts'
import { openMemoryBlobs } from './memoryBlobs.ts'
import type { Nation } from './nation.ts'
import type { Random } from './random.ts'
import { noteOfBundle } from './seen.ts'
import type { Seen } from './seen.ts'
import type { Trace } from './trace.ts'

export interface Network {
  /** How a nation reaches the others. */
  transportOf(name: string): Transport
  /** Lets a tick pass: partitions begin and end, and what was delayed arrives. */
  tick(): Promise<void>
  /** Writes a bundle to media. */
  exportMedia(from: string, to: string): Promise<void>
  /** Reads in a bundle that lies on a desk, if there is one. */
  importMedia(): Promise<void>
  /** Forgets everything of a nation that is under way: it was off for long. */
  dropFrom(name: string): void
  /** The faults from now on; ending them ends partitions too. */
  setRates(rates: FaultRates): void
  /** Messages that have not arrived for the last time. */
  pendingCount(): number
}

export interface NetworkOptions {
  readonly nations: ReadonlyMap<string, Nation>
  readonly random: Random
  readonly rates: FaultRates
  readonly seen: Seen
  readonly trace: Trace
}

interface Underway {
  readonly from: string
  readonly to: string
  readonly bundle: Uint8Array
  /** Ticks until it arrives. */
  ticks: number
}

interface OnDesk {
  readonly from: string
  readonly to: string
  readonly bytes: Uint8Array
  reads: number
}

interface State {
  rates: FaultRates
  /** Pairs that are cut, `JP>KR`, with the ticks left. */
  readonly cuts: Map<string, number>
  underway: Underway[]
  desk: OnDesk[]
}

const DELAY_TICKS_MAX = 12
const PARTITION_TICKS_MAX = 25

export function createNetwork(options: NetworkOptions): Network {
  const { random, trace, seen } = options
  const state: State = { rates: options.rates, cuts: new Map(), underway: [], desk: [] }
  return {
    transportOf: (name) => transportOf(options, state, name),
    async tick() {
      passPartitions(options, state)
      for (const message of state.underway) message.ticks -= 1
      const due = state.underway.filter((message) => message.ticks <= 0)
      state.underway = state.underway.filter((message) => message.ticks > 0)
      while (due.length > 0) {
        const [message] = due.splice(random.below(due.length), 1)
        const { from, to, bundle } = message!
        const outcome = await deliver(options, from, to, bundle).catch(codeOfUnreachable)
        trace.note(`${from}>${to} late ${typeof outcome === 'string' ? outcome : outcome.outcome}`)
      }
    },
    async exportMedia(from, to) {
      const nation = options.nations.get(from)!
      const exported = await exportMedia(mediaOf(nation), to, 'registrar')
      if ('refused' in exported) return
      const bytes = await collect(exported.chunks)
      seen.scan(bytes, `media ${from}>${to}`)
      state.desk.push({ from, to, bytes, reads: 0 })
      trace.count('fault media')
      trace.note(`${from}>${to} media written ${exported.control}`)
    },
    async importMedia() {
      if (state.desk.length === 0) return
      const media = random.pick(state.desk)
      media.reads += 1
      if (media.reads > 1) trace.count('fault media twice')
      if (media.reads > 1 || random.chance(0.3)) state.desk = state.desk.filter((each) => each !== media)
      const { received } = await importMedia(
        mediaOf(options.nations.get(media.to)!),
        one(media.bytes),
        'registrar',
      )
      trace.note(`${media.from}>${media.to} media read ${received.outcome}`)
    },
    dropFrom(name) {
      state.underway = state.underway.filter((message) => message.from !== name)
      state.desk = state.desk.filter((media) => media.from !== name)
    },
    setRates(rates) {
      state.rates = rates
      if (rates.partition === 0) state.cuts.clear()
    },
    pendingCount: () => state.underway.length,
  }
}

function passPartitions({ random, nations, trace }: NetworkOptions, state: State): void {
  for (const [pair, ticks] of state.cuts) {
    if (ticks > 1) state.cuts.set(pair, ticks - 1)
    else state.cuts.delete(pair)
  }
  if (!random.chance(state.rates.partition)) return
  const from = random.pick([...nations.keys()])
  const to = random.pick([...nations.keys()].filter((name) => name !== from))
  const ticks = 2 + random.below(PARTITION_TICKS_MAX)
  const both = random.chance(0.7)
  trace.count('fault partition')
  trace.note(`${from}>${to} cut ${both ? 'both ways ' : ''}for ${ticks}`)
  state.cuts.set(`${from}>${to}`, ticks)
  if (both) state.cuts.set(`${to}>${from}`, ticks)
}

function transportOf(options: NetworkOptions, state: State, name: string): Transport {
  const { random, trace, seen, nations } = options
  const reach = (to: string): void => {
    if (state.cuts.has(`${name}>${to}`)) throw new Unreachable('cut')
    if (random.chance(state.rates.loseRequest)) lose('lose request', 'unreachable')
  }
  const answer = (): void => {
    if (random.chance(state.rates.loseAnswer)) lose('lose answer', 'timeout')
  }
  const lose = (fault: string, code: string): never => {
    trace.count(`fault ${fault}`)
    throw new Unreachable(code)
  }
  const later = (to: string, bundle: Uint8Array): void => {
    state.underway.push({ from: name, to, bundle, ticks: 1 + random.below(DELAY_TICKS_MAX) })
  }
  return {
    async extend({ nation: to }, bundle) {
      seen.scan(bundle, `bundle ${name}>${to}`)
      reach(to)
      if (random.chance(state.rates.delay)) {
        later(to, bundle)
        lose('delay', 'timeout')
      }
      if (random.chance(state.rates.duplicate)) {
        later(to, bundle)
        trace.count('fault duplicate')
      }
      const reply = await deliver(options, name, to, bundle)
      trace.note(`${name}>${to} ${reply.outcome}`)
      answer()
      return reply
    },
    async fetchBlob({ nation: to }, digest, fromByte) {
      reach(to)
      const bytes = await alive(nations.get(to)!, () => serve(nations.get(to)!, name, digest, fromByte))
      seen.scan(bytes, `content ${to}>${name}`)
      const breaks = random.chance(state.rates.breakOff)
      if (breaks) trace.count('fault break off')
      return pieces(bytes, breaks ? random.below(bytes.length) : null)
    },
    async addCheckpoint({ nation: to }, request) {
      reach(to)
      const witness = nations.get(to)!
      const { node } = witness.process()
      const reply = await alive(witness, async () => {
        const us = await node.acts.run((act) => readPartner(act.tx, name))
        return addCheckpoint(node.acts, witness.keys, us!, request)
      })
      seen.checkpoint(Buffer.from(request.slice(request.indexOf('\n\n') + 2)))
      trace.note(`${name}>${to} witness ${reply.status}`)
      answer()
      return reply
    },
  }
}

/** Hands a bundle to the receiver, whenever that is. */
async function deliver(
  { nations, seen }: NetworkOptions,
  from: string,
  to: string,
  bundle: Uint8Array,
): Promise<ExtendReply> {
  const receiver = nations.get(to)!
  const note = noteOfBundle(bundle)
  seen.checkpoint(note)
  const received = await alive(receiver, () => receiver.process().node.receive(one(bundle), from))
  if (received.outcome === 'cosigned') seen.held(to, note)
  return replyOf(received)
}

/** Runs something in a partner's process; when that dies of it, the caller hears nothing. */
async function alive<T>(nation: Nation, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Crashed)) throw error
    await nation.boot()
    throw new Unreachable('hung_up', error)
  }
}

async function serve(nation: Nation, to: string, digest: string, fromByte: number): Promise<Uint8Array> {
  const { node } = nation.process()
  const blob = await node.ownActs.run(async (act) =>
    (await isOffered(act.tx, to, digest)) ? findBlob(act.tx, digest as Sha384) : null,
  )
  if (blob === null) throw new Unreachable('not_here')
  return collect(openMemoryBlobs(nation.disk.files).read(blob, fromByte))
}

async function* pieces(bytes: Uint8Array, breaksAt: number | null): AsyncIterable<Uint8Array> {
  const size = breaksAt ?? bytes.length
  for (let at = 0; at < size; at += 8192) yield bytes.subarray(at, Math.min(at + 8192, size))
  if (breaksAt !== null) throw new Unreachable('hung_up')
}

function mediaOf(nation: Nation) {
  const { node } = nation.process()
  return {
    receiver: node.receiver,
    folder: openMemoryBlobs(nation.disk.files),
    world: nation.world,
    leads: async () => true,
    mayLeave: node.mayLeave,
    addressOf: (name: string) => `${name} node`,
  }
}

function codeOfUnreachable(error: unknown): string {
  if (error instanceof Unreachable) return error.code
  throw error
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
