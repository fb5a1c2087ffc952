/** Assurances as pages show them, and the gate's question about a new one. */
import type { AssuranceView } from '#api/exchange/shapes.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { SignedAct } from '#wire/personAct.ts'
import type { Question } from '#node/gate/ask.commands.ts'
import { crossingOf } from '#node/gate/crossing.view.ts'
import type { Actor } from '#node/gate/facts.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { EXCHANGE } from '../permissions.ts'
import { holds } from './assurance.ts'
import type { Assurance } from './assurance.ts'
import { listAssurances, readAssurance } from './assurance.store.ts'

/** What is to be assured, and who assures it. */
interface Assured {
  readonly partner: string
  readonly organisation: string
  readonly markings: readonly string[]
  readonly purposes: readonly string[]
  readonly actor: Actor
}

/** The gate's question: may we assure this to a partner, who would then provide it to us? */
export async function assuranceQuestion(
  view: View,
  services: Pick<Services, 'readLaw'>,
  { partner, organisation, markings, purposes, actor }: Assured,
): Promise<Question> {
  const { facts, profile } = await crossingOf(view, services, {
    from: partner,
    to: view.nation,
    subject: 'information',
  })
  const matter = { organisation, markings, purposes }
  return {
    facts: { act: 'assure', ...facts, channel: 'network', actor, matter, context: {}, cited: {} },
    profile,
  }
}

export async function assuranceList(view: View, by: SignedIn) {
  return {
    rows: (await listAssurances(view.tx)).map((assurance) => assuranceShape(view, by, assurance)),
    canGive: permit(by.roles, EXCHANGE['assurance.give']),
  }
}

/** One assurance; it exists, since a command has just returned its id. */
export async function assuranceView(view: View, by: SignedIn, id: string): Promise<AssuranceView> {
  return assuranceShape(view, by, (await readAssurance(view.tx, id))!)
}

function assuranceShape(view: View, by: SignedIn, assurance: Assurance): AssuranceView {
  const { id, said, withdrawnAt } = assurance
  const signed = JSON.parse((JSON.parse(assurance.act) as SignedAct).text) as { office: string }
  return {
    id,
    by: said.by,
    to: said.to,
    instrument: said.instrument,
    organisation: said.organisation,
    markings: said.markings,
    purposes: said.purposes,
    from: said.from,
    until: said.until,
    withdrawnAt: withdrawnAt === null ? null : new Date(withdrawnAt).toISOString(),
    office: signed.office,
    inForce: holds(assurance, view.world.now()),
    can: { withdraw: mayWithdraw(view, by, assurance) },
  }
}

function mayWithdraw(view: View, by: SignedIn, { said, withdrawnAt }: Assurance): Can {
  if (said.by !== view.nation) return refuse('not_permitted')
  if (withdrawnAt !== null) return refuse('already_done')
  return permit(by.roles, EXCHANGE['assurance.give'])
}
