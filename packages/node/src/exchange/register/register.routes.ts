/** The routes of the register: list, export, reconciliation. */
import { register } from '#api/exchange/register.ts'
import { permit } from '#node/kernel/permission.ts'
import { bind } from '#node/kernel/bind.ts'
import type { Binder, Binding } from '#node/kernel/bind.ts'
import { inertResponse } from '#node/kernel/bytes.ts'
import type { Services } from '#node/services.ts'
import { EXCHANGE } from '../permissions.ts'
import { reconcile } from './reconcile.commands.ts'
import { reconciliationList, reconciliationView, registerCsv, registerList } from './register.view.ts'

export function registerRoutes({ look, change }: Binder, { database }: Services): Binding[] {
  return [
    look(register.list, (view, input, by) => registerList(view, by, input)),
    bind(register.export, async ({ partner }, { session }) => {
      const can = permit(session.roles, EXCHANGE['register.read'])
      if (can !== true) return can
      return inertResponse(registerCsv(database, partner ?? null), {
        fileName: `register${partner === undefined ? '' : `-${partner}`}.csv`,
        mediaType: 'text/csv; charset=utf-8',
      })
    }),
    look(register.listReconciliations, (view, _input, by) => reconciliationList(view, by)),
    change(
      register.reconcile,
      (act, { partner }, by) => reconcile(act, by, partner),
      (view, partner, by) => reconciliationView(view, by, partner),
    ),
  ]
}
