/** A temporary PostgreSQL cluster for the suites and the benchmarks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '#node/kernel/cluster/cluster.server.ts'

/** No test cuts the power, so the cluster does not flush: the recovery of PostgreSQL itself is not tested. */
const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
}
/** Benchmarks measure the cost of a commit: flushed as in production, and the tables fit in memory. */
const DURABLE_SETTINGS = { max_connections: '200', shared_buffers: '512MB', max_wal_size: '4GB' }

/** A server, with the URL of a superuser. */
export interface Provided {
  readonly url: string
  /** Such as `PostgreSQL 15.18`. */
  readonly name: string
  stop(): Promise<void>
}

/**
 * Uses the server that `TEST_DATABASE_URL` names, or starts one: with PostgreSQL as installed on this
 * machine, so that the suites also run on older versions, else with the programs of the npm package. A
 * started server flushes its commits only if `isDurable`.
 */
export async function providePostgres({ isDurable = false } = {}): Promise<Provided> {
  const given = process.env['TEST_DATABASE_URL'] ?? ''
  if (given !== '') return { url: given, name: 'PostgreSQL at TEST_DATABASE_URL', stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'entente-postgres-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const settings = isDurable ? DURABLE_SETTINGS : TEST_SETTINGS
    const cluster = await openCluster(folder, { programs: 'machine', settings })
    const stop = (): Promise<void> => cluster.stop().finally(remove)
    return { url: cluster.adminUrl, name: `PostgreSQL ${cluster.version}`, stop }
  } catch (error) {
    remove()
    throw error
  }
}
