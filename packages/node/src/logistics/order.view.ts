/** The gate's question about an order of supplies or services. */
import type { Verdict } from '#api/shapes.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import type { Decision, Question } from '#node/gate/facts.ts'
import { crossingOf } from '#node/gate/crossing.view.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'

/** An order to be placed with a partner. */
export interface Order {
  readonly partner: string
  readonly category: string
}

/** Builds the question: may this person order this category from the partner today? */
export async function orderQuestion(
  view: View,
  services: Services,
  by: Pick<SignedIn, 'personId'>,
  { partner, category }: Order,
): Promise<Question> {
  const { facts, profile } = await crossingOf(view, services, {
    from: partner,
    to: view.nation,
    subject: 'logistics',
  })
  const actor = await actorOf(view, services, by.personId, { category, author: true })
  return {
    facts: {
      action: 'order',
      ...facts,
      channel: 'network',
      actor,
      matter: { category },
      context: {},
      cited: {},
    },
    profile,
  }
}

/** A decision on an order as the form shows it. */
export function orderVerdict(
  profile: Question['profile'],
  { permitted, reasons, because }: Decision,
): Verdict {
  return {
    permitted,
    refusals: [...reasons],
    because: [...because],
    instrument: profile?.instrument ?? null,
  }
}
