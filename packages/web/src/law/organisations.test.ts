/** Organisations in the terms of an instrument. */
import { expect, test } from 'vitest'
import { organisationsOf } from './organisations.ts'

test('organisations are parsed from the terms; malformed terms have none', () => {
  const known = { id: 'kr-mnd-dia', nation: 'KR', names: { en: 'DIA' } }
  expect(
    organisationsOf([
      { kind: 'authorities', value: { organisations: [known, { id: 3 }, null] } },
      { kind: 'authorities', value: null },
      { kind: 'purpose', value: { organisations: [known] } },
    ]),
  ).toEqual([known])
})
