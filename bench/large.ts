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

/** The sender's measurements of one item. */
export interface LargeSent {
  readonly control: string
  /** From the first byte until the sealed payload is flushed to disk. */
  readonly sealedMs: number
  /** From the last approval until the partner's acceptance was applied. */
  readonly crossedMs: number
}

/** The commands of the sending and of the receiving node process. */
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
      const startedMs = performance.now()
      const fresh = await sealContent(sealing, analyst.personId, facts, bytesOf(sizeBytes), sizeBytes)
      const sealedMs = performance.now() - startedMs
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

    /**
     * Opens a received item and reads all of it, verifying every segment, and the whole against the
     * commitment.
     */
    async read({ control }: { control: string }): Promise<{ readMs: number; sizeBytes: number }> {
      const { services } = node().node
      const officer = await signIn('officer')
      const startedMs = performance.now()
      const item = (await services.views.run(({ tx }) => findItem(tx, control)))!
      permitted(await services.acts.run((act) => openItem(act, services, officer, item.id, item.purpose)))
      let sizeBytes = 0
      for await (const chunk of wholeOf(services, await openedItem(services, item))) sizeBytes += chunk.length
      return { readMs: performance.now() - startedMs, sizeBytes }
    },
  }
}

async function signedIn(
  signIn: (person: string) => Promise<SignedIn>,
): Promise<[SignedIn, SignedIn, SignedIn]> {
  return [await signIn('analyst'), await signIn('release-authority-1'), await signIn('release-authority-2')]
}

/** Incompressible bytes, drawn once, because the source is not what is measured. */
async function* bytesOf(sizeBytes: number): AsyncIterable<Uint8Array> {
  const chunk = Buffer.from(systemWorld.random(CHUNK_SIZE_BYTES))
  for (let made = 0; made < sizeBytes; made += chunk.length) {
    chunk.writeUInt32BE(made / CHUNK_SIZE_BYTES)
    yield chunk.subarray(0, sizeBytes - made)
  }
}

/** Resolves when this node has applied the partner's acceptance of an item. */
function untilAccepted(running: RunningNode, subscribe: Subscribe, control: string): Promise<void> {
  return new Promise((resolve, reject) => {
    subscribe((hints) => {
      if (!hints.some(({ routes }) => routes === 'exchange')) return
      running.node.ownActs
        .run((act) => findItem(act.tx, control))
        .then((item) => {
          if (item?.state === 'accepted') resolve()
        }, reject)
    })
  })
}
