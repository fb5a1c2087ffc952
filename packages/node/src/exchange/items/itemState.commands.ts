/** Changes the state of an item, with its matter and the pages that show it. */
import { foldItem } from '#wire/exchange/item.ts'
import { readMatter, setMatterState } from '#node/federation/matter.store.ts'
import type { Act } from '#node/kernel/command.ts'
import type { StoredItemState } from './item.ts'
import { updateItem } from './item.store.ts'

/** Sets the state of an item and of its matter. */
export async function setItemState(act: Act, id: string, state: StoredItemState): Promise<void> {
  await setMatterState(act, id, state)
  await updateItem(act, id, { state })
  hintItem(act, id)
}

/** Recomputes an item's state from the statements about it. */
export async function refold(act: Act, id: string): Promise<void> {
  await setItemState(act, id, foldItem(await readMatter(act, id)))
}

/** Refreshes the pages that show an item. */
export function hintItem(act: Pick<Act, 'hint'>, id: string): void {
  act.hint({ routes: 'exchange', id })
}
