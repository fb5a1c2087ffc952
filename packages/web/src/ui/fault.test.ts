/** What is said beside a field: what it lacks, and what the node holds against it, by the field's own name. */
import { expect, test } from 'vitest'
import { identity } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import { faultIn, faultOf } from './fault.ts'

const field = { value: '', required: false, minLength: -1, pattern: '', isBroken: false }

test('a field is checked by what it says of itself, and blanks fill nothing in', () => {
  expect(faultIn(field)).toBeNull()
  expect(faultIn({ ...field, required: true, value: '  ' })?.code).toBe('missing')
  expect(faultIn({ ...field, minLength: 3, value: 'no' })).toEqual({ code: 'too_short', count: 3 })
  expect(faultIn({ ...field, minLength: 3 })).toBeNull()
  expect(faultIn({ ...field, isBroken: true })?.code).toBe('malformed')
  const pattern = '[a-z][a-z0-9]*(-[a-z0-9]+)*'
  expect(faultIn({ ...field, pattern, value: 'release-authority-2' })).toBeNull()
  for (const value of ['Analyst', 'a b', 'a-']) {
    expect(faultIn({ ...field, pattern, value })?.code, value).toBe('malformed')
    expect(identity.createPerson.input.shape.id.safeParse(value).success, value).toBe(false)
  }
})

test('a refusal of the node is laid beside the field that it names', () => {
  const told = (place: string) => faultOf(refuse('invalid_input', [], place))
  expect(told('body.title')).toEqual({ field: 'title', fault: { code: 'refused', count: 0 } })
  expect(told('markings.0')?.field).toBe('markings')
  expect(told('until')?.fault.code).toBe('until')
  const repeats = faultOf(refuse('password_repeats', [], 'next'))
  expect(repeats).toEqual({ field: 'next', fault: { code: 'password_repeats', count: 0 } })
  expect(faultOf(refuse('content_broken'))).toBeNull()
  expect(faultOf(null)).toBeNull()
})
