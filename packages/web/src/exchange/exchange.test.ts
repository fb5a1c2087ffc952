/** The pure parts of the exchange pages: proofs, reports, filters, what is shown and what never is. */
import { describe, expect, test } from 'vitest'
import type { CustodyStep, DraftView } from '#api/exchange/shapes.ts'
import { refuse } from '#api/refusals.ts'
import type { Verdict } from '#api/shapes.ts'
import { fileNameIn, readBytes } from './bytes.ts'
import { draftedContent } from './content.ts'
import { digestOf } from './digest.ts'
import { listQuery } from './listQuery.ts'
import { organisationsIn } from './organisations.ts'
import { countBroken, proofState } from './proof.ts'
import {
  controlsIn,
  emptyReport,
  fieldsOf,
  isChanged,
  lackedToSave,
  lackedToSubmit,
  refusalsOfChoices,
  reportOf,
  routingOf,
  stillToChoose,
} from './report.ts'
import { showAs } from './show.ts'
import { codesOf } from './words.ts'

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

  test('[EXC-70] several steps of one entry are one broken proof', () => {
    const bad = step([['included_in_log', false]])
    expect(countBroken([bad, { ...bad, step: 'approved' }])).toBe(1)
    expect(countBroken([bad, { ...bad, proof: { ...bad.proof!, index: 5 } }])).toBe(2)
    expect(countBroken([step([['included_in_log', true]]), step(null)])).toBe(0)
  })
})

describe('a report', () => {
  const empty = emptyReport({ partner: 'KR', derivedFrom: '' })
  const full = {
    ...empty,
    organisation: 'kr-mnd-dia',
    marking: '極秘',
    category: 'missile_launch',
    purpose: 'exercise',
    title: ' A title ',
    text: 'Text',
  }

  test('control numbers are read as people of three languages list them', () => {
    expect(controlsIn(' JP-KR-2026-000001、KR-JP-2026-000002，\nJP-KR-2026-000001 , ')).toEqual([
      'JP-KR-2026-000001',
      'KR-JP-2026-000002',
    ])
    expect(controlsIn('')).toEqual([])
  })

  test('a text goes with the draft, a file goes by itself and leaves the content as it is', () => {
    expect(fieldsOf(full)).toMatchObject({ title: 'A title', text: 'Text', derivedFrom: [] })
    expect(fieldsOf({ ...full, kind: 'file' })).not.toHaveProperty('text')
    expect(routingOf(full)).not.toHaveProperty('receiverMarking')
    expect(routingOf({ ...full, receiverMarking: '군사 Ⅱ급 비밀' })).toHaveProperty('receiverMarking')
  })

  test('a choice of marking is asked for only where the agreement leaves one', () => {
    const verdict = (receiverMarkings: string[]) => ({ receiverMarkings }) as unknown as Verdict
    expect(stillToChoose(empty, undefined)).toEqual(['organisation', 'marking', 'category', 'purpose'])
    expect(stillToChoose(full, verdict(['군사 Ⅱ급 비밀']))).toEqual([])
    expect(stillToChoose(full, verdict(['極秘', '特定秘密']))).toEqual(['receiverMarking'])
  })

  test('what is lacking is named in the order of the form, and only what can be filled in', () => {
    const nobody = { ...empty, partner: '', title: '  ' }
    expect(lackedToSave(nobody)).toEqual(['partner', 'title'])
    expect(lackedToSubmit(nobody, stillToChoose(nobody, undefined))).toEqual(['partner', 'title'])
    expect(lackedToSubmit(empty, ['marking', 'purpose'])).toEqual(['marking', 'purpose', 'title'])
    expect(lackedToSave(full)).toEqual([])
    expect(lackedToSubmit(full, [])).toEqual([])
  })

  test('what only speaks of an empty field is not shown as a refusal, what speaks of a choice is', () => {
    const reasons = (
      ['recipient_not_competent', 'category_not_permitted', 'third_party_release'] as const
    ).map((code) => ({ code, because: [] }))
    expect(refusalsOfChoices(reasons, ['organisation']).map((reason) => reason.code)).toEqual([
      'category_not_permitted',
      'third_party_release',
    ])
    expect(refusalsOfChoices(reasons, [])).toHaveLength(3)
  })

  test('a chosen file and any changed field count as unsaved', () => {
    expect(isChanged(full, full)).toBe(false)
    expect(isChanged({ ...full, title: 'B' }, full)).toBe(true)
    expect(isChanged({ ...full, file: new File(['x'], 'x.txt') }, full)).toBe(true)
  })
})

describe('content of a draft', () => {
  const draft = {
    id: 'd1',
    title: 'T',
    text: null,
    file: { fileName: 'a.svg', mediaType: 'image/svg+xml', sizeBytes: 3, digest: 'sha384:aa' },
    stamps: { originator: 'JP', recipient: 'KR', marking: '秘', receiverMarking: '군사 Ⅲ급 비밀' },
    organisation: 'kr-mnd-dia',
    category: 'c',
    purpose: 'p',
    derivedFrom: ['KR-JP-2026-000002'],
    can: { read: true },
  } as unknown as DraftView

  test('[EXC-68] what can carry programs is never shown', () => {
    for (const type of ['image/svg+xml', 'text/html', 'application/xhtml+xml', 'text/xml', '', 'x']) {
      expect(showAs(type), type).toBe('none')
    }
    expect(showAs('IMAGE/PNG; a=b')).toBe('image')
    expect(draftedContent(draft)?.show).toBe('none')
  })

  test('a draft that may not be read gives no content and no address', () => {
    const can = { ...draft.can, read: refuse('clearance_too_low') }
    expect(draftedContent({ ...draft, can })).toBeNull()
  })

  test('another upload is read from another address', () => {
    const other = { ...draft, file: { ...draft.file!, digest: 'sha384:bb' } }
    expect(draftedContent(draft)?.url).not.toBe(draftedContent(other)?.url)
  })

  test('a draft is edited as it stands', () => {
    expect(reportOf(draft)).toMatchObject({
      partner: 'KR',
      marking: '秘',
      kind: 'file',
      derivedFrom: 'KR-JP-2026-000002',
    })
  })
})

test('a digest is computed over the exact text in UTF-8', async () => {
  expect(await digestOf('')).toBe(
    'sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  )
  expect(await digestOf('極秘')).not.toBe(await digestOf('극비'))
})

test('a refused reading is a refusal, and a stream that breaks off is no content', async () => {
  const answered = async (response: Response | Error) => {
    const before = globalThis.fetch
    globalThis.fetch = () =>
      response instanceof Error ? Promise.reject(response) : Promise.resolve(response)
    try {
      return await readBytes('/api/x')
    } finally {
      globalThis.fetch = before
    }
  }
  const refusal = { refused: true, reasons: [{ code: 'session_expired', because: [] }] }
  expect(await answered(Response.json(refusal, { status: 401 }))).toEqual(refusal)
  expect(await answered(new TypeError('offline'))).toMatchObject({ reasons: [{ code: 'unavailable' }] })
  const broken = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new Uint8Array(8))
      controller.error(new Error('cut'))
    },
  })
  expect(await answered(new Response(broken))).toMatchObject({ reasons: [{ code: 'content_broken' }] })
  const whole = await answered(
    new Response('abc', { headers: { 'content-disposition': "attachment; filename*=UTF-8''%EA%B0%80.txt" } }),
  )
  expect(whole).toMatchObject({ fileName: '가.txt' })
})

test('a file name that is not well formed is none', () => {
  expect(fileNameIn("attachment; filename*=UTF-8''%E0%A4%A")).toBe('')
  expect(fileNameIn('inline')).toBe('')
})

test('filters of the address go to the node, and nothing that it would not know', () => {
  const query = (text: string) => ({ get: (name: string) => new URLSearchParams(text).get(name) ?? '' })
  expect(listQuery(query('direction=sent&state=opened&step=3'), ['state', 'partner'])).toEqual({
    direction: 'sent',
    state: 'opened',
  })
  expect(listQuery(query('direction=sideways'), ['state'])).toEqual({})
})

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

test('every state of an item and every custody step has its word', () => {
  expect(codesOf('state').toSorted()).toEqual([
    'accepted',
    'arriving',
    'offered',
    'opened',
    'refused',
    'withdrawn',
  ])
  expect(codesOf('step')).toHaveLength(10)
})
