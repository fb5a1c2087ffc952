/** The routes that open an item, read its content, and export its evidence. */
import { items } from '#api/exchange/items.ts'
import { isRefusal } from '#api/refusals.ts'
import { bind } from '#node/kernel/bind.ts'
import type { Binding } from '#node/kernel/bind.ts'
import type { Services } from '#node/services.ts'
import { collect, inertResponse, partialResponse } from '#node/kernel/bytes.ts'
import type { ByteRange } from '#node/kernel/range.ts'
import { replaceInvisible, showAs } from '../content/show.ts'
import { exportEvidence } from './evidence.commands.ts'
import { readItem } from './item.store.ts'
import { askToRead, openItem } from './open.commands.ts'
import { openedItem, partOf, wholeOf } from './read.commands.ts'

/** Longer text is not in the reply; the page reads it as a file. */
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
        text: isShort ? (await collect(wholeOf(services, opened))).toString('utf8') : null,
      }
    }),
    bind(items.readContent, async ({ item: id, opening }, { session, request }) => {
      const item = await acts.run((act) => askToRead(act, services, session, id, opening))
      if (isRefusal(item)) return item
      const opened = await openedItem(services, item)
      const { metadata, table } = opened.manifest
      const parts = {
        whole: () => wholeOf(services, opened),
        part: (range: ByteRange) => partOf(services, opened, range),
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
