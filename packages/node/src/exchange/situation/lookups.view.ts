/** What the questions of one act or view about a person share, so that it is read once for all of them. */
import { actorReader } from '#node/gate/actor.view.ts'
import type { ReadActor } from '#node/gate/actor.view.ts'
import type { View } from '#node/kernel/view.ts'
import type { Law } from '#node/law/governing.ts'
import type { Services } from '#node/services.ts'
import { partnerContextReader } from './partnerContext.store.ts'
import type { ReadPartnerContext } from './partnerContext.store.ts'

export interface Lookups extends Pick<Services, 'readLaw' | 'nations'> {
  readonly actor: ReadActor
  readonly read: ReadPartnerContext
}

/**
 * The lookups for a person's questions.
 * @param read for questions about many matters, `allPartnerContexts`
 */
export function lookupsOf(
  view: View,
  services: Pick<Services, 'readLaw' | 'nations' | 'identity'>,
  personId: string,
  read: ReadPartnerContext = partnerContextReader(view),
): Lookups {
  let law: Promise<Law> | null = null
  return {
    nations: services.nations,
    readLaw: (reader) => (law ??= services.readLaw(reader)),
    actor: actorReader(view, services, personId),
    read,
  }
}
