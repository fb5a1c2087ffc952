/** Assurances before provision. */
import { exchange } from '#api/exchange.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { permit } from '../identity/role.ts'
import type { SignedIn } from '../kernel/caller.ts'
import { bind } from '../kernel/http.ts'
import type { Binding } from '../kernel/http.ts'
import { giveAssurance, withdrawAssurance } from './assurance.commands.ts'
import { listAssurances } from './assurance.store.ts'
import type { Assurance } from './assurance.store.ts'
import { plain } from './item.view.ts'
import type { ExchangeServices } from './services.ts'

export function assuranceRoutes(services: ExchangeServices): Binding[] {
  const { acts } = services
  return [
    bind(exchange.listAssurances, (_input, { session }) =>
      acts.run(async (act) => ({
        rows: (await listAssurances(act.tx)).map((each) => assuranceView(services, session, each)),
        canGive: plain(permit(session.roles, 'assurance.give')),
      })),
    ),
    bind(exchange.giveAssurance, (input, { session }) =>
      acts.run(async (act) => {
        const given = await giveAssurance(act, services, session, { ...input, until: Date.parse(input.until) })
        return isRefusal(given) ? given : assuranceView(services, session, given)
      }),
    ),
    bind(exchange.withdrawAssurance, ({ assurance }, { session }) =>
      acts.run(async (act) => {
        const withdrawn = await withdrawAssurance(act, session, assurance)
        return isRefusal(withdrawn) ? withdrawn : assuranceView(services, session, withdrawn)
      }),
    ),
  ]
}

function assuranceView(services: ExchangeServices, by: SignedIn, assurance: Assurance) {
  const { said, withdrawnAt } = assurance
  const now = services.world.now()
  const signed = JSON.parse((JSON.parse(assurance.act) as SignedAct).text) as { office: string }
  const ours = said.by === services.nation
  const can = !ours ? refuse('not_permitted') : withdrawnAt !== null ? refuse('already_done') : permit(by.roles, 'assurance.give')
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
