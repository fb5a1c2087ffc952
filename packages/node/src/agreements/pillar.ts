/** The agreements of this nation: their texts, terms, facts and status. */
import { agreements as contracts } from '#api/agreements.ts'
import { refuse } from '#api/refusals.ts'
import { createBinder } from '#node/kernel/bind.ts'
import type { PillarDefinition } from '#node/pillar.ts'
import { agreementList, agreementView, searchAgreements } from './agreements.view.ts'

export const agreements: PillarDefinition = {
  name: 'agreements',
  terms: [],
  permissions: [],
  create(services) {
    const { look } = createBinder(services)
    return {
      routes: [
        look(contracts.list, (view, { on }) => agreementList(view, services, on)),
        look(contracts.get, async (view, { instrument: id, on }) => {
          const { instruments } = await services.readLaw(view.tx)
          const instrument = instruments.find((known) => known.id === id)
          return instrument === undefined ? refuse('not_found') : agreementView(view, instrument, on)
        }),
      ],
      handlers: {},
      search: (view, _by, words) => searchAgreements(view, services, words),
    }
  },
}
