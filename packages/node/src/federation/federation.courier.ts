/**
 * The courier sends statements to partners, one bundle per step (LINK-10 to LINK-19). It sends at once when
 * idle; statements that come while a bundle is in flight go with the next. Retry state belongs to the link.
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
import { acknowledge, compareWithHeld } from './acknowledge.commands.ts'
import type { BlobPort } from './blobPort.ts'
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
import { sequence } from './sequence.commands.ts'
import type { Departure } from './sequence.commands.ts'
import { Unreachable } from './transport.ts'
import type { ExtendReply, Transport } from './transport.ts'

export interface CourierOptions {
  readonly keys: NodeKeys
  readonly acts: Acts
  readonly world: World
  readonly transport: Transport
  readonly blobs: BlobPort
  /** True if this process is the courier; called inside the act that sequences. */
  leads(act: Act): Promise<boolean>
  /** Asks once more whether a statement may leave. */
  readonly mayLeave: Departure
  /** The partners that this process has met; shared with the other code that signs. */
  readonly meetings: Meetings
  /** Cosigns our mirror of the partner's log, which the first bundle acknowledges. */
  readonly cosigned: CosignedNotes
  /** Sign on the thread pool. */
  readonly threads: boolean
}

/** Result of one step of background work. */
export interface StepResult {
  /** True if another step would find work now. */
  readonly more: boolean
  /** When the next step will find work, if that is known. */
  readonly nextAt?: number | null
}

export interface Courier {
  /** Sends one bundle to a partner, if there is anything to send. */
  step(partner: string): Promise<StepResult>
  /** True if the partner has said what it holds since this process started. */
  hasMet(partner: string): boolean
}

interface Prepared {
  readonly partner: Partner
  readonly bundle: Uint8Array
  /** Index of the first entry in the bundle: the size that we believe the partner to hold. */
  readonly first: number
}

/** Nothing to send until `nextAt`, when back-off ends; null if there is nothing to send at all. */
interface Idle {
  readonly nextAt: number | null
}

const NOTHING: Idle = { nextAt: null }

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
        return { more: false, ...(await backOff(options, prepared.partner, error.code)) }
      }
    },
  }
}

/**
 * Sequences pending statements and builds the next bundle. Until this process has met the partner, it
 * sequences nothing and signs nothing beyond what the partner has cosigned: a node restored from an old state
 * must find that out before it signs a second history (LINK-26). The first bundle acknowledges our mirror of
 * the partner's log, so that the partner resends entries that a restored node has lost (LINK-29).
 */
async function prepare(options: CourierOptions, nation: string, met: boolean): Promise<Prepared | Idle> {
  const content = await options.acts.run((act) => collect(options, act, nation, met))
  if ('nextAt' in content) return content
  const checkpoint = await signNote(options, nation, content.checkpoint)
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

/** The contents of a bundle. */
interface Content {
  readonly partner: Partner
  readonly checkpoint: Checkpoint
  readonly first: number
  readonly entries: readonly Entry[]
  readonly blobs: readonly Uint8Array[]
  /** The newest checkpoint of the partner's log that we hold, if the bundle is to acknowledge it. */
  readonly held: string | null
}

type Entry = Pick<Pending, 'bytes' | 'blobs'>

async function collect(
  options: CourierOptions,
  act: Act,
  nation: string,
  met: boolean,
): Promise<Content | Idle> {
  const log = outLog(nation)
  const [partner, leads, before, pending, mirror] = await Promise.all([
    readPartner(act.tx, nation),
    options.leads(act),
    readHead(act.tx, log),
    met ? readPending(act.tx, log) : [],
    met ? null : readNotedHead(act.tx, inLog(nation)),
  ])
  if (partner === null || partner.state !== 'open' || !leads || before === null) return NOTHING
  if (partner.retryAt > options.world.now()) return { nextAt: partner.retryAt }
  if (met && pending.length === 0 && !hasUnsent(before)) return NOTHING
  const [sequenced, small] = await Promise.all([
    pending.length === 0
      ? null
      : sequence(act, log, pending, { mayLeave: options.mayLeave, channel: 'network' }),
    blobsOf(options, act, pending),
  ])
  const head = sequenced?.head ?? before
  if (met && !hasUnsent(head)) return NOTHING
  const first = head.witnessedSize
  const appended = sequenced?.appended ?? []
  if (first + withinBytes(appended, NETWORK_LIMITS.entryBytesMax).length === head.frontier.size && met) {
    const checkpoint = checkpointOf(head, head.frontier.size, frontierRoot(head.frontier))
    return { partner, checkpoint, first, entries: appended, blobs: small, held: null }
  }
  await act.flush()
  const rows = met ? await readEntries(act.tx, log, first, NETWORK_LIMITS.entriesMax) : []
  const entries = withinBytes(rows, NETWORK_LIMITS.entryBytesMax)
  const size = first + entries.length
  const checkpoint = checkpointOf(head, size, await rootOf(act.tx, head, size))
  const blobs = await blobsOf(options, act, entries)
  return { partner, checkpoint, first, entries, blobs, held: mirror?.checkpoint ?? null }
}

function checkpointOf({ origin }: LogHead, size: number, root: Uint8Array): Checkpoint {
  return { origin, size, root, extensions: [] }
}

/** The leading rows whose bytes together do not exceed the limit. */
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

/** Signs a checkpoint. Call it after the commit, so that everything it covers is durable (LINK-13). */
async function signNote(
  options: CourierOptions,
  nation: string,
  checkpoint: Checkpoint,
): Promise<Uint8Array> {
  const signer = linkSigner(options.keys, nation)
  const note = options.threads
    ? await signCheckpointAsync(checkpoint, signer)
    : signCheckpoint(checkpoint, signer)
  return formatNote(note)
}

/** Processes the partner's reply. */
async function settle(
  options: CourierOptions,
  prepared: Prepared,
  reply: ExtendReply,
): Promise<{ more: boolean } | Idle> {
  const { partner } = prepared
  if (reply.outcome === 'frozen' || reply.outcome === 'refused') {
    return backOff(options, partner, reply.outcome === 'frozen' ? 'partner_frozen' : codeOf(reply.body))
  }
  try {
    return await options.acts.run((act) => applyReply(options, act, prepared, reply))
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return backOff(options, partner, 'answer_invalid')
  }
}

/** The code of a refusal, which is shown to operators. Any other text of the partner is discarded. */
function codeOf(body: Uint8Array): string {
  const code = Buffer.from(body.subarray(0, 61)).toString('latin1')
  return /^[a-z][a-z0-9_]{0,59}$/.test(code) ? code : 'refused'
}

/** @throws Malformed if the reply does not contain a valid note of the partner about our log */
async function applyReply(
  options: CourierOptions,
  act: Act,
  { partner, first }: Prepared,
  reply: ExtendReply,
): Promise<{ more: boolean } | Idle> {
  const [progress, hasPending] = await Promise.all([
    reply.outcome === 'cosigned'
      ? applyCosigned(options, act, partner, reply.body)
      : applyHeld(options, act, partner, { body: reply.body, first }),
    isPending(act.tx, outLog(partner.nation)),
  ])
  if (progress === null) return NOTHING
  noteContact(act, partner.nation, options.world.now())
  act.hint({ routes: 'links', id: partner.nation })
  return { more: hasPending || hasUnsent(progress) }
}

/** Processes a cosigned checkpoint. Null if it shows that this node was restored from an old state. */
async function applyCosigned(
  options: CourierOptions,
  act: Act,
  partner: Partner,
  body: Uint8Array,
): Promise<Progress | null> {
  const { outcome, acknowledgement, head } = await acknowledge(act, partner, options.keys, body)
  if (outcome === 'rolled_back') return null
  if (outcome === 'invalid' || acknowledgement === null || head === null) {
    throw new Malformed('answer_invalid', 'answer')
  }
  const { frontier, noteSize, witnessedSize } = head
  const { size } = acknowledgement
  return { frontier, noteSize: Math.max(noteSize, size), witnessedSize: Math.max(witnessedSize, size) }
}

/**
 * Processes a checkpoint of ours that the partner holds. Null if this node was restored from an old state.
 */
async function applyHeld(
  options: CourierOptions,
  act: Act,
  partner: Partner,
  { body, first }: { readonly body: Uint8Array; readonly first: number },
): Promise<Progress | null> {
  const { outcome, size, head } = await compareWithHeld(act, partner, options.keys, body)
  if (outcome === 'rolled_back') return null
  // The partner reports the size at which our bundle started, so resending would loop.
  if (outcome === 'invalid' || head === null || size === first)
    throw new Malformed('answer_invalid', 'answer')
  // The partner's copy is consistent with our log, so the next bundle starts at its size.
  noteHeld(act, partner.nation, size)
  return { frontier: head.frontier, noteSize: head.noteSize, witnessedSize: size }
}

/** Records a failed contact; the link backs off until the returned time. */
async function backOff(options: CourierOptions, partner: Partner, error: string): Promise<Idle> {
  return options.acts.run(async (act) => {
    const failures = partner.failures + 1
    const chance = options.world.random(1)[0]! / 256
    const retryAt = options.world.now() + retryDelayMs(failures, chance)
    await noteFailure(act.tx, partner.nation, { failures, retryAt, error })
    act.hint({ routes: 'links', id: partner.nation })
    return { nextAt: retryAt }
  })
}

/** The size of our log, and how much of it the partner has cosigned and holds. */
type Progress = Pick<LogHead, 'frontier' | 'noteSize' | 'witnessedSize'>

/** True if the partner has not cosigned all of our log, or does not hold all of it. */
function hasUnsent({ frontier, noteSize, witnessedSize }: Progress): boolean {
  return frontier.size > noteSize || frontier.size > witnessedSize
}
