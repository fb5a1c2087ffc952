/** Opening, reading and receipting an item (EXC-60 to EXC-64; Arts 7.1, 7.2, 12(a)(3)). */
import { createHmac } from 'node:crypto'
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { contentCommitment, createOpener, openSegment, segmentSpan, transformed } from '#wire/seal/stream.ts'
import { SEGMENT_OVERHEAD_BYTES, segmentSizeAt } from '#wire/seal/table.ts'
import { openManifest } from '#wire/seal/manifest.ts'
import type { OpenedManifest } from '#wire/seal/manifest.ts'
import { saltOf } from '#wire/seal/metadata.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId, say } from '#node/federation/say.ts'
import { permit } from '#node/identity/role.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { keeping } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import { refold } from './accept.commands.ts'
import { ask, refusalOf } from '#node/gate/ask.commands.ts'
import { ownDigestKey, seenBy } from '../content/content.ts'
import { insertOpening, readItem, readOpenings, updateItem } from './item.store.ts'
import type { Item } from './item.store.ts'
import type { ByteRange } from '../content/range.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import type { ExchangeServices } from '../services.ts'
import { actorOf, situationOf } from '../situation/situation.commands.ts'
import type { Answer } from '#node/gate/ask.commands.ts'

/** An opening that the gate permitted: what is inside, not yet a byte of the content. */
export interface OpenedItem {
  readonly opening: string
  readonly item: Item
  readonly manifest: OpenedManifest
}

/** How long the bytes of an opening may be read. */
const OPENING_MS_MAX = 30 * 60_000

/** Asks the gate whether a person may open an item now; records the decision. */
export async function askToOpen(
  act: Act,
  services: ExchangeServices,
  by: Pick<SignedIn, 'personId'>,
  item: Item,
  purpose: string,
): Promise<Answer> {
  const actor = await actorOf(act, services, by.personId, {
    matter: item.id,
    category: item.category,
    author: false,
  })
  const situation = await situationOf(act, services, {
    act: 'open',
    instrument: item.instrument,
    actor,
    matter: {
      from: item.originator,
      to: item.recipient,
      originator: item.originator,
      marking: item.marking,
      receiverMarking: item.receiver_marking,
      category: item.category,
      // Another purpose than the one it was provided for is no purpose that the agreement knows (Art. 6(c)).
      purpose: purpose === item.purpose ? purpose : '',
      organisation: item.organisation,
      receivedUnder: null,
    },
  })
  const profile = situation.governed?.instrument.profile ?? null
  return ask(act, services, situation.facts, profile, { actor: by.personId, matter: item.id })
}

/** Opens an item. The attempt is recorded whether or not it is permitted. */
export async function openItem(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  id: string,
  purpose: string,
): Promise<OpenedItem | Refusal> {
  const can = permit(by.roles, 'exchange.open')
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  if (item.direction !== 'received' || !['accepted', 'opened'].includes(item.state))
    return refuse('wrong_state')
  const answer = await askToOpen(act, services, by, item, purpose)
  const permitted = answer.decision.permitted && can === true
  const opening = newId(act)
  await insertOpening(act.tx, {
    id: opening,
    item: id,
    person: by.personId,
    office: by.office,
    outcome: permitted ? 'opened' : 'refused',
    code: answer.decision.reasons[0]?.code ?? (can === true ? null : 'not_permitted'),
    decision: answer.id,
    at: act.world.now(),
  })
  const what = permitted ? 'opened' : 'open_refused'
  recordNational(act, { what, item: id, by: by.personId, decision: answer.id })
  act.hint({ slice: 'items', id })
  if (!answer.decision.permitted) return keeping(refusalOf(answer))
  if (can !== true) return keeping(can)
  const manifest = openManifest(item.manifest, [services.keys.seal], proposalDigest(item.proposal))
  return { opening, item, manifest }
}

/** What a reader of an opening may stream, or why not: the same person, not too long ago, and still permitted. */
export async function readOpening(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  id: string,
  opening: string,
): Promise<OpenedItem | Refusal> {
  const item = await readItem(act.tx, id)
  const made = (await readOpenings(act.tx, id)).find((each) => each.id === opening)
  if (item === null || made === undefined || made.person !== by.personId || made.outcome !== 'opened') {
    return refuse('not_found')
  }
  if (act.world.now() - made.at > OPENING_MS_MAX) return refuse('session_expired')
  const answer = await askToOpen(act, services, by, item, item.purpose)
  if (!answer.decision.permitted) return keeping(refusalOf(answer))
  const manifest = openManifest(item.manifest, [services.keys.seal], proposalDigest(item.proposal))
  return { opening, item, manifest }
}

/**
 * Streams the content of an opened item, each segment verified before it is given, the whole against the commitment
 * that the release authorities signed.
 * @throws SealError, BlobError; `commitment` is false at the end when the whole is not what was signed
 */
export async function* readContent(
  services: ExchangeServices,
  opened: OpenedItem,
  done: (whole: { commitmentHeld: boolean; plainDigest: string }) => Promise<void>,
): AsyncIterable<Uint8Array> {
  const { manifest, item } = opened
  const blob = await findBlob(services.database.query, item.payload_digest as Sha384)
  if (blob === null) throw new Error(`content of ${item.control} is not here`)
  const opener = createOpener({ dek: manifest.dek, table: manifest.table, salt: saltOf(manifest.metadata) })
  const own = createHmac('sha384', ownDigestKey(services.keys))
  yield* seenBy(transformed(services.blobs.read(blob), opener), own)
  const commitment = contentCommitment(manifest.metadataText, opener.contentDigest())
  const commitmentHeld = commitment === readProposal(item.proposal).commitment
  await done({ commitmentHeld, plainDigest: own.digest('hex') })
}

/**
 * Streams a range of the content, each segment verified before it is given (SEAL-19). A range alone cannot be held
 * against the commitment: the whole must have been.
 * @throws SealError, BlobError
 */
export async function* readContentRange(
  services: ExchangeServices,
  { manifest, item }: OpenedItem,
  { fromByte, toByte }: ByteRange,
): AsyncIterable<Uint8Array> {
  const blob = await findBlob(services.database.query, item.payload_digest as Sha384)
  if (blob === null) throw new Error(`content of ${item.control} is not here`)
  const { dek, table } = manifest
  const span = segmentSpan(table, fromByte, toByte)
  let payloadByte = span.payloadFromByte
  for (let index = span.firstIndex; index <= span.lastIndex; index += 1) {
    const nextByte = payloadByte + segmentSizeAt(table, index) + SEGMENT_OVERHEAD_BYTES
    const sealed = await gathered(services.blobs.read(blob, payloadByte, nextByte))
    const plain = openSegment(dek, table, index, sealed)
    const startByte = index * table.segmentSizeBytes
    yield plain.subarray(Math.max(0, fromByte - startByte), toByte - startByte)
    payloadByte = nextByte
  }
}

async function gathered(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Remembers which content was received, so that nobody passes it on unawares (Art. 6(a)). */
export async function rememberContent(act: Act, id: string, plainDigest: string): Promise<void> {
  await updateItem(act.tx, id, { plain_digest: plainDigest })
}

/** The final recipient signs the receipt; it returns to the originator (Art. 12(a)(3)). */
export async function receiptItem(act: Act, by: SignedIn, id: string): Promise<Item | Refusal> {
  const can = permit(by.roles, 'exchange.open')
  if (can !== true) return can
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  const openings = (await readOpenings(act.tx, id)).filter((each) => each.person === by.personId)
  if (item.direction !== 'received' || !openings.some((each) => each.outcome === 'opened')) {
    return refuse('wrong_state')
  }
  if (openings.some((each) => each.outcome === 'receipted')) return refuse('already_done')
  const at = act.world.now()
  const signed = by.sign('exchange.receipt', proposalDigest(item.proposal), at)
  await say(act, item.originator, {
    kind: 'exchange.opened',
    matter: id,
    acts: [signed],
    body: { control: item.control, organisation: by.organisation, office: by.office },
  })
  await insertOpening(act.tx, {
    id: newId(act),
    item: id,
    person: by.personId,
    office: by.office,
    outcome: 'receipted',
    code: null,
    decision: null,
    at,
  })
  if (item.opened_at === null) await updateItem(act.tx, id, { opened_at: at })
  recordNational(act, { what: 'receipted', item: id, by: by.personId })
  await refold(act, id)
  return (await readItem(act.tx, id))!
}

/** The originator takes back an item that the receiver has not accepted, as far as we have heard. */
export async function withdrawItem(act: Act, by: SignedIn, id: string): Promise<Item | Refusal> {
  const can = permit(by.roles, 'exchange.withdraw')
  if (can !== true) return can
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  if (item.direction !== 'sent' || item.state !== 'offered') return refuse('wrong_state')
  await say(act, item.recipient, { kind: 'exchange.withdrawn', matter: id, body: { control: item.control } })
  recordNational(act, { what: 'withdrawn', item: id, by: by.personId })
  await refold(act, id)
  return (await readItem(act.tx, id))!
}
