/** Content for the viewer: of an opened item, or of a draft that is read before signing. */
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
  /** Part of the reply if it is short text. */
  readonly text: string | null
  /** The URL of the bytes. */
  readonly url: string
}

/** The props of every view of content. */
export interface ViewProps {
  readonly content: Content
  readonly control: string
  /** Called once the content is on the screen. */
  readonly onShown: () => void
}

/** The content of an item after the gate permitted the opening. */
export function openedContent(item: ItemView, opened: ReplyOf<typeof items.open>): Content {
  const { opening, ...about } = opened
  return { ...about, url: bytesAddress(items.readContent, { item: item.id, opening }) }
}

/** The content of a draft; null if the reader may not read it. */
export function draftedContent(draft: DraftView): Content | null {
  if (draft.can.read !== true) return null
  const title = draft.title ?? ''
  // Another upload has another digest and so another URL; the cached old file is never shown for it.
  const url = `${bytesAddress(drafts.readContent, { draft: draft.id })}?of=${draft.file?.digest ?? ''}`
  if (draft.file === null) {
    const text = draft.text
    return { title, fileName: null, mediaType: 'text/plain', sizeBytes: 0, show: 'text', text, url }
  }
  const { fileName, mediaType, sizeBytes } = draft.file
  return { title, fileName, mediaType, sizeBytes, show: showAs(mediaType), text: null, url }
}
