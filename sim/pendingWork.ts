/** The background work of a node, read in one query, so that steps without work are skipped. */
import type { Nation } from './nation.ts'

/** The pending work of a nation towards one partner. */
export interface PendingWork {
  readonly partner: string
  readonly isOpen: boolean
  /** There are statements that the partner has not cosigned. */
  readonly deliver: boolean
  /** There are entries of the partner that have not been applied. */
  readonly apply: boolean
  /** Content is still to be fetched. */
  readonly fetch: boolean
}

export async function pendingAt(nation: Nation): Promise<PendingWork[]> {
  const rows = await nation.disk.rows<{
    partner: string
    state: string
    deliver: boolean
    apply: boolean
    fetch: boolean
  }>(
    `select p.nation as partner, p.state,
      exists (select 1 from log_pending l where l.log = 'out/' || p.nation)
        or o.size > greatest(o.note_size, 0) as deliver,
      i.applied < i.size as apply,
      exists (select 1 from blob_wanted b where b.nation = p.nation) as fetch
    from partner p join log o on o.name = 'out/' || p.nation join log i on i.name = 'in/' || p.nation
    order by p.nation`,
  )
  return rows.map(({ state, ...row }) => ({ ...row, isOpen: state === 'open' }))
}
