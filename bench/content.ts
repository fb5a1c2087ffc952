/** One large item through two node processes: MB/s of each step, and the peak memory of each node. */
import type { Cluster } from './cluster.ts'
import { median, shown } from './figures.ts'
import type { Report } from './figures.ts'
import { openPair } from './pair.ts'

const REPETITIONS = 1

/**
 * Measures an item of `sizeBytes`. Every repetition starts two new nodes, because the peak memory is that of
 * a process's whole life.
 */
export async function measureContent(cluster: Cluster, sizeBytes: number): Promise<Report> {
  const samples: Sample[] = []
  for (let repetition = 1; repetition <= REPETITIONS; repetition += 1) {
    samples.push(await measureOnce(await cluster.emptyDatabase('bench_content'), sizeBytes))
    process.stderr.write(`content: ${repetition} of ${REPETITIONS}\n`)
  }
  const middle = (figure: (sample: Sample) => number) => shown(median(samples.map(figure)))
  return {
    title: `An item of ${shown(sizeBytes / 2 ** 20)} MB through two nodes`,
    columns: [
      'seal MB/s',
      'cross MB/s',
      'read MB/s',
      'sender MB before',
      'sender peak MB',
      'receiver MB before',
      'receiver peak MB',
    ],
    rows: [
      [
        middle((sample) => sample.sealMbPerS),
        middle((sample) => sample.crossMbPerS),
        middle((sample) => sample.readMbPerS),
        middle((sample) => sample.peakBeforeMb[0]),
        middle((sample) => sample.peakMb[0]),
        middle((sample) => sample.peakBeforeMb[1]),
        middle((sample) => sample.peakMb[1]),
      ],
    ],
    notes: [
      `Repetitions: ${REPETITIONS} (of several, the median), each with two newly started node processes.`,
      'Seal: from the first byte until the sealed payload is flushed under its name. Cross: from the last approval until the sender has applied the partner’s acceptance; in between the receiver fetches, flushes, verifies and registers the item. Read: an officer with clearance and need-to-know opens it; every segment and the whole are verified.',
      'Memory is the peak resident set of the node’s process as the kernel counts it, without its database server. Before: the node has started, its link is open and nothing has crossed.',
    ],
  }
}

interface Sample {
  readonly sealMbPerS: number
  readonly crossMbPerS: number
  readonly readMbPerS: number
  /** Sender, receiver. */
  readonly peakBeforeMb: readonly [number, number]
  readonly peakMb: readonly [number, number]
}

async function measureOnce(databaseUrl: string, sizeBytes: number): Promise<Sample> {
  const pair = await openPair({ suite: 'ed25519+ml-dsa-87', databaseUrl, isFresh: true })
  try {
    const peaks = async (): Promise<[number, number]> => {
      const both = await Promise.all([pair.jp.call('memory', null), pair.kr.call('memory', null)])
      return [both[0].peakBytes / 2 ** 20, both[1].peakBytes / 2 ** 20]
    }
    const peakBeforeMb = await peaks()
    const sent = await pair.jp.call('send', { sizeBytes })
    const { readMs } = await pair.kr.call('read', { control: sent.control })
    const mb = sizeBytes / 2 ** 20
    return {
      sealMbPerS: (mb * 1000) / sent.sealedMs,
      crossMbPerS: (mb * 1000) / sent.crossedMs,
      readMbPerS: (mb * 1000) / readMs,
      peakBeforeMb,
      peakMb: await peaks(),
    }
  } finally {
    await pair.stop()
  }
}
