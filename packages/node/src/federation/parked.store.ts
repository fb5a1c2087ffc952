/** Entries of partners that could not be applied, with the code of our answer (LINK-34). */
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'

export interface ParkedEntry {
  readonly nation: string
  readonly index: number
  readonly code: string
  /** Where the entry is wrong. */
  readonly place: string
}

const PLACE_LENGTH_MAX = 200

/** Parks an entry, unless it is already parked. */
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

/** The most recently parked entries. */
export async function listParked(
  reader: Reader,
  limit: number,
): Promise<readonly { readonly nation: string; readonly at: Instant }[]> {
  return reader.selectFrom('parked').select(['nation', 'at']).orderBy('at', 'desc').limit(limit).execute()
}

/** Parked entries of a partner by index, from `from` to before `to`. */
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

/** The number of parked entries of a partner. */
export async function countParked(reader: Reader, nation: string): Promise<number> {
  const { count } = await reader
    .selectFrom('parked')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('nation', '=', nation)
    .executeTakeFirstOrThrow()
  return Number(count)
}
