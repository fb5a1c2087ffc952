/** Views of links and their entries: facts of the log, never content. */
import type { z } from 'zod'
import type { Can, RefusalCode } from '#api/refusals.ts'
import { refuse } from '#api/refusals.ts'
import type { EntryShape, LinkView, LinkLogShape } from '#api/links.ts'
import { parseCheckpoint } from '#wire/log/checkpoint.ts'
import { verifyCosignature } from '#wire/log/cosignature.ts'
import { encodeBase64, encodeHex } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { leafHash, frontierRoot } from '#wire/log/merkle.ts'
import { parseNote } from '#wire/log/note.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import { MAY, permit } from '#node/kernel/permission.ts'
import { iso, isoOrNull } from '#node/world.ts'
import { partnerCosigner } from './keys.ts'
import { fingerprintOf } from './links.commands.ts'
import type { LogHead, NotedHead } from './log.store.ts'
import type { LinkFacts, Traffic } from './link.store.ts'
import type { LinkState, Partner } from './partner.ts'

type Entry = z.infer<typeof EntryShape>
type LinkLog = z.infer<typeof LinkLogShape>

/** The refusal of transfers over a link that is not open. */
function refusalOfState(state: LinkState): RefusalCode | null {
  if (state === 'open') return null
  return state === 'frozen' ? 'link_frozen' : 'link_not_open'
}

/** Whether a person may export and import media of a link now. */
export function canCarry(roles: readonly string[], state: LinkState): Can {
  const permitted = permit(roles, MAY['bundle.carry'])
  if (permitted !== true) return permitted
  const code = refusalOfState(state)
  return code === null ? true : refuse(code)
}

/** How much waits on a link for the partner's cosignature, and for how long the oldest of it has waited. */
export function trafficView(
  { pending, oldestAt }: Traffic,
  now: number,
): { readonly pending: number; readonly lagMs: number | null } {
  return { pending, lagMs: oldestAt === null ? null : Math.max(0, now - oldestAt) }
}

/** The view of one link. */
export function linkView(
  partner: Partner,
  facts: LinkFacts,
  asked: {
    now: number
    roles: readonly string[]
    traffic: Traffic
    unanswered: number
  },
): LinkView {
  const can = canCarry(asked.roles, partner.state)
  const { pending, lagMs } = trafficView(asked.traffic, asked.now)
  return {
    partner: partner.nation,
    state: partner.state,
    frozenCode: partner.frozenCode,
    fingerprint: fingerprintOf(partner),
    suite: partner.card.keys.split(':')[1] ?? '',
    ours: oursView(partner, facts, pending),
    theirs: theirsView(facts.in),
    lastContactAt: isoOrNull(partner.lastContactAt),
    lagMs,
    unanswered: asked.unanswered,
    failures: partner.failures,
    retryAt: partner.retryAt === 0 ? null : iso(partner.retryAt),
    lastError: partner.lastError,
    parked: facts.parked,
    national: { theirsSize: facts.nationalTheirs, oursSize: facts.nationalOurs },
    can: { exportBundle: can, importBundle: can },
  }
}

function oursView(partner: Partner, { out }: LinkFacts, pending: number): LinkLog {
  if (out === null) return { ...NO_LOG, pending }
  return {
    ...logOf(out),
    cosignedSize: Math.max(out.noteSize, 0),
    cosignedAt: cosignedAt(partner, out),
    pending,
    applied: null,
  }
}

function cosignedAt(partner: Partner, out: NotedHead): string | null {
  if (out.witnessedNote === null) return null
  const verdict = verifyCosignature(parseNote(Buffer.from(out.witnessedNote)), partnerCosigner(partner))
  return verdict.ok ? iso(verdict.value * 1000) : null
}

/** The view of the partner's log. Everything stored of it has been cosigned by us (LINK-24). */
function theirsView(log: NotedHead | null): LinkLog {
  if (log === null) return { ...NO_LOG, applied: 0 }
  const cosigned = log.checkpoint === null ? 0 : sizeOf(log.checkpoint)
  return { ...logOf(log), cosignedSize: cosigned, cosignedAt: null, pending: 0, applied: log.applied }
}

const NO_LOG: LinkLog = {
  log: '',
  origin: '',
  size: 0,
  root: null,
  cosignedSize: 0,
  cosignedAt: null,
  pending: 0,
  applied: null,
}

function logOf({ name, origin, frontier }: LogHead): Pick<LinkLog, 'log' | 'origin' | 'size' | 'root'> {
  return { log: name, origin, size: frontier.size, root: encodeBase64(frontierRoot(frontier)) }
}

/** The size in a note's checkpoint. */
function sizeOf(note: string): number {
  return parseCheckpoint(parseNote(Buffer.from(note)).text).size
}

/** An entry, and what this node knows about it. */
export interface EntryFacts {
  readonly index: number
  readonly bytes: Uint8Array
  readonly direction: Entry['direction']
  readonly state: Entry['state']
  readonly code: string | null
  /** The time to show for an entry that cannot be parsed. */
  readonly at: number
}

/** The number by which people know what a statement is about; null if it has none. The pillars bring it. */
export type ReferenceOf = (statement: Statement) => string | null

/** The view of one entry. An entry that cannot be parsed is shown as `unreadable`. */
export function entryView(facts: EntryFacts, referenceOf: ReferenceOf): Entry {
  const { index, bytes, direction, state, code } = facts
  const statement = decodeOrNull(bytes)
  return {
    index,
    direction,
    kind: statement?.kind ?? 'unreadable',
    statement: statement?.id ?? '',
    reference: statement === null ? null : referenceOf(statement),
    matter: statement?.matter?.id ?? null,
    at: statement?.at ?? iso(facts.at),
    leafHash: encodeHex(leafHash(bytes)),
    sizeBytes: bytes.length,
    state,
    code,
  }
}

function decodeOrNull(bytes: Uint8Array): Statement | null {
  try {
    return decodeStatement(bytes)
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}
