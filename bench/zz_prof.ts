import { openPair } from './pair.ts'
import { openCluster } from './cluster.ts'
import { sampleOf } from './figures.ts'
const mode = process.argv[2] ?? 'pg'
const suite = (process.argv[3] ?? 'ed25519') as 'ed25519'
const levels = (process.argv[4] ?? '1x40,16x320,64x640').split(',').map((x) => x.split('x').map(Number))
const prof = process.argv[5] === 'prof'
const cluster = mode === 'pg' ? await openCluster() : null
const url = cluster === null ? null : await cluster.emptyDatabase('prof')
const pair = await openPair({ suite, databaseUrl: url, execArgv: prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [] })
try {
  for (let r = 0; r < 2; r++)
    for (const [inFlight, count] of levels) {
      const t = performance.now()
      await pair.jp.call('prepare', { count: count! })
      const p = performance.now() - t
      await Promise.all([pair.jp.call('settle', null as never), pair.kr.call('settle', null as never)])
      const own = await pair.jp.call('release', { inFlight: inFlight!, count: count! })
      const s = sampleOf(own.latenciesMs, own.elapsedMs)
      console.log(mode, suite, inFlight, count, 'prepare', (count! / p * 1000).toFixed(0) + '/s', 'cross', s.perS.toFixed(1), 'p50', s.p50Ms.toFixed(2), 'p99', s.p99Ms.toFixed(2))
    }
} finally {
  await pair.stop()
  await cluster?.stop()
}
