/** A report as the form holds it, and what of it goes to the node. */
import { describe, expect, test } from 'vitest'
import type { DraftView } from '#api/exchange/shapes.ts'
import type { Verdict } from '#api/shapes.ts'
import { digestOf } from './digest.ts'
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

test('a draft is edited as it stands', () => {
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
