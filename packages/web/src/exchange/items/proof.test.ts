/** The outcome of the proof of a custody step. */
import { describe, expect, test } from 'vitest'
import type { CustodyStep } from '#api/exchange/shapes.ts'
import { countBroken, proofState } from './proof.ts'

function step(
  checks: readonly (readonly [string, boolean])[] | null,
  more: Partial<CustodyStep> = {},
): CustodyStep {
  return {
    step: 'released',
    nation: 'JP',
    office: null,
    organisation: null,
    at: '2026-11-24T08:00:00Z',
    code: null,
    proof:
      checks === null
        ? null
        : {
            log: 'jp-kr',
            index: 4,
            checkpointSize: 9,
            cosigned: true,
            checks: checks.map(([check, held]) => ({ check, held })),
          },
    ...more,
  }
}

describe('proofs', () => {
  test.each([
    [
      'every check held',
      step([
        ['checkpoint_signed', true],
        ['included_in_log', true],
      ]),
      'held',
    ],
    [
      'the entry is newer than the checkpoint',
      step([
        ['checkpoint_signed', true],
        ['not_yet_covered', false],
      ]),
      'pending',
    ],
    [
      'a signature failed',
      step([
        ['checkpoint_signed', false],
        ['not_yet_covered', false],
      ]),
      'broken',
    ],
    [
      'the partner did not cosign',
      step([
        ['checkpoint_signed', true],
        ['cosigned_by_partner', false],
      ]),
      'broken',
    ],
    ['nothing was checked', step([]), 'pending'],
    ['a statement without a place in the log', step(null), 'pending'],
    ['an arrival, which the receiver records for itself', step(null, { step: 'received' }), 'own'],
    [
      'an arrival as the sender knows it, by a cosignature',
      step(
        [
          ['checkpoint_signed', true],
          ['cosigned_by_partner', true],
        ],
        { step: 'received', nation: 'KR' },
      ),
      'held',
    ],
    ['an attempt, which only this nation records', step(null, { step: 'attempted' }), 'own'],
    ['a check that this build does not know failed', step([['new_check', false]]), 'broken'],
  ] as const)('[EXC-70] %s', (_, given, expected) => {
    expect(proofState(given)).toBe(expected)
  })

  test('[EXC-70] several steps of one entry count as one broken proof', () => {
    const bad = step([['included_in_log', false]])
    expect(countBroken([bad, { ...bad, step: 'approved' }])).toBe(1)
    expect(countBroken([bad, { ...bad, proof: { ...bad.proof!, index: 5 } }])).toBe(2)
    expect(countBroken([step([['included_in_log', true]]), step(null)])).toBe(0)
  })
})
