/** The gate's question about an order for supplies or services. */
import type { Verdict } from '#api/shapes.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import type { Question } from '#node/gate/ask.commands.ts'
import type { Decision } from '#node/gate/facts.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import { agreementFacts, governing } from '#node/law/governing.ts'
import { readPartnerProfile } from '#node/law/law.store.ts'
import type { Services } from '#node/services.ts'

/** What is to be ordered from a partner. */
export interface Order {
  readonly partner: string
  readonly category: string
}

/** May this person order this category from the partner today? */
export async function orderQuestion(
  view: View,
  services: Services,
  by: Pick<SignedIn, 'personId'>,
  { partner, category }: Order,
): Promise<Question> {
  const { nation } = view
  const law = await services.readLaw(view.tx)
  const governed = governing(law, partner, nation, 'logistics', view.world.now())
  const profile = governed?.instrument.profile ?? null
  const declared = profile === null ? null : await readPartnerProfile(view.tx, partner, profile.instrument)
  const state = (await readPartner(view.tx, partner))?.state ?? 'closed'
  const facts = {
    act: 'order',
    nation,
    from: partner,
    to: nation,
    subject: 'logistics',
    agreement: agreementFacts(governed, declared),
    link: state === 'closed' ? 'none' : state,
    channel: 'network',
    actor: await actorOf(view, services, by.personId, { category, author: true }),
    matter: { category },
    context: {},
    cited: {},
  } as const
  return { facts, profile }
}

/** A decision about an order as the form shows it. */
export function orderVerdict({ nation }: View, { partner }: Order, profile: Question['profile'], decision: Decision): Verdict {
  return {
    permitted: decision.permitted,
    refusals: [...decision.reasons],
    pending: [],
    because: [...decision.because],
    instrument: profile?.instrument ?? null,
    receiverMarkings: [],
    outside: { from: nation, to: partner, organisation: '' },
    approvalsNeeded: 0,
    assuranceUntil: null,
  }
}
