/** What the gate says of a release before it is asked for, as the form shows it while a person types (EXC-19). */
import type { Verdict } from '#api/shapes.ts'
import { partReasons } from '#node/gate/facts.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { gatedDraft } from './gatedDraft.commands.ts'
import type { Routing } from './gatedDraft.commands.ts'
import { governing, receiverMarkings } from '#node/law/governing.ts'
import { APPROVALS_NEEDED } from '../items/release.commands.ts'
import type { ExchangeServices } from '../services.ts'
import { actorOf, situationOf } from '../situation/situation.commands.ts'

/** Asks without recording: nothing is done, so nothing has been decided. */
export async function verdictOf(
  act: Act,
  services: ExchangeServices,
  by: Pick<SignedIn, 'personId'>,
  routing: Routing,
  approvals = { count: 0, authorAmong: false },
): Promise<Verdict> {
  const governed = governing(services.law, act.nation, routing.partner, 'information', act.world.now())
  const markings = receiverMarkings(governed, act.nation, routing.marking, routing.partner)
  const chosen = routing.receiverMarking ?? ''
  const receiverMarking = chosen === '' && markings.length === 1 ? markings[0]! : chosen
  const situation = await situationOf(act, services, {
    act: 'release',
    matter: await gatedDraft(act, { ...routing, receiverMarking }),
    actor: await actorOf(act, services, by.personId, { category: routing.category, author: true }),
    approvals,
  })
  const profile = situation.governed?.instrument.profile ?? null
  const decision = services.gate.decide(situation.facts, profile)
  const { pending, blocking } = partReasons(decision)
  return {
    permitted: blocking.length === 0,
    refusals: blocking.map(mutable),
    pending: pending.map(mutable),
    because: [...services.gate.relyOn(situation.facts, profile)],
    instrument: governed?.instrument.id ?? null,
    receiverMarkings: [...markings],
    outside: { from: act.nation, to: routing.partner, organisation: routing.organisation },
    approvalsNeeded: APPROVALS_NEEDED,
    assuranceUntil: situation.assuredUntil === null ? null : new Date(situation.assuredUntil).toISOString(),
  }
}

function mutable<Code extends string>(reason: {
  readonly code: Code
  readonly because: readonly { readonly instrument: string; readonly article: string }[]
}) {
  return { code: reason.code, because: [...reason.because] }
}
