/** Supplies and services between forces (ACSA). So far it only answers whether an order would be permitted. */
import { fileURLToPath } from 'node:url'
import { logistics as contracts } from '#api/logistics.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { bind } from '#node/kernel/bind.ts'
import type { PillarDefinition } from '#node/pillar.ts'
import { orderQuestion, orderVerdict } from './order.view.ts'
import { LOGISTICS_TERMS } from './terms.ts'

export const logistics: PillarDefinition = {
  name: 'logistics',
  policies: fileURLToPath(new URL('./policies/', import.meta.url)),
  terms: LOGISTICS_TERMS,
  permissions: [],
  create: (services) => ({
    routes: [
      // Nothing is ordered, but a person acts on the answer, so the decision is recorded.
      bind(contracts.checkOrder, (order, { session }) =>
        services.acts.run(async (act) => {
          const question = await orderQuestion(act, services, session, order)
          const { decision } = ask(act, services, question, { actor: session.personId, matter: null })
          return orderVerdict(question.profile, decision)
        }),
      ),
    ],
    handlers: {},
  }),
}
