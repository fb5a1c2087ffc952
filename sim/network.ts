/**
 * The network between simulated nations: it loses, duplicates and delays messages, and partitions nations. A
 * message may arrive after its sender timed out, and more than once. Media are bundles that are imported
 * later, perhaps twice.
 */
import { exportMedia, importMedia } from '#node/federation/federation.media.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { isOffered } from '#node/federation/content.store.ts'
import { replyOf } from '#node/federation/receive.commands.ts'
import { Unreachable } from '#node/federation/transport.ts'
import type { ExtendReply, Transport } from '#node/federation/transport.ts'
import { addCheckpoint } from '#node/federation/witness.commands.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { Sha384 } from '#wire/digest.ts'
import { Crashed } from './crash.ts'
import type { FaultRates } from './faults.ts'
import { openMemoryBlobs } from './memoryBlobs.ts'
import type { Nation } from './nation.ts'
import type { Random } from './random.ts'
import { noteOfBundle } from './observer.ts'
import type { Observer } from './observer.ts'
import type { Trace } from './trace.ts'

export interface Network {
  /** A nation's transport to the others. */
  transportOf(name: string): Transport
  /** Advances by a tick: partitions begin and end, and delayed messages arrive. */
  tick(): Promise<void>
  /** Writes a bundle to media. */
  exportMedia(from: string, to: string): Promise<void>
  /** Imports a bundle from media, if there is one. */
  importMedia(): Promise<void>
  /** Drops everything from a nation that is in flight or on media. */
  dropFrom(name: string): void
  /** Sets the fault rates from now on. A partition rate of 0 also ends partitions in progress. */
  setRates(rates: FaultRates): void
  /** How many messages are in flight. */
  inFlightCount(): number
}

export interface NetworkOptions {
  readonly nations: ReadonlyMap<string, Nation>
  readonly random: Random
  readonly rates: FaultRates
  readonly observer: Observer
  readonly trace: Trace
}

interface InFlight {
  readonly from: string
  readonly to: string
  readonly bundle: Uint8Array
  /** Ticks until it arrives. */
  ticks: number
}

interface Media {
  readonly from: string
  readonly to: string
  readonly bytes: Uint8Array
  reads: number
}

interface State {
  rates: FaultRates
  /** Partitioned directions, such as `JP>KR`, with the ticks left. */
  readonly cuts: Map<string, number>
  inFlight: InFlight[]
  media: Media[]
}

const DELAY_TICKS_MAX = 12
const PARTITION_TICKS_MAX = 25

export function createNetwork(options: NetworkOptions): Network {
  const { random, trace, observer } = options
  const state: State = { rates: options.rates, cuts: new Map(), inFlight: [], media: [] }
  return {
    transportOf: (name) => transportOf(options, state, name),
    async tick() {
      passPartitions(options, state)
      for (const message of state.inFlight) message.ticks -= 1
      const due = state.inFlight.filter((message) => message.ticks <= 0)
      state.inFlight = state.inFlight.filter((message) => message.ticks > 0)
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
      observer.scan(bytes, `media ${from}>${to}`)
      state.media.push({ from, to, bytes, reads: 0 })
      trace.count('fault media')
      trace.note(`${from}>${to} media written ${exported.control}`)
    },
    async importMedia() {
      if (state.media.length === 0) return
      const media = random.pick(state.media)
      media.reads += 1
      if (media.reads > 1) trace.count('fault media twice')
      if (media.reads > 1 || random.chance(0.3)) state.media = state.media.filter((other) => other !== media)
      const { received } = await importMedia(
        mediaOf(options.nations.get(media.to)!),
        oneChunk(media.bytes),
        'registrar',
      )
      trace.note(`${media.from}>${media.to} media read ${received.outcome}`)
    },
    dropFrom(name) {
      state.inFlight = state.inFlight.filter((message) => message.from !== name)
      state.media = state.media.filter((media) => media.from !== name)
    },
    setRates(rates) {
      state.rates = rates
      if (rates.partition === 0) state.cuts.clear()
    },
    inFlightCount: () => state.inFlight.length,
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
  const { random, trace, observer, nations } = options
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
    state.inFlight.push({ from: name, to, bundle, ticks: 1 + random.below(DELAY_TICKS_MAX) })
  }
  return {
    async extend({ nation: to }, bundle) {
      observer.scan(bundle, `bundle ${name}>${to}`)
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
      const bytes = await restartOnCrash(nations.get(to)!, () =>
        serve(nations.get(to)!, name, digest, fromByte),
      )
      observer.scan(bytes, `content ${to}>${name}`)
      const breaks = random.chance(state.rates.breakOff)
      if (breaks) trace.count('fault break off')
      return chunksOf(bytes, breaks ? random.below(bytes.length) : null)
    },
    async addCheckpoint({ nation: to }, request) {
      reach(to)
      const witness = nations.get(to)!
      const { node } = witness.process()
      const reply = await restartOnCrash(witness, async () => {
        const us = await node.acts.run((act) => readPartner(act.tx, name))
        return addCheckpoint(node.acts, witness.keys, us!, request)
      })
      observer.recordCheckpoint(Buffer.from(request.slice(request.indexOf('\n\n') + 2)))
      trace.note(`${name}>${to} witness ${reply.status}`)
      answer()
      return reply
    },
  }
}

/** Delivers a bundle to its receiver. */
async function deliver(
  { nations, observer }: NetworkOptions,
  from: string,
  to: string,
  bundle: Uint8Array,
): Promise<ExtendReply> {
  const receiver = nations.get(to)!
  const note = noteOfBundle(bundle)
  observer.recordCheckpoint(note)
  const received = await restartOnCrash(receiver, () =>
    receiver.process().node.receive(oneChunk(bundle), from),
  )
  if (received.outcome === 'cosigned') observer.recordHolding(to, note)
  return replyOf(received)
}

/** Calls `run` in a partner's process. If the process crashes, it restarts, and the caller gets no answer. */
async function restartOnCrash<T>(nation: Nation, run: () => Promise<T>): Promise<T> {
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

async function* chunksOf(bytes: Uint8Array, breaksAt: number | null): AsyncIterable<Uint8Array> {
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

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
