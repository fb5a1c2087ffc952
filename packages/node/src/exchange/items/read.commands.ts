/** Reading what was opened: where its bytes are, and remembering which content it was. */
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { ByteRange } from '#node/kernel/range.ts'
import type { Services } from '#node/services.ts'
import type { Item } from './item.ts'
import { rememberContent } from './open.commands.ts'
import { openSeal, readRange, readWhole } from './opened.ts'
import type { OpenedItem } from './opened.ts'

/** An item that may be read, with its seal opened and its content found. @throws SealError */
export async function openedItem({ keys, views }: Services, item: Item): Promise<OpenedItem> {
  const blob = await views.run(({ tx }) => findBlob(tx, item.payloadDigest))
  if (blob === null) throw new Error(`INVARIANT: the content of ${item.control} is here`)
  return { item, manifest: openSeal(keys, item), blob }
}

/** Streams the whole content; at its end it is known again. @throws SealError, BlobError, and as `readWhole` does */
export function wholeOf({ acts, keys, blobs }: Services, opened: OpenedItem): AsyncIterable<Uint8Array> {
  return readWhole(keys, blobs, opened, (plainDigest) =>
    acts.run((act) => rememberContent(act, opened.item.id, plainDigest)),
  )
}

/** Streams a range. It is given when the whole has once been held against what was signed; the first to ask waits for that. */
export async function* rangeOf(
  services: Services,
  opened: OpenedItem,
  range: ByteRange,
): AsyncIterable<Uint8Array> {
  if (opened.item.plainDigest === null) {
    for await (const chunk of wholeOf(services, opened)) void chunk
  }
  yield* readRange(services.blobs, opened, range)
}
