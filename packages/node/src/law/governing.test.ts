/** Which instrument governs: a cached result of yesterday is not returned today. */
import { expect, test } from 'vitest'
import { INSTRUMENTS } from '#node/testFacts.ts'
import { governing, instrumentNamed } from './governing.ts'

const law = { version: 'test', instruments: INSTRUMENTS }

/** Midnight in Seoul and Tokyo, as the day of the entry into force began. */
const ENTRY = Date.parse('2016-11-22T15:00:00Z')

const stateAt = (now: number) => instrumentNamed(law, 'jp-kr-gsomia-2016', now)?.status.state
const governedAt = (now: number) => governing(law, 'JP', 'KR', 'information', now)?.status.state

test('the status changes with the day in the instrument’s time zone, whatever is cached', () => {
  for (const now of [ENTRY - 1, ENTRY, ENTRY - 1, ENTRY + 86_400_000, ENTRY - 86_400_000]) {
    const state = now < ENTRY ? 'not_concluded' : 'in_force'
    expect([now, stateAt(now), governedAt(now)]).toEqual([now, state, state])
  }
})

test('different pairs and subjects are cached apart', () => {
  const now = ENTRY + 86_400_000
  const results = () => [
    governing(law, 'JP', 'KR', 'information', now)?.instrument.id,
    governing(law, 'JP', 'KR', 'logistics', now)?.instrument.id,
    governing(law, 'JP', 'US', 'information', now)?.instrument.id,
    instrumentNamed(law, 'nowhere', now),
  ]
  const first = results()
  expect(first[0]).toBe('jp-kr-gsomia-2016')
  expect(new Set(first).size).toBe(4)
  expect(results()).toEqual(first)
})
