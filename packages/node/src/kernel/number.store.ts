/**
 * Running numbers without gaps: a series counts in the transaction of the act that takes a number, so that an act that
 * fails takes none. The row of the series is locked until the act ends; take the number after what else you lock.
 */
import { sql } from 'kysely'
import type { Act } from './command.ts'

/** The next `count` numbers of a series in a calendar year, from 1; none are taken where `count` is 0. */
export async function takeNumbers(
  { tx }: Pick<Act, 'tx'>,
  series: string,
  year: number,
  count: number,
): Promise<readonly number[]> {
  if (count === 0) return []
  const { rows } = await sql<{ taken: number }>`
    insert into number_series (name, year, taken) values (${series}, ${year}, ${count})
    on conflict (name, year) do update set taken = number_series.taken + ${count}
    returning taken`.execute(tx)
  const last = rows[0]!.taken
  return Array.from({ length: count }, (_, place) => last - count + 1 + place)
}
