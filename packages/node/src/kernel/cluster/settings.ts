/** Settings of the embedded server: durable, small, and accessible only to the node on this machine. */

/** Connections of the node. */
export const NODE_CONNECTIONS = 8
/** Connections of the operator's commands, which run beside the node and connect as the superuser. */
const ADMIN_CONNECTIONS = 4

/** The node's database, which `initdb` creates. */
export const DATABASE_NAME = 'postgres'
/** The role as which the node connects. It owns the node's database and has no other right. */
export const NODE_ROLE = 'entente'
/** The server's superuser, for creating the node's role and for backups. */
export const ADMIN_ROLE = 'postgres'

/** The first major version with the settings for asynchronous I/O and autovacuum slots. */
const FIRST_WITH_IO_METHOD = 18

/** The address of a server: a socket in a folder or, on Windows, a port on loopback. */
export interface Listening {
  /** Absolute path of the socket's folder; null for loopback. */
  readonly socketFolder: string | null
  readonly port: number
}

/** Settings of a server of version `major`, by name. Passed on the command line, they override any file. */
export function settingsOf(major: number, { socketFolder, port }: Listening): Record<string, string> {
  return {
    listen_addresses: socketFolder === null ? '127.0.0.1' : '',
    // The setting is a list; quotes allow any character in a name.
    unix_socket_directories: socketFolder === null ? '' : `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: String(port),
    ssl: 'off',
    password_encryption: 'scram-sha-256',
    cluster_name: 'entente',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // Required for backups.
    wal_level: 'replica',
    max_connections: String(NODE_CONNECTIONS + ADMIN_CONNECTIONS),
    superuser_reserved_connections: String(ADMIN_CONNECTIONS),
    ...SMALL,
    ...NO_COMMANDS,
    ...(major >= FIRST_WITH_IO_METHOD ? { io_method: 'sync', autovacuum_worker_slots: '2' } : {}),
    ...QUIET,
  }
}

/** No file of the data folder makes the server run a command or load a library. */
const NO_COMMANDS = {
  archive_mode: 'off',
  archive_command: '',
  restore_command: '',
  recovery_end_command: '',
  archive_cleanup_command: '',
  shared_preload_libraries: '',
  session_preload_libraries: '',
  local_preload_libraries: '',
}

/** Sized for one nation's users on one machine: no parallel plans, no replicas, little memory. */
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
 * The node reads the server's log and explains it if the server ends. Errors of queries are not logged,
 * because they may quote rows.
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
