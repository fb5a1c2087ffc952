import { openProsody } from './prosody.ts'
import { sampleOf } from './figures.ts'
const p = (await openProsody())!
for (const [f, n] of [[1, 300], [16, 1600], [64, 2560], [1, 300], [16, 1600], [64, 2560]]) { const own = await p.cross(f!, n!); const s = sampleOf(own.latenciesMs, own.elapsedMs); console.log(f, s.perS.toFixed(0), s.p50Ms.toFixed(2), s.p99Ms.toFixed(2)) }
await p.stop()
