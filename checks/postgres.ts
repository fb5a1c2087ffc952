/** A temporary PostgreSQL cluster for the suites and the benchmarks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '#node/kernel/cluster/cluster.server.ts'

/**
 * No test cuts the power, so the cluster does not flush: we do not test the crash recovery of PostgreSQL
 * itself.
 */
const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
}
/** Benchmarks measure real commits: the server flushes as in production, and its buffers hold the tables. */
const DURABLE_SETTINGS = { max_connections: '200', shared_buffers: '512MB', max_wal_size: '4GB' }

/** A server, with the URL of a superuser. */
export interface Provided {
  readonly url: string
  /** Such as `PostgreSQL 15.18`. */
  readonly name: string
  stop(): Promise<void>
}

/**
 * Uses the server that `TEST_DATABASE_URL` names, or starts one: the PostgreSQL installed on this machine, so
 * that the suites also run on older versions, or else the one of the npm package. A server started here
 * flushes its commits only if `isDurable`.
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
