/** Whether registers may be reconciled. */
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { permit } from '#node/identity/role.ts'
import type { By } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import { EXCHANGE } from '../permissions.ts'

/** Whether a person may reconcile the registers of a link now. */
export async function mayReconcile(view: View, by: By, partner: string): Promise<Can> {
  const can = permit(by.roles, EXCHANGE['register.reconcile'])
  if (can !== true) return can
  const state = (await readPartner(view.tx, partner))?.state
  if (state === 'open') return true
  return refuse(state === 'frozen' ? 'link_frozen' : 'link_not_open')
}
