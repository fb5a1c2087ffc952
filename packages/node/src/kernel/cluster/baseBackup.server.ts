/**
 * Online base backup of the database. Files copied while the server runs are inconsistent; the WAL of that
 * period is copied too, and recovery replays it when the copy starts. `pg_backup_start` and `pg_backup_stop`
 * mark the period; a replication slot retains the WAL until it is copied.
 */
import pg from 'pg'

/** Folders that are copied without their contents, which the server does not need or must not find. */
const CONTENTS_EXCLUDED = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]
const EXCLUDED = /(^|\/)(postmaster\.(pid|opts)|backup_label.*|pgsql_tmp.*|pg_internal\.init.*)$/
/** Copied last: it holds the checkpoint from which recovery starts. */
const CONTROL_FILE = 'global/pg_control'

/** The files and folders of a base backup, by path relative to the database's folder. */
export interface CopyPlan {
  readonly folders: readonly string[]
  /** In any order, but before `last`. */
  readonly files: readonly string[]
  readonly last: string
}

/** Selects the files and folders to copy. */
export function planCopy({
  folders,
  files,
}: {
  folders: readonly string[]
  files: readonly string[]
}): CopyPlan {
  const isExcludedContent = (path: string): boolean => CONTENTS_EXCLUDED.includes(path.split('/', 1)[0]!)
  return {
    folders: folders.filter((path) => !path.includes('/') || !isExcludedContent(path)),
    files: files.filter((path) => !isExcludedContent(path) && !EXCLUDED.test(path) && path !== CONTROL_FILE),
    last: CONTROL_FILE,
  }
}

/** What completes a base backup. */
export interface BackupEnd {
  /** The contents of the file `backup_label`, without which the copy does not start. */
  readonly label: string
  /** Names of the WAL files in `pg_wal` that the copy needs. */
  readonly logFiles: readonly string[]
}

/** A base backup in progress at a server. */
export interface BackupSession {
  /** The server's version, such as `18.4`. */
  readonly version: string
  /** Digests of the content that the database names and that is stored in files. */
  namedBlobs(): Promise<string[]>
  /** Ends the backup. With its WAL files, the copy contains every transaction committed before this call. */
  finish(): Promise<BackupEnd>
  /** Drops the slot and cancels an unfinished backup. */
  close(): Promise<void>
}

/** Starts a base backup. @param adminUrl address for the server's superuser */
export async function beginBackup(adminUrl: string): Promise<BackupSession> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'entente.backup' })
  // If the connection breaks, the query that is running fails.
  client.on('error', () => {})
  await client.connect()
  const one = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
    (await client.query<Row>(text, values)).rows[0]!
  let version: string
  try {
    ;({ version } = await one<{ version: string }>(`select current_setting('server_version') as version`))
    await client.query(`select pg_create_physical_replication_slot('entente_backup', true, true)`)
    await client.query(`select pg_backup_start('entente', fast => true)`)
  } catch (error) {
    await client.end()
    throw error
  }
  return {
    version,
    async namedBlobs() {
      const { rows } = await client.query<{ digest: string }>('select digest from blob where bytes is null')
      return rows.map(({ digest }) => digest)
    },
    async finish() {
      const stopped = await one<{ lsn: string; labelfile: string }>(
        'select lsn::text, labelfile from pg_backup_stop(wait_for_archive => false)',
      )
      const { size } = await one<{ size: string }>(
        `select setting as size from pg_settings where name = 'wal_segment_size'`,
      )
      return { label: stopped.labelfile, logFiles: logFilesOf(stopped, BigInt(size)) }
    },
    close: () => client.end(),
  }
}

/** The WAL files from the start of the backup to its end. */
function logFilesOf(stopped: { lsn: string; labelfile: string }, sizeBytes: bigint): string[] {
  const [, start, timeline] = /^START WAL LOCATION: (\S+) \(file ([0-9A-F]{8})/m.exec(stopped.labelfile) ?? []
  if (start === undefined || timeline === undefined)
    throw new Error('INVARIANT: a backup label names its start')
  const first = positionOf(start) / sizeBytes
  const last = (positionOf(stopped.lsn) - 1n) / sizeBytes
  const perName = 0x1_0000_0000n / sizeBytes
  const hex = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0')
  return Array.from({ length: Number(last - first) + 1 }, (_, offset) => {
    const segment = first + BigInt(offset)
    return timeline + hex(segment / perName) + hex(segment % perName)
  })
}

/** An LSN such as `1/6B374D848` as a byte position. */
function positionOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return BigInt(`0x${high}`) * 0x1_0000_0000n + BigInt(`0x${low}`)
}
