/** The filters of a list as the address holds them. */
import { expect, test } from 'vitest'
import { listQuery } from './listQuery.ts'

test('filters of the address go to the node, and nothing that it would not know', () => {
  const query = (text: string) => ({ get: (name: string) => new URLSearchParams(text).get(name) ?? '' })
  expect(listQuery(query('direction=sent&state=receipted&step=3'), ['state', 'partner'])).toEqual({
    direction: 'sent',
    state: 'receipted',
  })
  expect(listQuery(query('direction=sideways'), ['state'])).toEqual({})
})
