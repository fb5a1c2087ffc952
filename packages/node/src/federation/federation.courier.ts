/**
 * The courier: carries what was said to each partner, one step at a time (LINK-10 to LINK-19). It sends at once when
 * idle; what arrives while a bundle is under way goes with the next one. Retry state belongs to the link.
 */
import { NETWORK_LIMITS, encodeBlobHead, encodeBundleHead } from '#wire/bundle.ts'
import { signCheckpoint, signCheckpointAsync } from '#wire/checkpoint.ts'
import type { Checkpoint } from '#wire/checkpoint.ts'
import { sha384 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { formatNote, parseNote } from '#wire/note.ts'
import type { Act, Acts } from '../kernel/command.ts'
import type { World } from '../world.ts'
import { acknowledge, compareWithHeld, noteHeld } from './acknowledge.ts'
import type { BlobDoor } from './blobDoor.ts'
import { noteContact, noteFailure, readPartner } from './federation.store.ts'
import { linkSigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { inLog, outLog } from './log.ts'
import type { CosignedNotes } from './cosigned.ts'
import type { Meetings } from './meetings.ts'
import { readEntries, readHead, rootOf } from './log.store.ts'
import type { LogHead } from './log.store.ts'
import { retryDelayMs } from './partner.ts'
import type { Partner } from './partner.ts'
import { sequencePending } from './sequence.ts'
import type { Departure } from './sequence.ts'
import { Unreachable } from './transport.ts'
import type { ExtendReply, Transport } from './transport.ts'

export interface CourierOptions {
  readonly keys: NodeKeys
  readonly acts: Acts
  readonly world: World
  readonly transport: Transport
  readonly blobs: BlobDoor
  /** Whether this process is the one courier; asked inside the act that sequences. */
  leads(act: Act): Promise<boolean>
  /** Asks the gate once more as a statement leaves. */
  readonly mayLeave?: Departure
  /** Whom this process has met; shared with whatever else may sign. */
  readonly meetings: Meetings
  /** Cosigns what is held of the partner's log, to say how far that is at the first contact. */
  readonly cosigned: CosignedNotes
  /** Signs on the thread pool. */
  readonly threads: boolean
}

export interface Courier {
  /** One step towards one partner; `more` says that another step would find something to do. */
  step(partner: string): Promise<{ more: boolean }>
}

interface Prepared {
  readonly partner: Partner
  readonly bundle: Uint8Array
  /** Index of the first entry in it: how far we believed the partner to be. */
  readonly first: number
}

/** What became of a step: the partner answered as it should, and whether there is more for it. */
type Settled = { readonly met: false } | { readonly met: true; readonly more: boolean }

/** Builds the courier. */
export function createCourier(options: CourierOptions): Courier {
  const { meetings } = options
  return {
    async step(nation) {
      const prepared = await prepare(options, nation, meetings.has(nation))
      if (prepared === null) return { more: false }
      try {
        const reply = await options.transport.extend(prepared.partner, prepared.bundle)
        const settled = await settle(options, prepared, reply)
        if (!settled.met) return { more: false }
        meetings.note(nation)
        return { more: settled.more }
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        await fail(options, prepared.partner, error.code)
        return { more: false }
      }
    },
  }
}

/**
 * Sequences and builds the next bundle. Until the partner has been met since this process started, nothing new is
 * sequenced and nothing beyond what it has cosigned is signed: a node that was restored from an old state must learn
 * it before it signs a second history (LINK-26). The first bundle says how much of the partner's log is held here, so
 * that the partner sends again what a restored node has lost (LINK-29).
 */
async function prepare(options: CourierOptions, nation: string, met: boolean): Promise<Prepared | null> {
  const content = await options.acts.run(async (act) => {
    const partner = await readPartner(act.tx, nation)
    if (partner === null || partner.state !== 'open' || partner.retryAt > options.world.now()) return null
    if (!(await options.leads(act))) return null
    const extended = met ? await sequencePending(act, outLog(nation), options.mayLeave) : null
    const head = extended ?? (await readHead(act.tx, outLog(nation), 'look'))
    if (head === null || (met && !hasUnsent(head))) return null
    const first = head.witnessedSize
    const rows = met ? await readEntries(act.tx, head.name, first, NETWORK_LIMITS.entriesMax) : []
    const entries = withinBytes(rows, NETWORK_LIMITS.entryBytesMax)
    const size = first + entries.length
    const root = await rootOf(act.tx, head, size)
    const blobs = await blobsOf(
      options,
      act,
      entries.map((row) => row.blobs),
    )
    const held = met ? null : ((await readHead(act.tx, inLog(nation), 'look'))?.checkpoint ?? null)
    const own = { origin: head.origin, size, root, extensions: [] }
    return { partner, checkpoint: own, first, entries, blobs, held }
  })
  if (content === null) return null
  const checkpoint = await signed(options, nation, content.checkpoint)
  const head = encodeBundleHead({
    header: {
      from: options.keys.nation,
      to: nation,
      first: content.first,
      count: content.entries.length,
      blobs: content.blobs.length,
    },
    checkpoint,
    acknowledgement:
      content.held === null
        ? new Uint8Array(0)
        : await options.cosigned.cosign(parseNote(Buffer.from(content.held))),
    entries: content.entries.map((row) => row.bytes),
  })
  const carried = content.blobs.flatMap((bytes) => [encodeBlobHead(sha384(bytes), bytes.length), bytes])
  return { partner: content.partner, bundle: Buffer.concat([head, ...carried]), first: content.first }
}

/** The rows from the first one on whose bytes are not more than fit. */
export function withinBytes<Row extends { bytes: Uint8Array }>(
  rows: readonly Row[],
  sizeBytesMax: number,
): Row[] {
  let total = 0
  return rows.filter((row) => (total += row.bytes.length) <= sizeBytesMax)
}

async function blobsOf(
  options: CourierOptions,
  act: Act,
  lists: readonly (string | null)[],
): Promise<Uint8Array[]> {
  const digests = lists.flatMap((list) => (list === null ? [] : (JSON.parse(list) as string[])))
  const small = await options.blobs.small(act, digests)
  return digests.flatMap((digest) => small.get(digest) ?? [])
}

/** After the commit: what is signed is durably stored (LINK-13). */
async function signed(options: CourierOptions, nation: string, checkpoint: Checkpoint): Promise<Uint8Array> {
  const signer = linkSigner(options.keys, nation)
  const note = options.threads
    ? await signCheckpointAsync(checkpoint, signer)
    : signCheckpoint(checkpoint, signer)
  return formatNote(note)
}

/** Acts on the partner's answer. */
async function settle(options: CourierOptions, prepared: Prepared, reply: ExtendReply): Promise<Settled> {
  const { partner } = prepared
  if (reply.outcome === 'frozen' || reply.outcome === 'refused') {
    const code = reply.outcome === 'frozen' ? 'partner_frozen' : codeOf(reply.body)
    await fail(options, partner, code)
    return { met: false }
  }
  try {
    return await options.acts.run((act) => learn(options, act, prepared, reply))
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    await fail(options, partner, 'answer_invalid')
    return { met: false }
  }
}

/** A code is all that is believed of a refusal: it is shown to operators. */
function codeOf(body: Uint8Array): string {
  const code = Buffer.from(body.subarray(0, 61)).toString('latin1')
  return /^[a-z][a-z0-9_]{0,59}$/.test(code) ? code : 'refused'
}

/** @throws Malformed when the note in the answer is not the partner's word about our log */
async function learn(
  options: CourierOptions,
  act: Act,
  { partner, first }: Prepared,
  reply: ExtendReply,
): Promise<Settled> {
  const known =
    reply.outcome === 'cosigned'
      ? (await acknowledge(act, partner, options.keys, reply.body)).outcome
      : await compareWithHeld(act, partner, options.keys, reply.body)
  if (known === 'invalid') throw new Malformed('answer_invalid', 'answer')
  if (known === 'rolled_back') return { met: false }
  if (known === 'consistent') {
    const held = reply.body.length === 0 ? 0 : sizeOfNote(reply.body)
    // It is where the bundle began, and still says that it is not: sending the same again would not end.
    if (held === first) throw new Malformed('answer_invalid', 'answer')
    // What it holds is ours, so the next bundle starts there; the cosignature comes with it.
    await noteHeld(act, partner.nation, held)
  }
  await noteContact(act.tx, partner.nation, options.world.now())
  act.hint({ slice: 'links', id: partner.nation })
  return { met: true, more: await hasMore(act, partner.nation) }
}

function sizeOfNote(body: Uint8Array): number {
  return Number(Buffer.from(body).toString('latin1').split('\n', 2)[1])
}

async function fail(options: CourierOptions, partner: Partner, error: string): Promise<void> {
  await options.acts.run(async (act) => {
    const failures = partner.failures + 1
    const chance = options.world.random(1)[0]! / 256
    const retryAt = options.world.now() + retryDelayMs(failures, chance)
    await noteFailure(act.tx, partner.nation, { failures, retryAt, error })
    act.hint({ slice: 'links', id: partner.nation })
  })
}

async function hasMore(act: Act, nation: string): Promise<boolean> {
  const log = outLog(nation)
  const waiting = await act.tx
    .selectFrom('log_pending')
    .select('id')
    .where('log', '=', log)
    .limit(1)
    .execute()
  if (waiting.length > 0) return true
  const head = await readHead(act.tx, log, 'look')
  return head !== null && hasUnsent(head)
}

/** The partner has not cosigned all of the log, or has said that it does not hold all of it. */
function hasUnsent({ frontier, noteSize, witnessedSize }: LogHead): boolean {
  return frontier.size > noteSize || frontier.size > witnessedSize
}
