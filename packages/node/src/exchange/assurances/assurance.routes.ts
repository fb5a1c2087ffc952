/** The routes of assurances. */
import { assurances } from '#api/exchange/assurances.ts'
import type { Binder, Binding } from '#node/kernel/bind.ts'
import type { Services } from '#node/services.ts'
import { giveAssurance, withdrawAssurance } from './assurance.commands.ts'
import { assuranceList, assuranceView } from './assurance.view.ts'

export function assuranceRoutes({ look, change }: Binder, services: Services): Binding[] {
  return [
    look(assurances.list, (view, _input, by) => assuranceList(view, by)),
    change(
      assurances.give,
      (act, input, by) => giveAssurance(act, services, by, { ...input, until: Date.parse(input.until) }),
      (view, id, by) => assuranceView(view, by, id),
    ),
    change(
      assurances.withdraw,
      (act, { assurance }, by) => withdrawAssurance(act, by, assurance),
      (view, id, by) => assuranceView(view, by, id),
    ),
  ]
}
