/** Gives and withdraws the receiver's assurance before provision (EXC-50 to EXC-52; Art. 7.5). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import type { AssuranceText } from '#wire/exchange/assurance.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId, say } from '#node/federation/say.commands.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { refusalOf } from '#node/gate/reasons.ts'
import { permit } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'
import { insertAssurance, readAssurance, withdrawAssuranceRow } from './assurance.store.ts'
import { assuranceQuestion } from './assurance.view.ts'

export interface NewAssurance {
  readonly partner: string
  readonly organisation: string
  readonly markings: readonly string[]
  readonly purposes: readonly string[]
  readonly until: Instant
}

/**
 * A security officer assures the partner that it may provide information to one of our organisations. Returns the id of
 * the assurance.
 */
export async function giveAssurance(
  act: Act,
  services: Services,
  by: SignedIn,
  input: NewAssurance,
): Promise<string | Refusal> {
  const now = act.world.now()
  if (input.until <= now) return refuse('invalid_input', [], 'until')
  const actor = await actorOf(act, services, by.personId, { category: '', author: true })
  const { facts, profile } = await assuranceQuestion(act, services, { ...input, actor })
  const answer = ask(act, services, { facts, profile }, { actor: by.personId, matter: null })
  if (!answer.decision.permitted) return withRecord(refusalOf(answer))
  return give(act, by, {
    v: 1,
    assurance: newId(act),
    instrument: profile!.instrument,
    by: act.nation,
    to: input.partner,
    organisation: input.organisation,
    markings: [...input.markings],
    purposes: [...input.purposes],
    from: iso(now),
    until: iso(input.until),
  })
}

async function give(act: Act, by: SignedIn, body: AssuranceText): Promise<string> {
  const { assurance: id, to } = body
  const text = JSON.stringify(body)
  const signed = by.sign('assurance.give', sha384(Buffer.from(text)), act.world.now())
  await insertAssurance(act, { id, text, body, signedAct: JSON.stringify(signed), withdrawnAt: null }, null)
  await say(act, to, { kind: 'assurance.given', acts: [signed], body: { assurance: id, text } })
  recordNational(act, { what: 'assurance.given', assurance: id, by: by.personId, to })
  act.hint({ routes: 'exchange', id: null })
  return id
}

/** Withdraws an assurance of ours; returns its id. */
export async function withdrawAssurance(act: Act, by: SignedIn, id: string): Promise<string | Refusal> {
  const can = permit(by.roles, EXCHANGE['assurance.give'])
  if (can !== true) return can
  const assurance = await readAssurance(act.tx, id)
  if (assurance === null || assurance.body.by !== act.nation) return refuse('not_found')
  const at = act.world.now()
  if (!(await withdrawAssuranceRow(act, id, at))) return refuse('already_done')
  const signed = by.sign('assurance.withdraw', sha384(Buffer.from(assurance.text)), at)
  await say(act, assurance.body.to, { kind: 'assurance.withdrawn', acts: [signed], body: { assurance: id } })
  recordNational(act, { what: 'assurance.withdrawn', assurance: id, by: by.personId })
  act.hint({ routes: 'exchange', id: null })
  return id
}
