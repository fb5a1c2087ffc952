/**
 * The courier: carries what was said to each partner, one step at a time (LINK-10 to LINK-19). It sends at once when
 * idle; what arrives while a bundle is under way goes with the next one. Retry state belongs to the link.
 */
import { NETWORK_LIMITS, encodeBlobHead, encodeBundleHead } from '#wire/link/bundle.ts'
import { signCheckpoint, signCheckpointAsync } from '#wire/log/checkpoint.ts'
import type { Checkpoint } from '#wire/log/checkpoint.ts'
import { sha384 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { frontierRoot } from '#wire/log/merkle.ts'
import { formatNote, parseNote } from '#wire/log/note.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import type { World } from '#node/world.ts'
import { acknowledge, compareWithHeld } from './acknowledge.ts'
import type { BlobDoor } from './blobDoor.ts'
import { noteContact, noteFailure, readPartner } from './federation.store.ts'
import { linkSigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { inLog, outLog } from './log.ts'
import type { CosignedNotes } from './cosigned.ts'
import type { Meetings } from './meetings.ts'
import { noteHeld, readEntries, readHead, readNotedHead, rootOf } from './log.store.ts'
import type { LogHead } from './log.store.ts'
import { retryDelayMs } from './partner.ts'
import type { Partner } from './partner.ts'
import { isPending, readPending } from './pending.store.ts'
import type { Pending } from './pending.store.ts'
import { sequence } from './sequence.ts'
import type { Departure, Leave } from './sequence.ts'
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
  /** Decides once more as a statement leaves. */
  readonly mayLeave?: Departure
  /** Whom this process has met; shared with whatever else may sign. */
  readonly meetings: Meetings
  /** Cosigns what is held of the partner's log, to say how far that is at the first contact. */
  readonly cosigned: CosignedNotes
  /** Signs on the thread pool. */
  readonly threads: boolean
}

/** What came of a step of a node's own work. */
export interface Stepped {
  /** Another step would find something to do. */
  readonly more: boolean
  /** When the next step would find something to do, as far as is known. */
  readonly nextAt?: number | null
}

export interface Courier {
  /** One step towards one partner. */
  step(partner: string): Promise<Stepped>
  /** Whether the partner has said since this process started what it holds. */
  hasMet(partner: string): boolean
}

interface Prepared {
  readonly partner: Partner
  readonly bundle: Uint8Array
  /** Index of the first entry in it: how far we believed the partner to be. */
  readonly first: number
}

/** Nothing is sent now: the link backs off until then, or (null) there is nothing to send. */
interface Resting {
  readonly nextAt: number | null
}

const NOTHING: Resting = { nextAt: null }

/** Builds the courier. */
export function createCourier(options: CourierOptions): Courier {
  const { meetings } = options
  return {
    hasMet: meetings.has,
    async step(nation) {
      const prepared = await prepare(options, nation, meetings.has(nation))
      if ('nextAt' in prepared) return { more: false, ...prepared }
      try {
        const reply = await options.transport.extend(prepared.partner, prepared.bundle)
        const settled = await settle(options, prepared, reply)
        if ('nextAt' in settled) return { more: false, ...settled }
        meetings.note(nation)
        return settled
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        return { more: false, ...(await fail(options, prepared.partner, error.code)) }
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
async function prepare(options: CourierOptions, nation: string, met: boolean): Promise<Prepared | Resting> {
  const content = await options.acts.run((act) => collect(options, act, nation, met))
  if ('nextAt' in content) return content
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

/** What goes into a bundle. */
interface Content {
  readonly partner: Partner
  readonly checkpoint: Checkpoint
  readonly first: number
  readonly entries: readonly Entry[]
  readonly blobs: readonly Uint8Array[]
  /** The newest checkpoint of the partner's log that is held here, where it is to be told. */
  readonly held: string | null
}

type Entry = Pick<Pending, 'bytes' | 'blobs'>

async function collect(
  options: CourierOptions,
  act: Act,
  nation: string,
  met: boolean,
): Promise<Content | Resting> {
  const log = outLog(nation)
  const [partner, leads, before, pending, mirror] = await Promise.all([
    readPartner(act.tx, nation),
    options.leads(act),
    readHead(act.tx, log, 'look'),
    met ? readPending(act.tx, log) : [],
    met ? null : readNotedHead(act.tx, inLog(nation)),
  ])
  if (partner === null || partner.state !== 'open' || !leads || before === null) return NOTHING
  if (partner.retryAt > options.world.now()) return { nextAt: partner.retryAt }
  if (met && pending.length === 0 && !hasUnsent(before)) return NOTHING
  const [sequenced, small] = await Promise.all([
    pending.length === 0 ? null : sequence(act, log, pending, leaveOf(options)),
    blobsOf(options, act, pending),
  ])
  const head = sequenced?.head ?? before
  if (met && !hasUnsent(head)) return NOTHING
  const first = head.witnessedSize
  const placed = sequenced?.placed ?? []
  if (first + withinBytes(placed, NETWORK_LIMITS.entryBytesMax).length === head.frontier.size && met) {
    const checkpoint = checkpointOf(head, head.frontier.size, frontierRoot(head.frontier))
    return { partner, checkpoint, first, entries: placed, blobs: small, held: null }
  }
  await act.flush()
  const rows = met ? await readEntries(act.tx, log, first, NETWORK_LIMITS.entriesMax) : []
  const entries = withinBytes(rows, NETWORK_LIMITS.entryBytesMax)
  const size = first + entries.length
  const checkpoint = checkpointOf(head, size, await rootOf(act.tx, head, size))
  const blobs = await blobsOf(options, act, entries)
  return { partner, checkpoint, first, entries, blobs, held: mirror?.checkpoint ?? null }
}

function leaveOf({ mayLeave }: CourierOptions): Leave | undefined {
  return mayLeave === undefined ? undefined : { mayLeave, channel: 'network' }
}

function checkpointOf({ origin }: LogHead, size: number, root: Uint8Array): Checkpoint {
  return { origin, size, root, extensions: [] }
}

/** The rows from the first one on whose bytes are not more than fit. */
export function withinBytes<Row extends { bytes: Uint8Array }>(
  rows: readonly Row[],
  sizeBytesMax: number,
): Row[] {
  let total = 0
  return rows.filter((row) => (total += row.bytes.length) <= sizeBytesMax)
}

async function blobsOf(options: CourierOptions, act: Act, entries: readonly Entry[]): Promise<Uint8Array[]> {
  const digests = entries.flatMap(({ blobs }) => (blobs === null ? [] : (JSON.parse(blobs) as string[])))
  if (digests.length === 0) return []
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

/** Acts on the partner's answer: was it as specified, and is there more to send? */
async function settle(
  options: CourierOptions,
  prepared: Prepared,
  reply: ExtendReply,
): Promise<{ more: boolean } | Resting> {
  const { partner } = prepared
  if (reply.outcome === 'frozen' || reply.outcome === 'refused') {
    return fail(options, partner, reply.outcome === 'frozen' ? 'partner_frozen' : codeOf(reply.body))
  }
  try {
    return await options.acts.run((act) => learn(options, act, prepared, reply))
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return fail(options, partner, 'answer_invalid')
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
): Promise<{ more: boolean } | Resting> {
  const [learnt, waits] = await Promise.all([
    reply.outcome === 'cosigned'
      ? learnCosigned(options, act, partner, reply.body)
      : learnHeld(options, act, partner, { body: reply.body, first }),
    isPending(act.tx, outLog(partner.nation)),
  ])
  if (learnt === null) return NOTHING
  noteContact(act, partner.nation, options.world.now())
  act.hint({ slice: 'links', id: partner.nation })
  return { more: waits || hasUnsent(learnt) }
}

/** How far the partner is, as it has just said; null when it says that we are not who we were. */
async function learnCosigned(
  options: CourierOptions,
  act: Act,
  partner: Partner,
  body: Uint8Array,
): Promise<Reached | null> {
  const { outcome, said, head } = await acknowledge(act, partner, options.keys, body)
  if (outcome === 'rolled_back') return null
  if (outcome === 'invalid' || said === null || head === null) throw new Malformed('answer_invalid', 'answer')
  const { frontier, noteSize, witnessedSize } = head
  const [noted, witnessed] = [Math.max(noteSize, said.size), Math.max(witnessedSize, said.size)]
  return { frontier, noteSize: noted, witnessedSize: witnessed }
}

async function learnHeld(
  options: CourierOptions,
  act: Act,
  partner: Partner,
  { body, first }: { readonly body: Uint8Array; readonly first: number },
): Promise<Reached | null> {
  const { outcome, size, head } = await compareWithHeld(act, partner, options.keys, body)
  if (outcome === 'rolled_back') return null
  // It is where the bundle began, and still says that it is not: sending the same again would not end.
  if (outcome === 'invalid' || head === null || size === first)
    throw new Malformed('answer_invalid', 'answer')
  // What it holds is ours, so the next bundle starts there; the cosignature comes with it.
  noteHeld(act, partner.nation, size)
  return { frontier: head.frontier, noteSize: head.noteSize, witnessedSize: size }
}

/** Backs off: the link rests until the time that is returned. */
async function fail(options: CourierOptions, partner: Partner, error: string): Promise<Resting> {
  return options.acts.run(async (act) => {
    const failures = partner.failures + 1
    const chance = options.world.random(1)[0]! / 256
    const retryAt = options.world.now() + retryDelayMs(failures, chance)
    await noteFailure(act.tx, partner.nation, { failures, retryAt, error })
    act.hint({ slice: 'links', id: partner.nation })
    return { nextAt: retryAt }
  })
}

/** How far a log of ours has come, and how far the partner is. */
type Reached = Pick<LogHead, 'frontier' | 'noteSize' | 'witnessedSize'>

/** The partner has not cosigned all of the log, or has said that it does not hold all of it. */
function hasUnsent({ frontier, noteSize, witnessedSize }: Reached): boolean {
  return frontier.size > noteSize || frontier.size > witnessedSize
}
