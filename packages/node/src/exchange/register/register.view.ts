/** The register as pages show it: rows, CSV, and the last comparison with each partner. */
import type { ReconciliationView } from '#api/exchange/shapes.ts'
import type { Refusal } from '#api/refusals.ts'
import { readPartners } from '#node/federation/federation.store.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Database } from '#node/kernel/database.ts'
import { enteredAt, partnerOf } from '../items/item.ts'
import type { Item } from '../items/item.ts'
import { itemRow } from '../items/item.view.ts'
import { EXCHANGE } from '../permissions.ts'
import { mayReconcile } from './reconcile.view.ts'
import { everyItem, listItems, readReconciliation } from './register.store.ts'
import type { ItemFilter } from './register.store.ts'

/** A page of the register. */
export async function registerList(
  view: View,
  by: SignedIn,
  filter: ItemFilter & { readonly cursor?: string | undefined; readonly limit?: number | undefined },
) {
  const can = permit(by.roles, EXCHANGE['register.read'])
  if (can !== true) return can
  const { rows, next, total } = await listItems(view.tx, filter, filter.cursor, filter.limit ?? 50)
  return { rows: rows.map(registerRow), next, total }
}

function registerRow(item: Item) {
  const { id, control, registered, direction, stamps, organisation, state } = itemRow(item)
  const isHere = item.direction === 'sent' && item.acceptedAt === null
  return {
    item: id,
    control,
    registered,
    direction,
    partner: partnerOf(item),
    stamps,
    organisation,
    state,
    holder: isHere ? item.originator : item.recipient,
    enteredAt: new Date(enteredAt(item)).toISOString(),
  }
}

/** The last comparison with each partner. */
export async function reconciliationList(
  view: View,
  by: SignedIn,
): Promise<{ readonly rows: ReconciliationView[] } | Refusal> {
  const can = permit(by.roles, EXCHANGE['register.read'])
  if (can !== true) return can
  const rows: ReconciliationView[] = []
  for (const { nation } of await readPartners(view.tx)) rows.push(await reconciliationView(view, by, nation))
  return { rows }
}

/** The last comparison with one partner. */
export async function reconciliationView(
  view: View,
  by: SignedIn,
  partner: string,
): Promise<ReconciliationView> {
  const can = { reconcile: await mayReconcile(view, by, partner) }
  const last = await readReconciliation(view.tx, partner)
  if (last === null) {
    return { partner, outcome: 'never', at: null, ours: null, theirs: null, differences: [], can }
  }
  const { outcome, at, ours, theirs, differences } = last
  return {
    partner,
    outcome,
    at: new Date(at).toISOString(),
    ours: { ...ours },
    theirs: theirs === null ? null : { ...theirs },
    differences: [...differences],
    can,
  }
}

const COLUMNS = [
  ['control', 'control'],
  ['registered', 'registered'],
  ['direction', 'direction'],
  ['originator', 'originator'],
  ['recipient', 'recipient'],
  ['organisation', 'organisation'],
  ['marking', 'marking'],
  ['receiver_marking', 'receiverMarking'],
  ['category', 'category'],
  ['purpose', 'purpose'],
  ['state', 'state'],
] as const satisfies readonly (readonly [string, keyof Item])[]

/** The register as CSV, streamed. Read outside a transaction, since it may be long. */
export async function* registerCsv(
  { query }: Pick<Database, 'query'>,
  partner: string | null,
): AsyncIterable<Uint8Array> {
  const head = [...COLUMNS.map(([name]) => name), 'released', 'received', 'accepted', 'receipted']
  yield Buffer.from(`${head.join(',')}\r\n`)
  for await (const item of everyItem(query, partner)) {
    const dates = [item.releasedAt, item.receivedAt, item.acceptedAt, item.receiptedAt]
    const cells = [
      ...COLUMNS.map(([, field]) => item[field] ?? ''),
      ...dates.map((at) => (at === null ? '' : new Date(at).toISOString())),
    ]
    yield Buffer.from(`${cells.map(csvCell).join(',')}\r\n`)
  }
}

/** A cell in RFC 4180. A quote mark before a formula keeps a spreadsheet from evaluating it. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && text.length > 1 ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
