/** The inputs of a decision as rows. */
import { expect, test } from 'vitest'
import { inputRows } from './decisionInputs.ts'

test('the inputs of a decision become rows without losing anything', () => {
  expect(
    inputRows({
      action: 'open',
      agreement: null,
      actor: { roles: ['officer', 'analyst'], clearance: { marking: '秘', valid: false }, needToKnow: true },
      matter: { purpose: '', receivedUnder: [{ instrument: 'i', article: '6.a' }] },
      approvals: { count: 0 },
      nothing: [],
    }),
  ).toEqual([
    { path: 'action', value: 'open' },
    { path: 'agreement', value: null },
    { path: 'actor.roles', value: 'officer, analyst' },
    { path: 'actor.clearance.marking', value: '秘' },
    { path: 'actor.clearance.valid', value: false },
    { path: 'actor.needToKnow', value: true },
    { path: 'matter.purpose', value: null },
    { path: 'matter.receivedUnder.1.instrument', value: 'i' },
    { path: 'matter.receivedUnder.1.article', value: '6.a' },
    { path: 'approvals.count', value: 0 },
    { path: 'nothing', value: null },
  ])
})
