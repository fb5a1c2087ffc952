/**
 * The exchange of information in the simulator: the exchange workload, its expected refusals and its
 * auditors.
 */
import type { View } from '../auditors/view.ts'
import type { SimulatedPillar } from '../pillar.ts'
import { assure, assureFirst, withdrawGivenAssurance } from './assurance.workload.ts'
import { auditAccess } from './auditors/access.ts'
import { auditEffects } from './auditors/effects.ts'
import { factsOf, stoppedItems } from './auditors/facts.ts'
import { auditMatters } from './auditors/matter.ts'
import { auditRegisters } from './auditors/register.ts'
import { auditReleases } from './auditors/release.ts'
import { readExchange, rowsOf } from './auditors/rows.ts'
import { approve, edit, refuse, submit, write } from './draft.workload.ts'
import { compare, compareAll, receipt, receivedItems, withdraw } from './item.workload.ts'
import { open } from './opening.workload.ts'
import { createReports } from './reports.ts'

/** Analysts who are also release authorities: they may approve, but never what they wrote. */
const BOTH = ['analyst', 'release_authority'] as const

export const exchange: SimulatedPillar = {
  commands: {
    write: [18, write],
    edit: [2, edit],
    submit: [16, submit],
    approve: [40, approve],
    refuse: [2, refuse],
    withdraw: [6, withdraw],
    open: [20, open],
    receipt: [10, receipt],
    'give assurance': [2, assure],
    'withdraw assurance': [1.5, withdrawGivenAssurance],
    reconcile: [1.5, compare],
  },
  refusals: [
    'digest_differs',
    'author_cannot_approve',
    'not_authorised',
    'no_equivalent_marking',
    'category_not_permitted',
    'purpose_not_permitted',
    'recipient_not_competent',
    'third_party_release',
    'need_to_know_missing',
    'clearance_missing',
    'wrong_state',
    'already_done',
  ],
  rows: readExchange,
  auditors: [auditReleases, auditAccess, auditEffects, auditMatters, auditRegisters],
  facts: factsOf,
  dropped: stoppedItems,
  memory: createReports,
  roles: { analyst: BOTH, 'release-2': BOTH },
  needToKnow: { categories: ['missile_launch', 'maritime_surveillance'], matters: receivedItems },
  prepare: assureFirst,
  conclude: compareAll,
  summary,
}

function summary(view: View): string[] {
  const { items } = rowsOf(view)
  return items.map(({ control, state, registered }) => `${control} ${state} ${registered ?? 'no number'}`)
}
