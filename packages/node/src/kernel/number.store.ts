/**
 * Running numbers without gaps: a number is taken in the transaction of the act that uses it, so an act that fails
 * takes none. The row of the series stays locked until the act ends, so lock everything else first.
 */
import { sql } from 'kysely'
import type { Act } from './command.ts'

/** Takes the next `count` numbers of a series in a calendar year; the first is 1. */
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
  return Array.from({ length: count }, (_, index) => last - count + 1 + index)
}
