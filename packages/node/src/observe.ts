/** What an operator sees: structured logs without content, health, and metrics on a loopback port (OPS-1 to OPS-4). */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import { readLinkStates, readLogSizes } from '#node/federation/gauges.store.ts'
import type { FederationLoop } from '#node/federation/federation.loop.ts'
import type { Database } from '#node/kernel/database.ts'
import { DatabaseError } from '#node/kernel/databaseError.ts'
import { pingDatabase } from '#node/kernel/ping.store.ts'

/** A logger that writes one JSON line an event. Events carry codes, ids and counts; never a title or a text. */
export function createLogger(nation: string, level: string): Logger {
  return pino({ level, base: { nation }, timestamp: pino.stdTimeFunctions.isoTime })
}

/** What an unexpected error may say in a log: its kind, code and place in our code, not its data. */
export function describeError(error: unknown): {
  name: string
  code: string | null
  /** Of the database's own errors the sentence that tells the operator what to do. */
  say?: string
  stack: string | null
} {
  if (!(error instanceof Error)) return { name: typeof error, code: null, stack: null }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  // The first line repeats the message, which may quote input.
  const stack = error.stack?.split('\n').slice(1, 8).join('\n') ?? null
  const said = error instanceof DatabaseError ? { say: error.message } : {}
  return { name: error.name, code, ...said, stack }
}

/** The library would wake the process a hundred times a second for it. */
const LAG_SAMPLED_EVERY_MS = 100

/** Health and metrics for whoever runs the node; never reachable from another machine. */
export function createObservatory(
  nation: string,
  database: Database,
  loop: Pick<FederationLoop, 'failing'>,
): Server {
  const registry = new Registry()
  registry.setDefaultLabels({ nation })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLED_EVERY_MS })
  const gauge = (name: string, help: string, labels: string[], collect: (self: Gauge) => Promise<void>) =>
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [registry],
      async collect() {
        await collect(this)
      },
    })
  gauge('entente_log_entries', 'Entries of each log', ['log'], async (self) => {
    for (const row of await readLogSizes(database.query)) {
      self.set({ log: row.name }, row.size)
    }
  })
  gauge('entente_log_cosigned', 'Entries of each log that the partner cosigned', ['log'], async (self) => {
    for (const row of await readLogSizes(database.query)) {
      self.set({ log: row.name }, row.cosigned)
    }
  })
  gauge('entente_link_open', '1 where the link is open', ['partner'], async (self) => {
    for (const row of await readLinkStates(database.query)) {
      self.set({ partner: row.nation }, row.state === 'open' ? 1 : 0)
    }
  })
  gauge('entente_link_failures', 'Failed contacts in a row', ['partner'], async (self) => {
    for (const row of await readLinkStates(database.query)) {
      self.set({ partner: row.nation }, row.failures)
    }
  })
  gauge(
    'entente_step_failures',
    'Failures in a row of a step that this node takes by itself',
    ['step'],
    async (self) => {
      self.reset()
      for (const [step, failures] of loop.failing()) self.set({ step }, failures)
    },
  )
  return createServer((request, response) => {
    const answer = async () => {
      if (request.url === '/healthz') {
        await pingDatabase(database.query)
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}\n')
      } else if (request.url === '/metrics') {
        response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
      } else response.writeHead(404).end()
    }
    answer().catch(() =>
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"status":"unavailable"}\n'),
    )
  })
}
