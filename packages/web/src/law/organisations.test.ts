/** Organisations as the terms of an instrument name them. */
import { expect, test } from 'vitest'
import { organisationsIn } from './organisations.ts'

test('organisations are read from the terms, and terms of another shape name none', () => {
  const known = { id: 'kr-mnd-dia', nation: 'KR', names: { en: 'DIA' } }
  expect(
    organisationsIn([
      { kind: 'authorities', value: { organisations: [known, { id: 3 }, null] } },
      { kind: 'authorities', value: null },
      { kind: 'purpose', value: { organisations: [known] } },
    ]),
  ).toEqual([known])
})
