/** Opening an item, reading what was opened, and the evidence of its life. */
import { items } from '#api/exchange/items.ts'
import { isRefusal } from '#api/refusals.ts'
import { bind } from '#node/kernel/bind.ts'
import type { Binding } from '#node/kernel/bind.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { Services } from '#node/services.ts'
import { inertResponse, partialResponse } from '#node/kernel/bytes.ts'
import type { ByteRange } from '#node/kernel/range.ts'
import { replaceInvisible, showAs } from '../content/show.ts'
import { exportEvidence } from './evidence.commands.ts'
import type { Item } from './item.ts'
import { readItem } from './item.store.ts'
import { askToRead, openItem, rememberContent } from './open.commands.ts'
import { openSeal, readRange, readWhole } from './opened.ts'
import type { OpenedItem } from './opened.ts'

/** Text that is shown at once; longer text is read as a file. */
const TEXT_SIZE_BYTES_MAX = 512 * 1024

export function openingRoutes(services: Services): Binding[] {
  const { acts } = services
  return [
    bind(items.open, async ({ item: id, purpose }, { session }) => {
      const opening = await acts.run((act) => openItem(act, services, session, id, purpose))
      if (isRefusal(opening)) return opening
      const opened = await openedItem(services, (await services.views.run(({ tx }) => readItem(tx, id)))!)
      const { metadata, table } = opened.manifest
      const show = showAs(metadata.mediaType)
      const isShort = show === 'text' && table.contentSizeBytes <= TEXT_SIZE_BYTES_MAX
      return {
        opening,
        title: replaceInvisible(metadata.title),
        fileName: metadata.fileName === null ? null : replaceInvisible(metadata.fileName),
        mediaType: metadata.mediaType,
        sizeBytes: table.contentSizeBytes,
        show,
        text: isShort ? await textOf(wholeOf(services, opened)) : null,
      }
    }),
    bind(items.readContent, async ({ item: id, opening }, { session, request }) => {
      const item = await acts.run((act) => askToRead(act, services, session, id, opening))
      if (isRefusal(item)) return item
      const opened = await openedItem(services, item)
      const { metadata, table } = opened.manifest
      const parts = {
        whole: () => wholeOf(services, opened),
        part: (range: ByteRange) => rangeOf(services, opened, range),
      }
      return partialResponse(request, parts, {
        sizeBytes: table.contentSizeBytes,
        fileName: replaceInvisible(metadata.fileName ?? 'report.txt'),
        tag: item.payloadDigest,
      })
    }),
    bind(items.exportEvidence, async ({ item, opening }, { session }) => {
      const options = { includeOpening: opening === 'included' }
      const file = await acts.run((act) => exportEvidence(act, services, session, item, options))
      if (isRefusal(file)) return file
      const bytes = Buffer.from(file.text)
      return inertResponse([bytes], { sizeBytes: bytes.length, fileName: file.fileName })
    }),
  ]
}

async function openedItem({ keys, views }: Services, item: Item): Promise<OpenedItem> {
  const blob = await views.run(({ tx }) => findBlob(tx, item.payloadDigest))
  if (blob === null) throw new Error(`INVARIANT: the content of ${item.control} is here`)
  return { item, manifest: openSeal(keys, item), blob }
}

function wholeOf({ acts, keys, blobs }: Services, opened: OpenedItem): AsyncIterable<Uint8Array> {
  return readWhole(keys, blobs, opened, (plainDigest) =>
    acts.run((act) => rememberContent(act, opened.item.id, plainDigest)),
  )
}

/** A range is given when the whole has once been held against what was signed; the first to ask waits for that. */
async function* rangeOf(services: Services, opened: OpenedItem, range: ByteRange): AsyncIterable<Uint8Array> {
  if (opened.item.plainDigest === null) {
    for await (const chunk of wholeOf(services, opened)) void chunk
  }
  yield* readRange(services.blobs, opened, range)
}

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
