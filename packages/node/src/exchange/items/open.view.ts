/** The gate's questions about the content of an item (EXC-60, EVI-44; Arts 7.1, 7.2). */
import { actorOf } from '#node/gate/actor.view.ts'
import type { Question } from '#node/gate/facts.ts'
import type { By } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { situationOf } from '../situation/situation.view.ts'
import { gatedItem } from './item.ts'
import type { Item } from './item.ts'

/** Builds the question: may this person open this item now, for this purpose? */
export function openQuestion(
  view: View,
  services: Services,
  by: Pick<By, 'personId'>,
  item: Item,
  purpose = item.purpose,
): Promise<Question> {
  return questionOf(view, services, 'open', by, item, purpose)
}

/** Builds the question: may this person export evidence with what is sealed with the content? */
export function revealQuestion(
  view: View,
  services: Services,
  by: Pick<By, 'personId'>,
  item: Item,
): Promise<Question> {
  return questionOf(view, services, 'reveal', by, item, item.purpose)
}

function questionOf(
  view: View,
  services: Services,
  action: 'open' | 'reveal',
  by: Pick<By, 'personId'>,
  item: Item,
  purpose: string,
): Promise<Question> {
  const { id, category, instrument } = item
  return situationOf(view, services, {
    action,
    instrument,
    actor: actorOf(view, services, by.personId, { matter: id, category, author: false }),
    // Only the purpose for which it was provided counts; any other is none (Art. 6(c)).
    matter: { ...gatedItem(item), purpose: purpose === item.purpose ? purpose : '' },
  })
}
