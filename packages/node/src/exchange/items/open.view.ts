/** The gate's questions about the content of an item (EXC-60, EVI-44; Arts 7.1, 7.2). */
import type { Question } from '#node/gate/facts.ts'
import type { View } from '#node/kernel/view.ts'
import type { Lookups } from '../situation/lookups.view.ts'
import { situationOf } from '../situation/situation.view.ts'
import { gatedItem } from './item.ts'
import type { Item } from './item.ts'

/** Builds the question: may the person of the lookups open this item now, for this purpose? */
export function openQuestion(
  view: View,
  lookups: Lookups,
  item: Item,
  purpose = item.purpose,
): Promise<Question> {
  return questionOf(view, lookups, 'open', item, purpose)
}

/** Builds the question: may the person of the lookups export evidence with what is sealed with the content? */
export function revealQuestion(view: View, lookups: Lookups, item: Item): Promise<Question> {
  return questionOf(view, lookups, 'reveal', item, item.purpose)
}

function questionOf(
  view: View,
  lookups: Lookups,
  action: 'open' | 'reveal',
  item: Item,
  purpose: string,
): Promise<Question> {
  const { id, category, instrument } = item
  return situationOf(view, lookups, {
    action,
    instrument,
    actor: lookups.actor({ matter: id, category, author: false }),
    read: lookups.read,
    // Only the purpose for which it was provided counts; any other is none (Art. 6(c)).
    matter: { ...gatedItem(item), purpose: purpose === item.purpose ? purpose : '' },
  })
}
