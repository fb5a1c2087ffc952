/**
 * What a nation's node has to do by itself, asked in one query: steps that would find nothing are left out.
 */
import type { Nation } from './nation.ts'

/** What waits at a nation for one partner. */
export interface Waiting {
  readonly partner: string
  readonly isOpen: boolean
  /** Something was said that the partner has not cosigned. */
  readonly carry: boolean
  /** Something was heard that has had no effect yet. */
  readonly apply: boolean
  /** Content is wanted. */
  readonly fetch: boolean
}

export async function waitingAt(nation: Nation): Promise<Waiting[]> {
  const rows = await nation.disk.rows<{
    partner: string
    state: string
    carry: boolean
    apply: boolean
    fetch: boolean
  }>(
    `select p.nation as partner, p.state,
      exists (select 1 from log_pending l where l.log = 'out/' || p.nation)
        or o.size > greatest(o.note_size, 0) as carry,
      i.applied < i.size as apply,
      exists (select 1 from blob_wanted b where b.nation = p.nation) as fetch
    from partner p join log o on o.name = 'out/' || p.nation join log i on i.name = 'in/' || p.nation
    order by p.nation`,
  )
  return rows.map(({ state, ...row }) => ({ ...row, isOpen: state === 'open' }))
}
