/** Errors of form fields: against the contract, and in a refusal of the node. */
import { expect, test } from 'vitest'
import { drafts } from '#api/exchange/drafts.ts'
import { identity } from '#api/identity.ts'
import { logistics } from '#api/logistics.ts'
import { refuse } from '#api/refusals.ts'
import { faultOf, faultsIn, isRequired } from './fault.ts'

test('a form is checked against the contract of its route, and white space counts as empty', () => {
  const person = { office: 'Analyst', id: 'analyst-2', organisation: 'Ministry', roles: ['analyst'] }
  expect(faultsIn(identity.createPerson, person, person)).toEqual({})
  const faultIn = (changes: Partial<typeof person>) => {
    const values = { ...person, ...changes }
    return faultsIn(identity.createPerson, values, values)
  }
  expect(faultIn({ office: '  ' })['office']?.code).toBe('missing')
  expect(faultIn({ roles: [] })['roles']?.code).toBe('missing')
  expect(faultIn({ id: 'a' })['id']).toEqual({ code: 'too_short', count: 2 })
  expect(faultIn({ office: 'x'.repeat(121) })['office']).toEqual({ code: 'too_long', count: 120 })
  for (const id of ['Analyst', 'a b', 'a-']) expect(faultIn({ id })['id']?.code, id).toBe('malformed')
})

test('only fields of the form get errors', () => {
  const reason = { reason: 'no' }
  const input = { draft: 'd1', digest: 'not one', ...reason }
  expect(faultsIn(drafts.refuse, reason, input)).toEqual({ reason: { code: 'too_short', count: 3 } })
})

test('a quantity is a decimal number with a point', () => {
  const order = { partner: 'KR', category: 'petroleum', item: 'F-76', quantity: '20000', unit: 'LTR' }
  expect(faultsIn(logistics.checkOrder, order, order)).toEqual({})
  for (const quantity of ['1,5', '-1', '1.', '.5', '1e3', '1234567890123']) {
    const wrong = { ...order, quantity }
    expect(faultsIn(logistics.checkOrder, wrong, wrong)['quantity']?.code, quantity).toBe('malformed')
  }
})

test('a field is required where the contract needs it', () => {
  expect(isRequired(identity.grantClearance, 'reason')).toBe(true)
  expect(isRequired(identity.grantClearance, 'from')).toBe(false)
  expect(isRequired(drafts.create, 'derivedFrom')).toBe(false)
  expect(isRequired(identity.setFirstPassword, 'again')).toBe(false)
})

test('a refusal of the node is shown beside the field that it names', () => {
  const told = (place: string) => faultOf(refuse('invalid_input', [], place))
  expect(told('body.title')).toEqual({ field: 'title', fault: { code: 'refused', count: 0 } })
  expect(told('markings.0')?.field).toBe('markings')
  expect(told('until')?.fault.code).toBe('until')
  const repeats = faultOf(refuse('password_repeats', [], 'next'))
  expect(repeats).toEqual({ field: 'next', fault: { code: 'password_repeats', count: 0 } })
  expect(faultOf(refuse('content_broken'))).toBeNull()
})
