/** What a node has to do by itself, asked in one query: at rest there is nothing, and nothing more is asked. */
import { sql } from 'kysely'
import type { Tx } from '#node/kernel/database.ts'
import { NATIONAL_LOG } from './log.ts'

/** What waits for the courier on an open link. */
export interface WaitingLink {
  readonly nation: string
  /** Something was said that the partner has not cosigned, or does not hold. */
  readonly carry: boolean
  /** Something was heard that has had no effect. */
  readonly apply: boolean
  /** Content is wanted of the partner. */
  readonly fetch: boolean
  /** The national log has grown beyond what the partner witnessed. */
  readonly witness: boolean
}

/** What waits for the courier. */
export interface Waiting {
  readonly links: readonly WaitingLink[]
  /** Something has no place in the national log yet. */
  readonly national: boolean
}

/** Reads what waits on every open link, by nation, and in the national log. */
export async function readWaiting(tx: Tx): Promise<Waiting> {
  const links = sql<WaitingLink>`
    select p.nation,
      o.size > o.note_size or o.size > o.witnessed_size
        or exists (select from log_pending w where w.log = o.name) as carry,
      i.applied < i.size as apply,
      exists (select from blob_wanted b where b.nation = p.nation) as fetch,
      n.size > coalesce((select w.size from witnessed w
        where w.nation = p.nation and w.direction = 'ours'), 0) as witness
    from partner p
      join log o on o.name = 'out/' || p.nation
      join log i on i.name = 'in/' || p.nation
      join log n on n.name = ${NATIONAL_LOG}
    where p.state = 'open'
    order by p.nation`
  const national = sql<{ national: boolean }>`
    select exists (select from log_pending where log = ${NATIONAL_LOG}) as national`
  const [{ rows }, pending] = await Promise.all([links.execute(tx), national.execute(tx)])
  return { links: rows, national: pending.rows[0]!.national }
}
