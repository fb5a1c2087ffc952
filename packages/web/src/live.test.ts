/** Which cached replies a hint makes stale. */
import { expect, test } from 'vitest'
import { parseHint } from './live.ts'
import { isConcerned } from './queries.ts'

const hint = { slice: 'items', id: 'i1' }

test.each([
  ['exchange.items.get', { item: 'i1' }, true],
  ['exchange.items.get', { item: 'i2' }, false],
  ['exchange.items.list', {}, true],
  ['identity.listPeople', {}, false],
  ['console.desk', {}, true],
  ['console.shell', {}, true],
  ['links.get', { partner: 'KR' }, false],
])('%s %o: %s', (name, input, expected) => {
  expect(isConcerned([name, input], hint)).toBe(expected)
})

test('a hint without an id concerns every reply of its slice', () => {
  expect(isConcerned(['exchange.items.get', { item: 'i2' }], { slice: 'items', id: null })).toBe(true)
})

test('only a hint is read as one', () => {
  expect(parseHint('{"slice":"items","id":"i1"}')).toEqual(hint)
  expect(parseHint('{"slice":"exchange"}')).toEqual({ slice: 'exchange', id: null })
  for (const text of ['', 'null', '[]', '{"id":"i1"}', '{"slice":1}', '{']) expect(parseHint(text)).toBeNull()
})
