/** The background work that waits, read by one query for all links, so that an idle node costs little. */
import { sql } from 'kysely'
import type { Tx } from '#node/kernel/database.ts'
import { NATIONAL_LOG } from './log.ts'

/** The work that waits on an open link. */
export interface WaitingLink {
  readonly nation: string
  /** There are statements that the partner has not cosigned, or does not hold. */
  readonly carry: boolean
  /** There are entries of the partner that have not been applied. */
  readonly apply: boolean
  /** Content of the partner is wanted. */
  readonly fetch: boolean
  /** The national log is larger than the size that the partner witnessed. */
  readonly witness: boolean
}

/** All background work that waits. */
export interface Waiting {
  readonly links: readonly WaitingLink[]
  /** The national log has pending entries. */
  readonly national: boolean
}

/** Reads the work that waits on every open link, ordered by nation, and in the national log. */
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
