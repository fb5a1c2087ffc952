/**
 * Monitoring for the operator: structured logs without content, health, metrics on loopback (OPS-1 to OPS-4).
 */
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

/**
 * A logger that writes one JSON line per event. Events carry codes, ids and counts; never a title or a text.
 */
export function createLogger(nation: string, level: string): Logger {
  return pino({ level, base: { nation }, timestamp: pino.stdTimeFunctions.isoTime })
}

/**
 * An unexpected error as the log may show it: name, code and stack, without its message, which may quote
 * data.
 */
export function describeError(error: unknown): {
  name: string
  code: string | null
  /** The message of a `DatabaseError`, which says what to do. */
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

/**
 * Sampling interval of the event loop's lag. The library's default wakes the process a hundred times a
 * second.
 */
const LAG_SAMPLE_INTERVAL_MS = 100

/** Builds the HTTP server of health and metrics, not yet listening. It must listen on loopback only. */
export function createMonitoringServer(
  nation: string,
  database: Database,
  loop: Pick<FederationLoop, 'failing'>,
): Server {
  const registry = registryOf(nation, [
    ['entente_log_entries', 'Entries of each log', 'log', () => logSizes(database, 'size')],
    [
      'entente_log_cosigned',
      'Entries of each log that the partner cosigned',
      'log',
      () => logSizes(database, 'cosigned'),
    ],
    ['entente_link_open', '1 if the link is open', 'partner', () => linkStates(database, 'open')],
    [
      'entente_link_failures',
      'Consecutive failed contacts',
      'partner',
      () => linkStates(database, 'failures'),
    ],
    [
      'entente_step_failures',
      'Consecutive failures of a background step',
      'step',
      async () => [...loop.failing()],
    ],
  ])
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

type Values = readonly (readonly [label: string, value: number])[]
type Metric = readonly [name: string, help: string, label: string, read: () => Promise<Values>]

/** A registry of the process's own metrics and of gauges that are read at each scrape. */
function registryOf(nation: string, metrics: readonly Metric[]): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ nation })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_INTERVAL_MS })
  for (const [name, help, label, read] of metrics) {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        this.reset()
        for (const [of, value] of await read()) this.set({ [label]: of }, value)
      },
    })
  }
  return registry
}

async function logSizes({ query }: Database, column: 'size' | 'cosigned'): Promise<Values> {
  return (await readLogSizes(query)).map((log) => [log.name, log[column]])
}

async function linkStates({ query }: Database, what: 'open' | 'failures'): Promise<Values> {
  return (await readLinkStates(query)).map(({ nation, state, failures }) => [
    nation,
    what === 'failures' ? failures : Number(state === 'open'),
  ])
}
