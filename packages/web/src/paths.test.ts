/** Every address of the console, as a reader and a colleague who was sent it will see it. */
import { expect, test } from 'vitest'
import { paths, patterns } from './paths.ts'

test('the addresses of the console', () => {
  expect([
    paths.desk(),
    paths.compose(),
    paths.compose({ partner: 'KR', derivedFrom: 'KR-2026-0007' }),
    paths.draft('d 1/2'),
    paths.items(),
    paths.items({ direction: 'received', partner: 'JP', search: '미사일' }),
    paths.item('i1'),
    paths.register({ partner: 'KR' }),
    paths.reconciliation(),
    paths.assurances(),
    paths.links(),
    paths.link('KR', { direction: 'theirs' }),
    paths.agreements({ on: '2019-08-24' }),
    paths.agreement('jp-kr-gsomia-2016', { at: '7.5' }),
    paths.people(),
    paths.person('release-authority-1'),
    paths.orders({ partner: 'KR' }),
    paths.decision('d1'),
    paths.as('officer', paths.item('i1')),
    paths.as('supply-officer', paths.orders({ partner: 'KR' })),
  ]).toMatchInlineSnapshot(`
    [
      "/",
      "/compose",
      "/compose?partner=KR&derivedFrom=KR-2026-0007",
      "/drafts/d%201%2F2",
      "/items",
      "/items?direction=received&partner=JP&search=%EB%AF%B8%EC%82%AC%EC%9D%BC",
      "/items/i1",
      "/register?partner=KR",
      "/register/reconciliation",
      "/register/assurances",
      "/links",
      "/links/KR?direction=theirs",
      "/agreements?on=2019-08-24",
      "/agreements/jp-kr-gsomia-2016?at=7.5",
      "/people",
      "/people/release-authority-1",
      "/orders?partner=KR",
      "/decisions/d1",
      "/items/i1?as=officer",
      "/orders?partner=KR&as=supply-officer",
    ]
  `)
})

test('every pattern is reached by an address that its function builds', () => {
  const built = [
    paths.desk(),
    paths.compose(),
    paths.draft('x'),
    paths.items(),
    paths.item('x'),
    paths.register(),
    paths.reconciliation(),
    paths.assurances(),
    paths.links(),
    paths.link('x'),
    paths.agreements(),
    paths.agreement('x'),
    paths.people(),
    paths.person('x'),
    paths.orders(),
    paths.decision('x'),
  ]
  const expected = Object.values(patterns).map((pattern) => pattern.replace(/\$\w+/, 'x'))
  expect([...built].sort()).toEqual([...expected].sort())
})
