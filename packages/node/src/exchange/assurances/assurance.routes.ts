/** Assurances before provision. */
import { assurances } from '#api/exchange/assurances.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { permit } from '#node/identity/role.ts'
import type { PersonCaller, SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import { once } from '#node/kernel/once.ts'
import { giveAssurance, withdrawAssurance } from './assurance.commands.ts'
import { listAssurances, readAssurance } from './assurance.store.ts'
import type { Assurance } from './assurance.store.ts'
import { plain } from '../items/item.view.ts'
import type { ExchangeServices } from '../services.ts'

export function assuranceRoutes(services: ExchangeServices): Binding[] {
  const { acts } = services
  const done = (caller: PersonCaller, work: (act: Act) => Promise<Assurance | Refusal>) =>
    acts.run(async (act) => {
      const assurance = await once(act, caller, {
        work: () => work(act),
        keep: (made) => made.id,
        found: async (id) => (await readAssurance(act.tx, id)) ?? refuse('not_found'),
      })
      return isRefusal(assurance) ? assurance : assuranceView(services, caller.session, assurance)
    })
  return [
    bind(assurances.list, (_input, { session }) =>
      acts.run(async (act) => ({
        rows: (await listAssurances(act.tx)).map((each) => assuranceView(services, session, each)),
        canGive: plain(permit(session.roles, 'assurance.give')),
      })),
    ),
    bind(assurances.give, (input, caller) =>
      done(caller, (act) =>
        giveAssurance(act, services, caller.session, { ...input, until: Date.parse(input.until) }),
      ),
    ),
    bind(assurances.withdraw, ({ assurance }, caller) =>
      done(caller, (act) => withdrawAssurance(act, caller.session, assurance)),
    ),
  ]
}

function assuranceView(services: ExchangeServices, by: SignedIn, assurance: Assurance) {
  const { said, withdrawnAt } = assurance
  const now = services.world.now()
  const signed = JSON.parse((JSON.parse(assurance.act) as SignedAct).text) as { office: string }
  const ours = said.by === services.nation
  const can = !ours
    ? refuse('not_permitted')
    : withdrawnAt !== null
      ? refuse('already_done')
      : permit(by.roles, 'assurance.give')
  return {
    id: assurance.id,
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
    inForce: withdrawnAt === null && Date.parse(said.from) <= now && now < Date.parse(said.until),
    can: { withdraw: plain(can) },
  }
}
