/** The register, its export and its reconciliation. */
import { register } from '#api/exchange/register.ts'
import { isRefusal } from '#api/refusals.ts'
import { readPartners } from '#node/federation/federation.store.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import { once } from '#node/kernel/once.ts'
import { inertResponse } from '../content/bytes.ts'
import { itemRow, plain } from '../items/item.view.ts'
import type { Item } from '../items/item.store.ts'
import { mayReconcile, reconcile } from './reconcile.commands.ts'
import type { Difference } from './register.ts'
import { everyItem, listItems } from './register.store.ts'
import type { ExchangeServices } from '../services.ts'

export function registerRoutes(services: ExchangeServices): Binding[] {
  const { acts, database } = services
  return [
    bind(register.list, async (input, { session }) => {
      const can = permit(session.roles, 'register.read')
      if (can !== true) return can
      const page = await listItems(database.query, input, input.cursor, input.limit ?? 50)
      return {
        rows: page.rows.map((item) => registerRow(item, item.entered_at)),
        next: page.next,
        total: page.total,
      }
    }),
    bind(register.export, async ({ partner }, { session }) => {
      const can = permit(session.roles, 'register.read')
      if (can !== true) return can
      const fileName = `register${partner === undefined ? '' : `-${partner}`}.csv`
      return inertResponse(csvOf(services, partner ?? null), {
        fileName,
        mediaType: 'text/csv; charset=utf-8',
      })
    }),
    bind(register.listReconciliations, async (_input, { session }) => {
      const can = permit(session.roles, 'register.read')
      if (can !== true) return can
      return acts.run(async (act) => {
        const rows = []
        for (const { nation } of await readPartners(act.tx)) {
          rows.push(await reconciliationOf(act, session, nation))
        }
        return { rows }
      })
    }),
    bind(register.reconcile, ({ partner }, caller) =>
      acts.run(async (act) => {
        const work = () => reconcile(act, caller.session, partner)
        const asked = await once(act, caller, { work, keep: () => partner, found: async () => true })
        return isRefusal(asked) ? asked : reconciliationOf(act, caller.session, partner)
      }),
    ),
  ]
}

function registerRow(item: Item, enteredAt: number) {
  const { id, control, registered, direction, stamps, organisation, state } = itemRow(item)
  const partner = item.direction === 'sent' ? item.recipient : item.originator
  const holder = item.direction === 'sent' && item.accepted_at === null ? item.originator : item.recipient
  return {
    item: id,
    control,
    registered,
    direction,
    partner,
    stamps,
    organisation,
    state,
    holder,
    enteredAt: new Date(enteredAt).toISOString(),
  }
}

async function reconciliationOf(act: Act, by: SignedIn, partner: string) {
  const can = { reconcile: plain(await mayReconcile(act, by, partner)) }
  const row = await act.tx
    .selectFrom('reconciliation')
    .selectAll()
    .where('nation', '=', partner)
    .executeTakeFirst()
  if (row === undefined) {
    return { partner, outcome: 'never' as const, at: null, ours: null, theirs: null, differences: [], can }
  }
  const theirs = row.their_root === null ? null : { count: row.their_count ?? 0, root: row.their_root }
  return {
    partner,
    outcome: row.outcome as 'waiting' | 'agreed' | 'differs',
    at: new Date(row.at).toISOString(),
    ours: { count: row.our_count, root: row.our_root },
    theirs,
    differences: JSON.parse(row.differences) as Difference[],
    can,
  }
}

const COLUMNS = [
  'control',
  'registered',
  'direction',
  'originator',
  'recipient',
  'organisation',
  'marking',
  'receiver_marking',
  'category',
  'purpose',
  'state',
] as const

async function* csvOf(services: ExchangeServices, partner: string | null): AsyncIterable<Uint8Array> {
  yield Buffer.from(`${[...COLUMNS, 'released', 'received', 'accepted', 'opened'].join(',')}\r\n`)
  for await (const item of everyItem(services.database.query, partner)) {
    const dates = [item.released_at, item.received_at, item.accepted_at, item.opened_at]
    const cells = [
      ...COLUMNS.map((column) => item[column] ?? ''),
      ...dates.map((at) => (at === null ? '' : new Date(at).toISOString())),
    ]
    yield Buffer.from(`${cells.map(csvCell).join(',')}\r\n`)
  }
}

/** RFC 4180, and no cell that a spreadsheet would take for a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && text.length > 1 ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
