/** The terms of agreements on information, read from an instrument. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { equivalenceIn } from './terms.tsx'

test('equivalent markings are read as the instrument writes them; malformed ones are empty', () => {
  const file = new URL('../../../../instruments/jp-kr-gsomia-2016/terms.json', import.meta.url)
  const { terms } = JSON.parse(readFileSync(file, 'utf8')) as { terms: { kind: string; rows?: unknown }[] }
  const rows = terms.filter(({ kind }) => kind === 'equivalence').flatMap(equivalenceIn)
  expect(rows).toContainEqual({
    from: 'KR',
    marking: '군사 Ⅱ급 비밀',
    to: 'JP',
    markings: ['極秘', '特定秘密'],
  })
  expect(equivalenceIn({ rows: [null, { from: 3, markings: ['a', 4] }] })).toEqual([
    { from: '', marking: '', to: '', markings: ['a'] },
  ])
  expect(equivalenceIn({})).toEqual([])
})
