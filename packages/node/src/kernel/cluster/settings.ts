/** How the embedded server is set: durable, small, and reachable by nobody but this machine's node. */

/** Connections that the node holds. */
export const NODE_CONNECTIONS = 8
/** And those of an operator's commands beside it, which connect as the superuser. */
const ADMIN_CONNECTIONS = 4

/** The server's database of the node, which `initdb` makes. */
export const DATABASE_NAME = 'postgres'
/** Owns the database of the node and has no other right: what the node connects as. */
export const NODE_ROLE = 'entente'
/** The server's own superuser: makes the first role, and backups. */
export const ADMIN_ROLE = 'postgres'

/** The first server that takes the settings of asynchronous input and of slots for autovacuum. */
const WITH_IO_METHOD = 18

/** Where a server listens: in a folder by a socket, or (Windows) on loopback. */
export interface Listening {
  /** Absolute path of the folder of the socket; null for loopback. */
  readonly socketFolder: string | null
  readonly port: number
}

/** The settings of a server of version `major`, by name. They go on its command line and so win over any file. */
export function settingsOf(major: number, { socketFolder, port }: Listening): Record<string, string> {
  return {
    listen_addresses: socketFolder === null ? '127.0.0.1' : '',
    // A list: a name in quotes is one name, whatever is in it.
    unix_socket_directories: socketFolder === null ? '' : `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: String(port),
    ssl: 'off',
    password_encryption: 'scram-sha-256',
    cluster_name: 'entente',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // Backups need it.
    wal_level: 'replica',
    max_connections: String(NODE_CONNECTIONS + ADMIN_CONNECTIONS),
    superuser_reserved_connections: String(ADMIN_CONNECTIONS),
    ...SMALL,
    ...(major >= WITH_IO_METHOD ? { io_method: 'sync', autovacuum_worker_slots: '2' } : {}),
    ...QUIET,
  }
}

/** One nation's desks on one machine: no parallel plans, no replicas, little memory. */
const SMALL = {
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  min_wal_size: '32MB',
  max_wal_senders: '0',
  max_replication_slots: '2',
  max_logical_replication_workers: '0',
  max_worker_processes: '0',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  jit: 'off',
  huge_pages: 'off',
}

/**
 * The server writes its log to the node, which explains it where the server ends. Errors of queries are left out: they
 * may repeat what rows contain.
 */
const QUIET = {
  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** Settings as arguments of `postgres`. */
export function argumentsOf(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
