/** The gate's answer on a release that is still being composed, as the form shows it (EXC-19). */
import type { ReleaseVerdict } from '#api/exchange/shapes.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { splitReasons } from '#node/gate/reasons.ts'
import type { View } from '#node/kernel/view.ts'
import { governing } from '#node/law/governing.ts'
import type { Services } from '#node/services.ts'
import { equivalentMarkings } from '../equivalence.ts'
import { PENDING_CODES } from '../situation/facts.ts'
import type { Approvals } from '../situation/facts.ts'
import { situationOf } from '../situation/situation.view.ts'
import { APPROVALS_NEEDED } from './draft.ts'
import type { Routing } from './draft.ts'
import { gatedDraft } from './gatedDraft.view.ts'

/** Asks the gate without recording, since nothing is attempted. */
export async function verdictOf(
  view: View,
  services: Services,
  author: string,
  routing: Routing,
  approvals: Approvals = { count: 0, authorAmong: false },
): Promise<ReleaseVerdict> {
  const { nation } = view
  const { partner, organisation, marking, category } = routing
  const law = await services.readLaw(view.tx)
  const governed = governing(law, nation, partner, 'information', view.world.now())
  const markings = equivalentMarkings(governed?.instrument.profile ?? null, nation, marking, partner)
  const chosen = routing.receiverMarking ?? ''
  const receiverMarking = chosen === '' && markings.length === 1 ? markings[0]! : chosen
  const { facts, profile, assuredUntil } = await situationOf(view, services, {
    action: 'release',
    matter: await gatedDraft(view, { ...routing, receiverMarking }),
    actor: actorOf(view, services, author, { category, author: true }),
    approvals,
  })
  const { pending, blocking } = splitReasons(services.gate.decide(facts, profile), PENDING_CODES)
  return {
    permitted: blocking.length === 0,
    refusals: blocking,
    pending,
    because: services.gate.relyOn(facts, profile),
    instrument: governed?.instrument.id ?? null,
    receiverMarkings: markings,
    receiverMarking: receiverMarking === '' ? null : receiverMarking,
    outside: { from: nation, to: partner, organisation },
    approvalsNeeded: APPROVALS_NEEDED,
    assuranceUntil: assuredUntil === null ? null : new Date(assuredUntil).toISOString(),
  }
}
