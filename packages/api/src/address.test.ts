/** Addresses of calls, with the real contracts. */
import { expect, test } from 'vitest'
import { agreements } from './agreements.ts'
import { drafts } from './exchange/drafts.ts'
import { items } from './exchange/items.ts'
import { ROUTES } from './pillars.ts'
import { addressOf } from './address.ts'

test('a path field is put into the path, escaped, and nowhere else', () => {
  expect(addressOf(drafts.refuse, { draft: 'a/b ü', digest: 'd', reason: 'why' })).toEqual({
    url: '/api/drafts/a%2Fb%20%C3%BC/refuse',
    body: { digest: 'd', reason: 'why' },
  })
})

test('a GET puts the other fields into its query and omits unset ones', () => {
  const address = addressOf(items.list, {
    direction: 'sent',
    state: undefined,
    search: '',
    limit: 50,
  })
  expect(address).toEqual({ url: '/api/items?direction=sent&limit=50', body: {} })
})

test('an upload puts its fields into the query, because the body is the file', () => {
  const input = { draft: 'd1', fileName: '보고 & 1.pdf', mediaType: 'application/pdf' }
  const { url } = addressOf(drafts.uploadContent, input)
  expect(url.startsWith('/api/drafts/d1/content?')).toBe(true)
  expect(Object.fromEntries(new URL(url, 'https://node').searchParams)).toEqual({
    fileName: '보고 & 1.pdf',
    mediaType: 'application/pdf',
  })
})

test('a missing path field throws an error that names it', () => {
  expect(() => addressOf(agreements.get, {})).toThrow('agreements.get needs the field "instrument".')
})

test('no contract has an unfilled name left in its path', () => {
  for (const route of ROUTES) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    const { url } = addressOf(route, Object.fromEntries(names.map((name) => [name, 'x'])))
    expect(url).not.toContain(':')
  }
})
