/** Reads opened items, and stores the digest that recognises their content (EXC-22). */
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { ByteRange } from '#node/kernel/range.ts'
import type { Services } from '#node/services.ts'
import type { Item } from './item.ts'
import { updateItem } from './item.store.ts'
import { openSeal, readRange, readWhole } from './opened.ts'
import type { OpenedItem } from './opened.ts'

/** Opens the seal of an item and finds its payload. @throws SealError */
export async function openedItem({ keys, views }: Services, item: Item): Promise<OpenedItem> {
  const blob = await views.run(({ tx }) => findBlob(tx, item.payloadDigest))
  if (blob === null) throw new Error(`INVARIANT: the content of ${item.control} is here`)
  return { item, manifest: openSeal(keys, item), blob }
}

/**
 * Streams the whole content, and at its end stores the digest by which it is recognised if somebody passes it on (Art.
 * 6(a)). Throws as `readWhole` does.
 */
export function wholeOf({ acts, keys, blobs }: Services, opened: OpenedItem): AsyncIterable<Uint8Array> {
  return readWhole(keys, blobs, opened, (plainDigest) =>
    acts.run((act) => updateItem(act, opened.item.id, { plainDigest })),
  )
}

/** Streams a range. The first read of an item verifies the whole against the commitment before it yields the range. */
export async function* partOf(
  services: Services,
  opened: OpenedItem,
  range: ByteRange,
): AsyncIterable<Uint8Array> {
  if (opened.item.plainDigest === null) {
    for await (const chunk of wholeOf(services, opened)) void chunk
  }
  yield* readRange(services.blobs, opened, range)
}
