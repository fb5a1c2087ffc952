/** The filters of a list in the address. */
import { expect, test } from 'vitest'
import { listQuery } from './listQuery.ts'

test('known filters of the address are sent to the node, and nothing else', () => {
  const query = (text: string) => ({ get: (name: string) => new URLSearchParams(text).get(name) ?? '' })
  expect(listQuery(query('direction=sent&state=receipted&step=3'), ['state', 'partner'])).toEqual({
    direction: 'sent',
    state: 'receipted',
  })
  expect(listQuery(query('direction=sideways'), ['state'])).toEqual({})
})
