import pg from 'pg'
import { openCluster } from './cluster.ts'
const cluster = (await openCluster())!
const url = await cluster.emptyDatabase('rtt')
console.log(url)
async function run(name: string, config: pg.ClientConfig, q: (i: number) => unknown) {
  const c = new pg.Client(config); await c.connect()
  for (let i = 0; i < 500; i++) await c.query(q(i) as never)
  const t = performance.now(), cpu = process.cpuUsage()
  for (let i = 0; i < 3000; i++) await c.query(q(i) as never)
  const d = process.cpuUsage(cpu)
  console.log(name, ((performance.now() - t) / 3000 * 1000).toFixed(0), 'us each', 'own cpu us', ((d.user + d.system) / 3000).toFixed(0), 'sys', (d.system / 3000).toFixed(0))
  await c.end()
}
const c0 = new pg.Client({ connectionString: url }); await c0.connect()
const dir = (await c0.query('show unix_socket_directories')).rows[0].unix_socket_directories
const port = (await c0.query('show port')).rows[0].port
console.log({ dir, port }); await c0.end()
const u = new URL(url)
const unix = { host: dir.split(',')[0].trim(), port: Number(port), user: decodeURIComponent(u.username), password: decodeURIComponent(u.password), database: 'rtt' }
const named = (i: number) => ({ name: 's1', text: 'select $1::int as a', values: [i] })
await run('tcp named', { connectionString: url }, named)
if (dir) await run('unix named', unix, named)
await run('tcp named', { connectionString: url }, named); await run('unix named', unix, named); await run('unix unnamed', unix, (i) => ({ text: 'select $1::int as a', values: [i] }))
await cluster.stop()
