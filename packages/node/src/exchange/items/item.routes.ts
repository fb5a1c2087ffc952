/** The routes of items, except opening. */
import { items } from '#api/exchange/items.ts'
import type { Binder, Binding } from '#node/kernel/bind.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { itemList, itemView } from './item.view.ts'
import { receiptItem, withdrawItem } from './open.commands.ts'

export function itemRoutes({ look, change }: Binder, services: Services): Binding[] {
  const show = (view: View, id: string, by: SignedIn) => itemView(view, services, by, id)
  return [
    look(items.list, (view, input, by) => itemList(view, by, input)),
    look(items.get, (view, { item }, by) => itemView(view, services, by, item)),
    change(items.receipt, (act, { item }, by) => receiptItem(act, by, item), show),
    change(items.withdraw, (act, { item }, by) => withdrawItem(act, by, item), show),
  ]
}
