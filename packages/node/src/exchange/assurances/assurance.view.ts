/** Assurances as pages show them, and the gate's question about a new one. */
import type { AssuranceView } from '#api/exchange/shapes.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { SignedAct } from '#wire/personAct.ts'
import type { Actor, Question } from '#node/gate/facts.ts'
import { crossingOf } from '#node/gate/crossing.view.ts'
import { permit } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { isoOrNull } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'
import { isInForce } from './assurance.ts'
import type { Assurance } from './assurance.ts'
import { listAssurances, readAssurance } from './assurance.store.ts'

/** A new assurance, and who gives it. */
interface Proposed {
  readonly partner: string
  readonly organisation: string
  readonly markings: readonly string[]
  readonly purposes: readonly string[]
  readonly actor: Actor
}

/** Builds the question: may this person give a partner this assurance? */
export async function assuranceQuestion(
  view: View,
  services: Pick<Services, 'readLaw'>,
  { partner, organisation, markings, purposes, actor }: Proposed,
): Promise<Question> {
  const { facts, profile } = await crossingOf(view, services, {
    from: partner,
    to: view.nation,
    subject: 'information',
  })
  const matter = { organisation, markings, purposes }
  return {
    facts: { action: 'assure', ...facts, channel: 'network', actor, matter, context: {}, cited: {} },
    profile,
  }
}

export async function assuranceList(view: View, by: SignedIn) {
  return {
    rows: (await listAssurances(view.tx)).map((assurance) => assuranceShape(view, by, assurance)),
    canGive: permit(by.roles, EXCHANGE['assurance.give']),
  }
}

/** The assurance whose id a command has just returned. */
export async function assuranceView(view: View, by: SignedIn, id: string): Promise<AssuranceView> {
  return assuranceShape(view, by, (await readAssurance(view.tx, id))!)
}

function assuranceShape(view: View, by: SignedIn, assurance: Assurance): AssuranceView {
  const { id, body, withdrawnAt } = assurance
  const signed = JSON.parse((JSON.parse(assurance.signedAct) as SignedAct).text) as { office: string }
  return {
    id,
    by: body.by,
    to: body.to,
    instrument: body.instrument,
    organisation: body.organisation,
    markings: body.markings,
    purposes: body.purposes,
    from: body.from,
    until: body.until,
    withdrawnAt: isoOrNull(withdrawnAt),
    office: signed.office,
    inForce: isInForce(assurance, view.world.now()),
    can: { withdraw: mayWithdraw(view, by, assurance) },
  }
}

function mayWithdraw(view: View, by: SignedIn, { body, withdrawnAt }: Assurance): Can {
  if (body.by !== view.nation) return refuse('not_permitted')
  if (withdrawnAt !== null) return refuse('already_done')
  return permit(by.roles, EXCHANGE['assurance.give'])
}
