/** Giving and withdrawing the receiver's assurance before provision (EXC-50 to EXC-52; Art. 7.5). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import type { AssuranceText } from '#wire/kinds.ts'
import { citationsOf } from '#node/law/instrument.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId, say } from '#node/federation/say.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { insertAssurance, readAssurance, withdrawAssuranceRow } from './assurance.store.ts'
import type { Assurance } from './assurance.store.ts'
import { governing } from '#node/law/governing.ts'
import type { ExchangeServices } from '../services.ts'

export interface NewAssurance {
  readonly partner: string
  readonly organisation: string
  readonly markings: readonly string[]
  readonly purposes: readonly string[]
  /** Epoch ms. */
  readonly until: number
}

/** A security officer assures the partner that one of our organisations may be provided with information. */
export async function giveAssurance(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  input: NewAssurance,
): Promise<Assurance | Refusal> {
  const can = permit(by.roles, 'assurance.give')
  if (can !== true) return can
  const now = act.world.now()
  const governed = governing(services.law, act.nation, input.partner, 'information', now)
  if (governed === null || governed.status.state !== 'in_force') return refuse('no_agreement_in_force')
  const { profile } = governed.instrument
  const ours = profile.organisations.some(
    (each) => each.nation === act.nation && each.id === input.organisation,
  )
  if (!ours) return refuse('recipient_not_competent', citationsOf(profile, 'authorities'), 'organisation')
  const known = profile.markings[act.nation] ?? []
  if (!input.markings.every((marking) => known.includes(marking))) {
    return refuse('no_equivalent_marking', citationsOf(profile, 'markings'), 'markings')
  }
  if (!input.purposes.every((purpose) => profile.purposes.includes(purpose))) {
    return refuse('purpose_not_permitted', citationsOf(profile, 'purpose'), 'purposes')
  }
  if (input.until <= now) return refuse('invalid_input', [], 'until')
  const said: AssuranceText = {
    v: 1,
    assurance: newId(act),
    instrument: governed.instrument.id,
    by: act.nation,
    to: input.partner,
    organisation: input.organisation,
    markings: [...input.markings],
    purposes: [...input.purposes],
    from: new Date(now).toISOString(),
    until: new Date(input.until).toISOString(),
  }
  return enter(act, by, said)
}

async function enter(act: Act, by: SignedIn, said: AssuranceText): Promise<Assurance> {
  const text = JSON.stringify(said)
  const signed = by.sign('assurance.give', sha384(Buffer.from(text)), act.world.now())
  const assurance = { id: said.assurance, text, said, act: JSON.stringify(signed), withdrawnAt: null }
  await insertAssurance(act.tx, { ...assurance, enteredIndex: null })
  await say(act, said.to, {
    kind: 'assurance.given',
    acts: [signed],
    body: { assurance: said.assurance, text },
  })
  recordNational(act, {
    what: 'assurance_given',
    assurance: said.assurance,
    by: by.personId,
    to: said.to,
  })
  act.hint({ slice: 'agreements', id: said.assurance })
  return assurance
}

/** Withdraws an assurance that we gave. */
export async function withdrawAssurance(act: Act, by: SignedIn, id: string): Promise<Assurance | Refusal> {
  const can = permit(by.roles, 'assurance.give')
  if (can !== true) return can
  const assurance = await readAssurance(act.tx, id)
  if (assurance === null || assurance.said.by !== act.nation) return refuse('not_found')
  const at = act.world.now()
  if (!(await withdrawAssuranceRow(act.tx, id, at))) return refuse('already_done')
  const signed = by.sign('assurance.withdraw', sha384(Buffer.from(assurance.text)), at)
  await say(act, assurance.said.to, { kind: 'assurance.withdrawn', acts: [signed], body: { assurance: id } })
  recordNational(act, { what: 'assurance_withdrawn', assurance: id, by: by.personId })
  act.hint({ slice: 'agreements', id })
  return { ...assurance, withdrawnAt: at }
}
