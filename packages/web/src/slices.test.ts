/** The slices together: addresses, the menu, detail pages, and the replies that a hint makes stale. */
import { describe, expect, test } from 'vitest'
import { pages } from '#words/pillars.ts'
import { signingInAs } from './core/paths.ts'
import { mayBeStale } from './core/queries.ts'
import { paths as agreementPaths } from './agreements/slice.ts'
import { paths as exchangePaths } from './exchange/slice.ts'
import { paths as identityPaths } from './identity/slice.ts'
import { paths as linkPaths } from './links/slice.ts'
import { NAVIGATION, SLICES, TERMS, detailPageOf, pathOfMatter, startsOf } from './slices.ts'
import type { PageName } from './slice.ts'

describe('addresses', () => {
  test('are listed by the slices, each address once', () => {
    const patterns = SLICES.flatMap(({ pages: found }) => found ?? []).map(({ pattern }) => pattern)
    expect(patterns.toSorted()).toEqual([
      '/',
      '/agreements',
      '/agreements/$instrument',
      '/compose',
      '/decisions/$decision',
      '/drafts/$draft',
      '/items',
      '/items/$item',
      '/links',
      '/links/$partner',
      '/orders',
      '/people',
      '/people/$person',
      '/register',
      '/register/assurances',
      '/register/reconciliation',
    ])
  })

  test('are readable', () => {
    expect([
      exchangePaths.compose(),
      exchangePaths.compose({ partner: 'KR', derivedFrom: 'KR-2026-0007' }),
      exchangePaths.draft('d 1/2'),
      exchangePaths.items({ direction: 'received', partner: 'JP', search: '미사일' }),
      exchangePaths.register({ partner: undefined, search: '' }),
      linkPaths.link('KR', { direction: 'theirs' }),
      agreementPaths.agreements({ on: '2019-08-24' }),
      agreementPaths.agreement('jp-kr-gsomia-2016', { at: '7.5' }),
      identityPaths.person('release-authority-1'),
      signingInAs('officer', exchangePaths.item('i1')),
      signingInAs('analyst', exchangePaths.compose({ partner: 'KR' })),
    ]).toEqual([
      '/compose',
      '/compose?partner=KR&derivedFrom=KR-2026-0007',
      '/drafts/d%201%2F2',
      '/items?direction=received&partner=JP&search=%EB%AF%B8%EC%82%AC%EC%9D%BC',
      '/register',
      '/links/KR?direction=theirs',
      '/agreements?on=2019-08-24',
      '/agreements/jp-kr-gsomia-2016?at=7.5',
      '/people/release-authority-1',
      '/items/i1?as=officer',
      '/compose?partner=KR&as=analyst',
    ])
  })
})

describe('slices', () => {
  test('are in the menu in the order of the work', () => {
    expect(NAVIGATION.map(({ label: [english] }) => english)).toEqual([
      'Desk',
      'Compose',
      'Items',
      'Register',
      'Links',
      'Agreements',
      'Orders',
      'People',
    ])
    expect(NAVIGATION.filter(({ onPhone }) => onPhone)).toHaveLength(4)
  })

  test('have a page for every page name of the node', () => {
    for (const name of Object.keys(pages) as PageName[]) expect(detailPageOf(name), name).not.toBeNull()
    expect(pathOfMatter('exchange.offered', 'i1')).toBe('/items/i1')
    expect(pathOfMatter('register.stated', 'i1')).toBeNull()
  })

  test('show the value of every term that has one', () => {
    const instruments = import.meta.glob<{ terms: Readonly<Record<string, unknown>>[] }>(
      '../../../instruments/*/terms.json',
      { eager: true, import: 'default' },
    )
    const all = Object.values(instruments).flatMap(({ terms }) => terms)
    expect(all.length).toBeGreaterThan(50)
    const common = ['id', 'articles', 'kind', 'note', 'illustrative']
    const withValue = all.filter((term) => Object.keys(term).some((name) => !common.includes(name)))
    for (const kind of new Set(withValue.map((term) => String(term['kind']))))
      expect(TERMS[kind], kind).toBeDefined()
  })

  test('show a task only to people who may start it', () => {
    expect(startsOf(['analyst']).map(({ to }) => to)).toEqual(['/compose'])
    expect(startsOf(['registrar'])).toEqual([])
  })
})

describe('a hint', () => {
  test.each([
    ['exchange.items.get', { item: 'i1' }, true],
    ['exchange.items.get', { item: 'i2' }, false],
    ['exchange.items.list', {}, true],
    ['identity.listPeople', {}, false],
    ['console.desk', {}, true],
    ['console.shell', {}, true],
    ['links.get', { partner: 'KR' }, false],
  ])('about an item makes %s %o stale: %s', (name, input, expected) => {
    expect(mayBeStale([name, input], { routes: 'exchange', id: 'i1' })).toBe(expected)
  })

  test('without an id makes every reply of its routes stale', () => {
    const hint = { routes: 'exchange', id: null }
    expect(mayBeStale(['exchange.items.get', { item: 'i2' }], hint)).toBe(true)
    expect(mayBeStale(['links.get', { partner: 'KR' }], hint)).toBe(false)
  })

  test('without routes makes every reply stale', () => {
    const hint = { routes: null, id: null }
    expect(mayBeStale(['exchange.drafts.get', { draft: 'd1' }], hint)).toBe(true)
    expect(mayBeStale(['agreements.get', { instrument: 'a1' }], hint)).toBe(true)
  })
})
