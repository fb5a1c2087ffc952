/** The gate's answers on a report that is being composed, as the form shows them (EXC-19). */
import type { ReleaseVerdict } from '#api/exchange/shapes.ts'
import { APPROVALS_NEEDED } from '#wire/exchange/proposal.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { splitReasons } from '#node/gate/reasons.ts'
import type { View } from '#node/kernel/view.ts'
import { governing } from '#node/law/governing.ts'
import type { Services } from '#node/services.ts'
import { isoOrNull } from '#node/world.ts'
import { equivalentMarkings, receiverMarkingOf } from '../equivalence.ts'
import { PENDING_CODES } from '../situation/facts.ts'
import type { Approvals } from '../situation/facts.ts'
import { situationOf } from '../situation/situation.view.ts'
import type { Routing } from './draft.ts'
import { gatedDraft } from './gatedDraft.view.ts'

/**
 * Asks the gate, without recording, since nothing is attempted: what refuses the submission, and what its release would
 * wait for and rely on.
 */
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
  const receiverMarking = receiverMarkingOf(routing.receiverMarking, markings)
  const { facts, profile, assuredUntil } = await situationOf(view, services, {
    action: 'submit',
    matter: await gatedDraft(view, { ...routing, receiverMarking }),
    actor: actorOf(view, services, author, { category, author: true }),
    approvals,
  })
  const { gate } = services
  const submission = gate.decide(facts, profile)
  const release = { ...facts, action: 'release' }
  return {
    permitted: submission.permitted,
    refusals: submission.reasons,
    pending: splitReasons(gate.decide(release, profile), PENDING_CODES).pending,
    because: gate.relyOn(release, profile),
    instrument: governed?.instrument.id ?? null,
    receiverMarkings: markings,
    receiverMarking: receiverMarking === '' ? null : receiverMarking,
    outside: { from: nation, to: partner, organisation },
    approvalsNeeded: APPROVALS_NEEDED,
    assuranceUntil: isoOrNull(assuredUntil),
  }
}
