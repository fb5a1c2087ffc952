/** A PostgreSQL for the suites and the benchmarks: a cluster of its own that lives as long as they do. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '#node/kernel/cluster/cluster.server.ts'

/** The tests never pull the plug, so the cluster need not flush; the server's own recovery is not on trial here. */
const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
}
/** Benchmarks measure what a commit costs: flushed as on a server in use, with room for the tables in memory. */
const DURABLE_SETTINGS = { max_connections: '200', shared_buffers: '512MB', max_wal_size: '4GB' }

/** A server whose user may do everything. */
export interface Provided {
  readonly url: string
  /** Such as `PostgreSQL 15.18`. */
  readonly name: string
  stop(): Promise<void>
}

/**
 * Takes the server that `TEST_DATABASE_URL` names, or starts one: with the programs of this machine where it has some,
 * so that the suites also run on older versions, else with those of the package. It flushes its commits when it is to
 * be `durable`.
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
