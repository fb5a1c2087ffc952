/**
 * A copy of the database's files while its server works on them: the copy is of no single moment, and the server's log
 * of that time, which is copied with it, makes it one when the copy is started. The server is told when copying begins
 * and ends (`pg_backup_start`, `pg_backup_stop`), and a slot keeps its log until it is copied.
 */
import pg from 'pg'

/** What the server does not need of its files, or must not find: the folders stay, what is in them does not. */
const EMPTIED = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]
const LEFT_OUT = /(^|\/)(postmaster\.(pid|opts)|backup_label.*|pgsql_tmp.*|pg_internal\.init.*)$/
/** Read last: it names where recovery begins. */
const CONTROL_FILE = 'global/pg_control'

/** What of a database belongs into a copy; paths are from the folder of the database. */
export interface CopyPlan {
  readonly folders: readonly string[]
  /** In any order, and before `last`. */
  readonly files: readonly string[]
  readonly last: string
}

/** Chooses from what there is. */
export function planCopy({
  folders,
  files,
}: {
  folders: readonly string[]
  files: readonly string[]
}): CopyPlan {
  const isEmptied = (path: string): boolean => EMPTIED.includes(path.split('/', 1)[0]!)
  return {
    folders: folders.filter((path) => !path.includes('/') || !isEmptied(path)),
    files: files.filter((path) => !isEmptied(path) && !LEFT_OUT.test(path) && path !== CONTROL_FILE),
    last: CONTROL_FILE,
  }
}

/** What ends a copy. */
export interface CopyEnd {
  /** Of the file `backup_label`, which the copy needs to start. */
  readonly label: string
  /** Names of the files of the server's log that the copy needs, in `pg_wal`. */
  readonly logFiles: readonly string[]
}

/** A server that knows that its files are being copied. */
export interface BackupSession {
  /** Of the server, such as `18.4`. */
  readonly version: string
  /** The digests of the content that the database names, as far as it is in files. */
  namedBlobs(): Promise<string[]>
  /** Ends the copying: everything that was committed before is in the copy with its log. */
  finish(): Promise<CopyEnd>
  /** Lets go of the server's log; ends an unfinished backup. */
  close(): Promise<void>
}

/** Begins. @param adminUrl of the server's superuser */
export async function beginBackup(adminUrl: string): Promise<BackupSession> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'entente.backup' })
  // A server that goes away ends the query of that moment, which tells.
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

/** From the file in which the backup begins to the one in which it ends. */
function logFilesOf(stopped: { lsn: string; labelfile: string }, sizeBytes: bigint): string[] {
  const [, start, timeline] = /^START WAL LOCATION: (\S+) \(file ([0-9A-F]{8})/m.exec(stopped.labelfile) ?? []
  if (start === undefined || timeline === undefined)
    throw new Error('INVARIANT: a backup says where it begins')
  const first = positionOf(start) / sizeBytes
  const last = (positionOf(stopped.lsn) - 1n) / sizeBytes
  const perName = 0x1_0000_0000n / sizeBytes
  const hex = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0')
  return Array.from({ length: Number(last - first) + 1 }, (_, place) => {
    const segment = first + BigInt(place)
    return timeline + hex(segment / perName) + hex(segment % perName)
  })
}

/** `1/6B374D848` as a number of bytes. */
function positionOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return BigInt(`0x${high}`) * 0x1_0000_0000n + BigInt(`0x${low}`)
}
