/** Entries of partners that could not be applied, with the code that they were answered with (LINK-34). */
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'

export interface ParkedEntry {
  readonly nation: string
  readonly index: number
  readonly code: string
  /** What of the entry is wrong. */
  readonly place: string
}

const PLACE_LENGTH_MAX = 200

/** Parks an entry; one that is parked already stays as it is. */
export async function insertParked(
  { tx, world }: Pick<Act, 'tx' | 'world'>,
  entry: ParkedEntry,
): Promise<void> {
  await tx
    .insertInto('parked')
    .values({ ...entry, place: entry.place.slice(0, PLACE_LENGTH_MAX), at: world.now() })
    .onConflict((conflict) => conflict.columns(['nation', 'index']).doNothing())
    .execute()
}

/** The entries of partners that were parked last. */
export async function listParked(
  reader: Reader,
  limit: number,
): Promise<readonly { readonly nation: string; readonly at: Instant }[]> {
  return reader.selectFrom('parked').select(['nation', 'at']).orderBy('at', 'desc').limit(limit).execute()
}

/** Parked entries of a partner by index, with their code; `from` inclusive, `to` exclusive. */
export async function readParked(reader: Reader, nation: string, from: number, to: number) {
  const rows = await reader
    .selectFrom('parked')
    .select(['index', 'code', 'at'])
    .where('nation', '=', nation)
    .where('index', '>=', from)
    .where('index', '<', to)
    .execute()
  return new Map(rows.map((row) => [row.index, row]))
}

/** How many entries of a partner are parked. */
export async function countParked(reader: Reader, nation: string): Promise<number> {
  const { count } = await reader
    .selectFrom('parked')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('nation', '=', nation)
    .executeTakeFirstOrThrow()
  return Number(count)
}
