/** Whether registers may be reconciled. */
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { LinkState } from '#node/federation/partner.ts'
import { permit } from '#node/kernel/permission.ts'
import type { By } from '#node/kernel/caller.ts'
import { EXCHANGE } from '../permissions.ts'

/** Whether a person may reconcile the registers of a link in this state; without a link, the state is undefined. */
export function mayReconcile(by: By, state: LinkState | undefined): Can {
  const can = permit(by.roles, EXCHANGE['register.reconcile'])
  if (can !== true) return can
  if (state === 'open') return true
  return refuse(state === 'frozen' ? 'link_frozen' : 'link_not_open')
}
