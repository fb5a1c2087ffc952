/** Information under agreements (GSOMIA): drafts, items, register, assurances. */
import { fileURLToPath } from 'node:url'
import type { SearchHit } from '#api/console.ts'
import type { Sha384 } from '#wire/digest.ts'
import { mayAsk } from '#node/kernel/permission.ts'
import { createBinder } from '#node/kernel/bind.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { PillarDefinition } from '#node/pillar.ts'
import { assuranceHandlers } from './assurances/assurance.peer.ts'
import { assuranceRoutes } from './assurances/assurance.routes.ts'
import { exchangeDesk } from './desk.view.ts'
import { draftRoutes } from './drafts/draft.routes.ts'
import { acceptArrived } from './items/accept.commands.ts'
import { mayOfferLeave, mayWithdrawalLeave } from './items/departure.commands.ts'
import { itemHandlers, onOfferParked } from './items/item.peer.ts'
import { itemRoutes } from './items/item.routes.ts'
import { countUnanswered } from './items/item.store.ts'
import { openingRoutes } from './items/opening.routes.ts'
import { releaseDue } from './items/release.commands.ts'
import { EXCHANGE } from './permissions.ts'
import { referenceOf } from './reference.ts'
import { registerHandlers } from './register/reconcile.commands.ts'
import { registerRoutes } from './register/register.routes.ts'
import { listItems } from './register/register.store.ts'
import { EXCHANGE_TERMS } from './terms.ts'

const folder = (name: string): string => fileURLToPath(new URL(`./${name}/`, import.meta.url))

export const exchange: PillarDefinition = {
  name: 'exchange',
  policies: folder('policies'),
  migrations: folder('migrations'),
  terms: EXCHANGE_TERMS,
  permissions: Object.values(EXCHANGE),
  create(services) {
    const binder = createBinder(services)
    return {
      routes: [
        ...draftRoutes(binder, services),
        ...itemRoutes(binder, services),
        ...openingRoutes(services),
        ...registerRoutes(binder, services),
        ...assuranceRoutes(binder, services),
      ],
      handlers: {
        ...assuranceHandlers(services),
        ...itemHandlers(services),
        ...registerHandlers,
      },
      departures: {
        'exchange.offered': mayOfferLeave(services),
        'exchange.withdrawn': mayWithdrawalLeave,
      },
      parked: { 'exchange.offered': onOfferParked },
      contentArrived: (act, digest) => acceptArrived(act, services, digest as Sha384),
      due: (act, since) => releaseDue(act, services, since),
      desk: (view, by) => exchangeDesk(view, services, by),
      search: searchItems,
      unanswered: countUnanswered,
      referenceOf,
    }
  },
}

const HITS_MAX = 8

/** Searches items by number, never by content, which is sealed (EXC-95). */
async function searchItems({ tx }: View, by: SignedIn, words: string): Promise<readonly SearchHit[]> {
  if (!mayAsk(by.roles, EXCHANGE['exchange.read_items'])) return []
  const { rows } = await listItems(tx, { search: words }, undefined, HITS_MAX)
  return rows.map(({ id, control, marking, receiverMarking }) => ({
    page: 'item',
    id,
    title: control,
    detail: `${marking} → ${receiverMarking}`,
  }))
}
