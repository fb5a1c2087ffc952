/** Which content is shown, and which never is. */
import { describe, expect, test } from 'vitest'
import type { DraftView } from '#api/exchange/shapes.ts'
import { refuse } from '#api/refusals.ts'
import { draftedContent } from './content.ts'
import { showAs } from './show.ts'

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

  test('[EXC-68] formats that can carry scripts are never shown', () => {
    for (const type of ['image/svg+xml', 'text/html', 'application/xhtml+xml', 'text/xml', '', 'x']) {
      expect(showAs(type), type).toBe('none')
    }
    expect(showAs('IMAGE/PNG; a=b')).toBe('image')
    expect(draftedContent(draft)?.show).toBe('none')
  })

  test('a draft that the reader may not read has no content and no URL', () => {
    const can = { ...draft.can, read: refuse('clearance_too_low') }
    expect(draftedContent({ ...draft, can })).toBeNull()
  })

  test('another upload has another URL', () => {
    const other = { ...draft, file: { ...draft.file!, digest: 'sha384:bb' } }
    expect(draftedContent(draft)?.url).not.toBe(draftedContent(other)?.url)
  })
})
