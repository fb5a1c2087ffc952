/** A report in the form, and what is sent to the node. */
import { describe, expect, test } from 'vitest'
import type { DraftView, ReleaseVerdict } from '#api/exchange/shapes.ts'
import { digestOf } from './digest.ts'
import {
  controlsIn,
  emptyReport,
  fieldsOf,
  isChanged,
  missingToSave,
  missingToSubmit,
  refusalsOfChoices,
  reportOf,
  routingOf,
  stillToChoose,
} from './report.ts'

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

  test('control numbers may be separated as in each of the three languages', () => {
    expect(controlsIn(' JP-KR-2026-000001、KR-JP-2026-000002，\nJP-KR-2026-000001 , ')).toEqual([
      'JP-KR-2026-000001',
      'KR-JP-2026-000002',
    ])
    expect(controlsIn('')).toEqual([])
  })

  test('a text is sent with the draft; a file is uploaded separately, and the content stays', () => {
    expect(fieldsOf(full)).toMatchObject({ title: 'A title', text: 'Text', derivedFrom: [] })
    expect(fieldsOf({ ...full, kind: 'file' })).not.toHaveProperty('text')
    expect(routingOf(full)).not.toHaveProperty('receiverMarking')
    expect(routingOf({ ...full, receiverMarking: '군사 Ⅱ급 비밀' })).toHaveProperty('receiverMarking')
  })

  test('a marking must be chosen only if the agreement leaves a choice', () => {
    const verdict = (receiverMarkings: string[]) => ({ receiverMarkings }) as unknown as ReleaseVerdict
    expect(stillToChoose(empty, undefined)).toEqual(['organisation', 'marking', 'category', 'purpose'])
    expect(stillToChoose(full, verdict(['군사 Ⅱ급 비밀']))).toEqual([])
    expect(stillToChoose(full, verdict(['極秘', '特定秘密']))).toEqual(['receiverMarking'])
  })

  test('missing fields are named in the order of the form, and only if they can be filled in', () => {
    const nobody = { ...empty, partner: '', title: '  ' }
    expect(missingToSave(nobody)).toEqual(['partner', 'title'])
    expect(missingToSubmit(nobody, stillToChoose(nobody, undefined))).toEqual(['partner', 'title'])
    expect(missingToSubmit(empty, ['marking', 'purpose'])).toEqual(['marking', 'purpose', 'title'])
    expect(missingToSave(full)).toEqual([])
    expect(missingToSubmit(full, [])).toEqual([])
  })

  test('a reason about an empty field is not shown as a refusal; a reason about a choice is', () => {
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

test('an editor starts with the values of the draft', () => {
  const draft = {
    title: 'T',
    text: null,
    file: { fileName: 'a.svg', mediaType: 'image/svg+xml', sizeBytes: 3, digest: 'sha384:aa' },
    stamps: { originator: 'JP', recipient: 'KR', marking: '秘', receiverMarking: '군사 Ⅲ급 비밀' },
    organisation: 'kr-mnd-dia',
    category: 'c',
    purpose: 'p',
    derivedFrom: ['KR-JP-2026-000002'],
  } as unknown as DraftView
  expect(reportOf(draft)).toMatchObject({
    partner: 'KR',
    marking: '秘',
    kind: 'file',
    derivedFrom: 'KR-JP-2026-000002',
  })
})

test('a digest is computed over the exact text in UTF-8', async () => {
  expect(await digestOf('')).toBe(
    'sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  )
  expect(await digestOf('極秘')).not.toBe(await digestOf('극비'))
})
