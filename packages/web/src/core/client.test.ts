/** URLs of routes that reply with bytes, with the real contracts. */
import { expect, test } from 'vitest'
import { consoleApi } from '#api/console.ts'
import { items } from '#api/exchange/items.ts'
import { bytesAddress } from './client.ts'

test('a route that replies with bytes has a URL for a link', () => {
  expect(bytesAddress(items.readContent, { item: 'i1', opening: 'o1' })).toBe(
    '/api/items/i1/content?opening=o1',
  )
  expect(bytesAddress(consoleApi.stream, {})).toBe('/api/stream')
})
