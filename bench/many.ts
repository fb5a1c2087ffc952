/**
 * Fills the register with many items for the benchmark of its pages. The rows are like those that the node
 * writes.
 */
import { sql } from 'kysely'
import { listItems } from '#node/exchange/register/register.store.ts'
import type { ItemFilter } from '#node/exchange/register/register.store.ts'
import type { RunningNode } from '#node/run.ts'

/** Rows per SQL statement, so that it ends within the statement timeout. */
const ROWS_PER_STATEMENT = 20_000

/** The commands of a node process. */
export function createMany(node: () => RunningNode) {
  return {
    /** Writes `count` items: half sent, half received; two partners; one in a hundred not answered. */
    async fill({ count }: { count: number }): Promise<void> {
      const { database } = node()
      for (let first = 0; first < count; first += ROWS_PER_STATEMENT) {
        const last = Math.min(first + ROWS_PER_STATEMENT, count) - 1
        await database.transact(async (tx) => {
          await sql`insert into matter (id, kind, home, partner, state, updated_at)
            select md5(i::text), 'item', 'JP', 'KR', 'accepted', 1760000000000 + i * 1000
            from generate_series(${first}::int, ${last}::int) i`.execute(tx)
          await sql`insert into item (id, control, originator, recipient, organisation, instrument, profile, marking,
              receiver_marking, category, purpose, registered, proposal, manifest, payload_digest, payload_size_bytes,
              direction, state, released_at, received_at, accepted_at)
            select md5(i::text),
              case when i % 2 = 0 then 'JP-' || p.code || '-2026-' else p.code || '-JP-2026-' end || lpad(i::text, 6, '0'),
              case when i % 2 = 0 then 'JP' else p.code end, case when i % 2 = 0 then p.code else 'JP' end,
              'kr-mnd-dia', 'jp-kr-gsomia-2016', 'profile', case when i % 10 = 0 then '極秘' else '秘' end,
              case when i % 10 = 0 then '군사 Ⅱ급 비밀' else '군사 Ⅲ급 비밀' end,
              case when i % 7 = 0 then 'missile_programme' else 'missile_launch' end, 'early_warning',
              'JP-2026-' || lpad(i::text, 6, '0'), repeat('proposal ', 100), repeat('manifest ', 150), md5(i::text), 1024,
              case when i % 2 = 0 then 'sent' else 'received' end, case when i % 100 = 0 then 'offered' else 'accepted' end,
              1760000000000 + i * 1000, case when i % 2 = 0 then null else 1760000000500 + i * 1000 end,
              1760000001000 + i * 1000
            from generate_series(${first}::int, ${last}::int) i
            cross join lateral (select case when i % 5 = 0 then 'US' else 'KR' end as code) p`.execute(tx)
        })
      }
      await sql`analyze item`.execute(database.query)
    },

    /** The times, in ms, of reading the first page from the store, `times` times. */
    async list({ filter, times }: { filter: ItemFilter; times: number }): Promise<number[]> {
      const timesMs: number[] = []
      for (let read = 0; read < times; read += 1) {
        const startedMs = performance.now()
        await listItems(node().database.query, filter, undefined, 50)
        timesMs.push(performance.now() - startedMs)
      }
      return timesMs
    },
  }
}
