/**
 * Content as the viewer takes it, whether of an item that was opened or of a draft that is read before
 * signing.
 */
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import type { DraftView, ItemView } from '#api/exchange/shapes.ts'
import type { ReplyOf } from '#api/route.ts'
import { bytesAddress } from '../../core/client.ts'
import { showAs } from './show.ts'
import type { Show } from './show.ts'

export interface Content {
  readonly title: string
  readonly fileName: string | null
  readonly mediaType: string
  readonly sizeBytes: number
  readonly show: Show
  /** Given with the reply when it is short text. */
  readonly text: string | null
  /** Where the bytes are read. */
  readonly url: string
}

/** What every way of showing content is given. */
export interface ViewProps {
  readonly content: Content
  readonly control: string
  /** Called when the content has been shown to the reader. */
  readonly onShown: () => void
}

/** The content of an item after an opening that the gate permitted. */
export function openedContent(item: ItemView, opened: ReplyOf<typeof items.open>): Content {
  const { opening, ...about } = opened
  return { ...about, url: bytesAddress(items.readContent, { item: item.id, opening }) }
}

/** The content of a draft; null while the caller may not read it. */
export function draftedContent(draft: DraftView): Content | null {
  if (draft.can.read !== true) return null
  const title = draft.title ?? ''
  // Another upload has another digest and so another address; the old file is never shown for it.
  const url = `${bytesAddress(drafts.readContent, { draft: draft.id })}?of=${draft.file?.digest ?? ''}`
  if (draft.file === null) {
    const text = draft.text
    return { title, fileName: null, mediaType: 'text/plain', sizeBytes: 0, show: 'text', text, url }
  }
  const { fileName, mediaType, sizeBytes } = draft.file
  return { title, fileName, mediaType, sizeBytes, show: showAs(mediaType), text: null, url }
}
