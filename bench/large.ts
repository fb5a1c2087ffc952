/** One large item through two nodes: sealed from a stream, released, fetched by the partner, and read there. */
import { findItem } from '#node/exchange/items/item.store.ts'
import { sealContent } from '#node/exchange/content/content.ts'
import { approveDraft } from '#node/exchange/drafts/draft.commands.ts'
import { openItem } from '#node/exchange/items/open.commands.ts'
import { openedItem, wholeOf } from '#node/exchange/items/read.commands.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { RunningNode } from '#node/run.ts'
import { systemWorld } from '#node/world.system.ts'
import { permitted, prepareDraft, reportRouting } from './load.ts'
import type { Subscribe } from './load.ts'

const CHUNK_SIZE_BYTES = 1 << 20

/** What the sender saw of one item. */
export interface LargeSent {
  readonly control: string
  /** From the first byte until the sealed payload is flushed to disk. */
  readonly sealedMs: number
  /** From the last approval until the partner's acceptance was applied. */
  readonly crossedMs: number
}

/** The sender's and the receiver's commands. */
export function createLarge(
  node: () => RunningNode,
  signIn: (person: string) => Promise<SignedIn>,
  subscribe: Subscribe,
) {
  return {
    async send({ sizeBytes }: { sizeBytes: number }): Promise<LargeSent> {
      const running = node()
      const { services } = running.node
      const [analyst, first, second] = await signedIn(signIn)
      const facts = { title: 'EXERCISE', fileName: 'exercise.bin', mediaType: 'application/octet-stream' }
      const sealing = { keys: running.folder.keys, blobs: services.blobs, world: systemWorld }
      const begunMs = performance.now()
      const fresh = await sealContent(sealing, analyst.personId, facts, bytesOf(sizeBytes), sizeBytes)
      const sealedMs = performance.now() - begunMs
      const routing = await reportRouting(running)
      const draft = await prepareDraft(services, { analyst, first, routing, fresh })
      const control = draft.control!
      const accepted = untilAccepted(running, subscribe, control)
      const releasedMs = performance.now()
      permitted(
        await services.acts.run((act) =>
          approveDraft(act, services, second, draft.id, draft.proposalDigest!),
        ),
      )
      await accepted
      return { control, sealedMs, crossedMs: performance.now() - releasedMs }
    },

    /** Opens what has come and reads all of it: every segment verified, the whole against the commitment. */
    async read({ control }: { control: string }): Promise<{ readMs: number; sizeBytes: number }> {
      const { services } = node().node
      const officer = await signIn('officer')
      const begunMs = performance.now()
      const item = (await services.views.run(({ tx }) => findItem(tx, control)))!
      permitted(await services.acts.run((act) => openItem(act, services, officer, item.id, item.purpose)))
      let sizeBytes = 0
      for await (const chunk of wholeOf(services, await openedItem(services, item))) sizeBytes += chunk.length
      return { readMs: performance.now() - begunMs, sizeBytes }
    },
  }
}

async function signedIn(
  signIn: (person: string) => Promise<SignedIn>,
): Promise<[SignedIn, SignedIn, SignedIn]> {
  return [await signIn('analyst'), await signIn('release-authority-1'), await signIn('release-authority-2')]
}

/** Bytes that do not compress and are not drawn anew for each chunk: the source is not what is measured. */
async function* bytesOf(sizeBytes: number): AsyncIterable<Uint8Array> {
  const chunk = Buffer.from(systemWorld.random(CHUNK_SIZE_BYTES))
  for (let made = 0; made < sizeBytes; made += chunk.length) {
    chunk.writeUInt32BE(made / CHUNK_SIZE_BYTES)
    yield chunk.subarray(0, sizeBytes - made)
  }
}

/** Resolves when the partner's acceptance of an item was applied here. */
function untilAccepted(running: RunningNode, subscribe: Subscribe, control: string): Promise<void> {
  return new Promise((resolve, reject) => {
    subscribe((hints) => {
      if (!hints.some(({ slice }) => slice === 'desk')) return
      running.node.ownActs
        .run((act) => findItem(act.tx, control))
        .then((item) => {
          if (item?.state === 'accepted') resolve()
        }, reject)
    })
  })
}
