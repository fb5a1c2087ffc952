/**
 * A report crosses from Japan to Korea: messages per second and latencies with 1, 16 and 64 in flight, with
 * both suites, next to two Prosody servers in the same run.
 */
import type { SuiteName } from '#wire/suite.ts'
import type { Cluster } from './cluster.ts'
import { medianOf, sampleOf, shown } from './figures.ts'
import type { Report, Sample } from './figures.ts'
import { openPair } from './pair.ts'
import type { Pair } from './pair.ts'
import { openProsody } from './prosody.ts'
import type { Prosody } from './prosody.ts'

/** The size of a run. */
export interface CrossingSize {
  readonly repetitions: number
  /** Messages in flight, and messages in all. */
  readonly levels: readonly { readonly inFlight: number; readonly count: number }[]
}

/** The full run. */
export const FULL: CrossingSize = {
  repetitions: 3,
  levels: [
    { inFlight: 1, count: 100 },
    { inFlight: 16, count: 480 },
    { inFlight: 64, count: 960 },
  ],
}

/** A short run that shows that the benchmark works. */
export const BRIEF: CrossingSize = {
  repetitions: 3,
  levels: [
    { inFlight: 1, count: 30 },
    { inFlight: 16, count: 160 },
    { inFlight: 64, count: 320 },
  ],
}

type Samples = Map<number, Sample[]>

/** One suite, alternating with Prosody. */
interface Compared {
  readonly name: string
  readonly ours: Samples
  readonly theirs: Samples
}

const SUITES: readonly SuiteName[] = ['ed25519', 'ed25519+ml-dsa-87']

/** Measures both suites. Without Prosody its rows are missing, and a note says so. */
export async function measureCrossing(cluster: Cluster, size: CrossingSize): Promise<Report> {
  const prosody = await openProsody()
  const compared: Compared[] = []
  try {
    for (const suite of SUITES) {
      const databaseUrl = await cluster.emptyDatabase('bench_crossing')
      compared.push(await compare(`PostgreSQL, ${suite}`, { suite, databaseUrl }, prosody, size))
    }
  } finally {
    await prosody?.stop()
  }
  return reportOf(compared, cluster, prosody, size)
}

async function compare(
  name: string,
  ours: { readonly suite: SuiteName; readonly databaseUrl: string },
  prosody: Prosody | null,
  size: CrossingSize,
): Promise<Compared> {
  const pair = await openPair(ours)
  const result: Compared = { name, ours: new Map(), theirs: new Map() }
  try {
    // Repetition 0 is the warm-up of both and is not counted.
    for (let repetition = 0; repetition <= size.repetitions; repetition += 1) {
      for (const { inFlight, count } of size.levels) {
        const few = repetition === 0 ? Math.max(inFlight, count >> 2) : count
        const theirs = prosody === null ? null : await prosody.cross(inFlight, few)
        const own = await cross(pair, inFlight, few)
        if (repetition === 0) continue
        keep(result.ours, inFlight, sampleOf(own.latenciesMs, own.elapsedMs))
        if (theirs !== null) keep(result.theirs, inFlight, sampleOf(theirs.latenciesMs, theirs.elapsedMs))
      }
      process.stderr.write(`crossing: ${name}: ${repetition} of ${size.repetitions}\n`)
    }
  } finally {
    await pair.stop()
  }
  return result
}

/** Runs one level on our nodes. Reports are prepared and settled outside the measured time. */
async function cross(pair: Pair, inFlight: number, count: number) {
  await pair.jp.call('prepare', { count })
  await Promise.all([pair.jp.call('settle', null as never), pair.kr.call('settle', null as never)])
  return pair.jp.call('release', { inFlight, count })
}

function keep(samples: Samples, inFlight: number, sample: Sample): void {
  samples.set(inFlight, [...(samples.get(inFlight) ?? []), sample])
}

function reportOf(
  compared: readonly Compared[],
  cluster: Cluster,
  prosody: Prosody | null,
  size: CrossingSize,
): Report {
  const levels = size.levels.map(({ inFlight }) => inFlight)
  const cells = (samples: Samples) =>
    levels.map((inFlight) => {
      const sample = samples.get(inFlight)
      return sample === undefined ? '-' : cellOf(medianOf(sample))
    })
  const rows = compared.flatMap((suite) => [
    [suite.name, 'yes', ...cells(suite.ours)],
    ['Prosody in the same run', 'no', ...cells(suite.theirs)],
    ['ours ÷ Prosody: rate, p99', '', ...levels.map((inFlight) => ratioOf(suite, inFlight))],
  ])
  return {
    title: 'A 1 KB report crosses: messages per second, p50 / p99 ms',
    columns: ['', 'durable', ...levels.map((inFlight) => `${inFlight} in flight`)],
    rows,
    notes: [
      `Medians of ${size.repetitions} repetitions, ours and Prosody alternating, after a warm-up of both.`,
      'Ours: from the act of the second release authority (signature, gate, seal, offer in the log) until the sender has applied the partner’s acceptance (gate, register, its own log) and holds its cosignature over the offer. Two node processes, mutual TLS, every commit flushed on both sides; the act is called inside the sender’s process, not over HTTP.',
      'Every report is different, but all have the same marking, category and purpose, so that the gate mostly answers from its cache of exact inputs.',
      prosody === null
        ? 'Prosody is not installed on this machine: its rows are missing.'
        : `${prosody.description}: s2s over mutual TLS, c2s over STARTTLS, message with a security label (XEP-0258), body sealed and signed by the client (AES-256-GCM, Ed25519), receipt by the receiving client (XEP-0184) after it has verified and opened the body.`,
      'Prosody does less here: it has no durability, no gate, no second approval, no log, no register, no evidence and no post-quantum signature; its receipt is not signed.',
      cluster.description,
    ],
  }
}

function cellOf({ perS, p50Ms, p99Ms }: Sample): string {
  return `${shown(perS)}, ${shown(p50Ms)}/${shown(p99Ms)}`
}

function ratioOf({ ours, theirs }: Compared, inFlight: number): string {
  const [own, other] = [ours.get(inFlight), theirs.get(inFlight)]
  if (own === undefined || other === undefined) return '-'
  const [a, b] = [medianOf(own), medianOf(other)]
  return `× ${(a.perS / b.perS).toFixed(2)}, × ${(a.p99Ms / b.p99Ms).toFixed(2)}`
}
