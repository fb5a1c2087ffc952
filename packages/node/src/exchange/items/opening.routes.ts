/** Opening an item and reading what was opened. */
import { items } from '#api/exchange/items.ts'
import { isRefusal } from '#api/refusals.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import { inertResponse, partialResponse } from '../content/bytes.ts'
import { exportEvidence } from './evidence.commands.ts'
import { readContent, readContentRange, openItem, readOpening, rememberContent } from './open.commands.ts'
import type { OpenedItem } from './open.commands.ts'
import type { ByteRange } from '../content/range.ts'
import { showAs, visible } from '../content/show.ts'
import type { ExchangeServices } from '../services.ts'

/** Text that is shown at once; longer text is read as a file. */
const TEXT_SIZE_BYTES_MAX = 512 * 1024

export function openingRoutes(services: ExchangeServices): Binding[] {
  const { acts } = services
  return [
    bind(items.open, async ({ item, purpose }, { session }) => {
      const opened = await acts.run((act) => openItem(act, services, session, item, purpose))
      if (isRefusal(opened)) return opened
      const { metadata, table } = opened.manifest
      const show = showAs(metadata.mediaType)
      const text =
        show === 'text' && table.contentSizeBytes <= TEXT_SIZE_BYTES_MAX
          ? await textOf(services, opened)
          : null
      return {
        opening: opened.opening,
        title: visible(metadata.title),
        fileName: metadata.fileName === null ? null : visible(metadata.fileName),
        mediaType: metadata.mediaType,
        sizeBytes: table.contentSizeBytes,
        show,
        text,
      }
    }),
    bind(items.readContent, async ({ item, opening }, { session, request }) => {
      const opened = await acts.run((act) => readOpening(act, services, session, item, opening))
      if (isRefusal(opened)) return opened
      const { metadata, table } = opened.manifest
      const parts = {
        whole: () => checked(services, opened),
        part: (range: ByteRange) => checkedRange(services, opened, range),
      }
      return partialResponse(request, parts, {
        sizeBytes: table.contentSizeBytes,
        fileName: visible(metadata.fileName ?? 'report.txt'),
        tag: opened.item.payload_digest,
      })
    }),
    bind(items.exportEvidence, async ({ item, opening }, { session }) => {
      const options = { includeOpening: opening === 'included' }
      const file = await acts.run((act) => exportEvidence(act, services, session, item, options))
      if (isRefusal(file)) return file
      const bytes = Buffer.from(file.text)
      return inertResponse(once(bytes), { sizeBytes: bytes.length, fileName: file.fileName })
    }),
  ]
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** Streams the content; a whole that is not what was signed ends in an error, not in a shorter file. */
function checked(services: ExchangeServices, opened: OpenedItem): AsyncIterable<Uint8Array> {
  return readContent(services, opened, async ({ commitmentHeld, plainDigest }) => {
    if (!commitmentHeld) throw new Error('the content is not what the release authorities signed')
    await services.acts.run((act) => rememberContent(act, opened.item.id, plainDigest))
  })
}

/** A range is given when the whole has once been held against what was signed; the first to ask waits for that. */
async function* checkedRange(
  services: ExchangeServices,
  opened: OpenedItem,
  range: ByteRange,
): AsyncIterable<Uint8Array> {
  if (opened.item.plain_digest === null) {
    for await (const chunk of checked(services, opened)) void chunk
  }
  yield* readContentRange(services, opened, range)
}

async function textOf(services: ExchangeServices, opened: OpenedItem): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of checked(services, opened)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
