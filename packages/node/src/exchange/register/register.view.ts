/** The register as pages show it: rows, CSV, and the last comparison with each partner. */
import type { ReconciliationView } from '#api/exchange/shapes.ts'
import type { Can, Refusal } from '#api/refusals.ts'
import { readPartner, readPartners } from '#node/federation/federation.store.ts'
import { permit } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Database } from '#node/kernel/database.ts'
import { iso } from '#node/world.ts'
import { enteredAt, partnerOf } from '../items/item.ts'
import type { Item } from '../items/item.ts'
import { itemRow } from '../items/item.view.ts'
import { EXCHANGE } from '../permissions.ts'
import { mayReconcile } from './reconcile.view.ts'
import { everyItem, listItems, readReconciliations } from './register.store.ts'
import type { ItemFilter, Reconciliation } from './register.store.ts'

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
    enteredAt: iso(enteredAt(item)),
  }
}

/** The last comparison with each partner. */
export async function reconciliationList(
  view: View,
  by: SignedIn,
): Promise<{ readonly rows: ReconciliationView[] } | Refusal> {
  const can = permit(by.roles, EXCHANGE['register.read'])
  if (can !== true) return can
  const [partners, last] = await Promise.all([readPartners(view.tx), readReconciliations(view.tx)])
  return {
    rows: partners.map(({ nation, state }) => shapeOf(nation, last.get(nation), mayReconcile(by, state))),
  }
}

/** The last comparison with one partner. */
export async function reconciliationView(
  view: View,
  by: SignedIn,
  partner: string,
): Promise<ReconciliationView> {
  const [link, last] = await Promise.all([readPartner(view.tx, partner), readReconciliations(view.tx)])
  return shapeOf(partner, last.get(partner), mayReconcile(by, link?.state))
}

function shapeOf(partner: string, last: Reconciliation | undefined, reconcile: Can): ReconciliationView {
  const can = { reconcile }
  if (last === undefined) {
    return { partner, outcome: 'never', at: null, ours: null, theirs: null, differences: [], can }
  }
  const { outcome, at, ours, theirs, differences } = last
  return {
    partner,
    outcome,
    at: iso(at),
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
      ...dates.map((at) => (at === null ? '' : iso(at))),
    ]
    yield Buffer.from(`${cells.map(csvCell).join(',')}\r\n`)
  }
}

/** A cell in RFC 4180. A quote mark before a formula keeps a spreadsheet from evaluating it. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && text.length > 1 ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
