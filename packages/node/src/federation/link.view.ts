/** Links and their entries as the console shows them: facts of the log, never content. */
import type { z } from 'zod'
import type { Can, RefusalCode } from '#api/refusals.ts'
import { refuse } from '#api/refusals.ts'
import type { EntryShape, LinkView, TapeShape } from '#api/links.ts'
import { parseCheckpoint } from '#wire/log/checkpoint.ts'
import { verifyCosignature } from '#wire/log/cosignature.ts'
import { encodeBase64, encodeHex } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { leafHash, frontierRoot } from '#wire/log/merkle.ts'
import { parseNote } from '#wire/log/note.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import { MAY, permit } from '#node/identity/role.ts'
import { partnerCosigner } from './keys.ts'
import { fingerprintOf } from './links.commands.ts'
import type { LogHead, NotedHead } from './log.store.ts'
import type { LinkFacts } from './link.store.ts'
import type { LinkState, Partner } from './partner.ts'

type Entry = z.infer<typeof EntryShape>
type Tape = z.infer<typeof TapeShape>

/** An instant as contracts write it. */
function iso(instant: number): string {
  return new Date(instant).toISOString()
}

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant))

/** Why nothing can be carried over a link that is not open. */
function refusalOfState(state: LinkState): RefusalCode | null {
  if (state === 'open') return null
  return state === 'frozen' ? 'link_frozen' : 'link_not_open'
}

/** Whether a person may carry media of a link now. */
export function canCarry(roles: readonly string[], state: LinkState): Can {
  const permitted = permit(roles, MAY['bundle.carry'])
  if (permitted !== true) return permitted
  const code = refusalOfState(state)
  return code === null ? true : refuse(code)
}

/** One link. */
export function linkView(
  partner: Partner,
  facts: LinkFacts,
  asked: {
    now: number
    name: Readonly<Record<string, string>>
    roles: readonly string[]
    unanswered: number
  },
): LinkView {
  const can = canCarry(asked.roles, partner.state)
  return {
    partner: partner.nation,
    name: { ...asked.name },
    state: partner.state,
    frozenCode: partner.frozenCode,
    fingerprint: fingerprintOf(partner),
    suite: partner.card.keys.split(':')[1] ?? '',
    ours: oursView(partner, facts),
    theirs: theirsView(facts.in),
    lastContactAt: isoOrNull(partner.lastContactAt),
    lagMs: facts.oldestWaitingAt === null ? null : Math.max(0, asked.now - facts.oldestWaitingAt),
    unanswered: asked.unanswered,
    failures: partner.failures,
    retryAt: partner.retryAt === 0 ? null : iso(partner.retryAt),
    lastError: partner.lastError,
    parked: facts.parked,
    national: { theirsSize: facts.nationalTheirs, oursSize: facts.nationalOurs },
    can: { exportBundle: can, importBundle: can },
  }
}

function oursView(partner: Partner, { out, pending }: LinkFacts): Tape {
  if (out === null) return { ...NO_LOG, pending }
  return {
    ...tapeOf(out),
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

/** What is stored of the partner's log has been cosigned by us: the one follows the other (LINK-24). */
function theirsView(log: NotedHead | null): Tape {
  if (log === null) return { ...NO_LOG, applied: 0 }
  const cosigned = log.checkpoint === null ? 0 : sizeOf(log.checkpoint)
  return { ...tapeOf(log), cosignedSize: cosigned, cosignedAt: null, pending: 0, applied: log.applied }
}

const NO_LOG: Tape = {
  log: '',
  origin: '',
  size: 0,
  root: null,
  cosignedSize: 0,
  cosignedAt: null,
  pending: 0,
  applied: null,
}

function tapeOf({ name, origin, frontier }: LogHead): Pick<Tape, 'log' | 'origin' | 'size' | 'root'> {
  return { log: name, origin, size: frontier.size, root: encodeBase64(frontierRoot(frontier)) }
}

/** The size that a note's checkpoint states. */
function sizeOf(note: string): number {
  return parseCheckpoint(parseNote(Buffer.from(note)).text).size
}

/** What is known of an entry besides its bytes. */
export interface EntryFacts {
  readonly index: number
  readonly bytes: Uint8Array
  readonly direction: Entry['direction']
  readonly state: Entry['state']
  readonly code: string | null
  /** Stands for the time of what cannot be read. */
  readonly at: number
}

/** One entry. What it says is read with the parser of statements; what cannot be read is shown as such. */
export function entryView(facts: EntryFacts): Entry {
  const { index, bytes, direction, state, code } = facts
  const statement = readable(bytes)
  return {
    index,
    direction,
    kind: statement?.kind ?? 'unreadable',
    statement: statement?.id ?? '',
    control: statement === null ? null : controlOf(statement),
    matter: statement?.matter?.id ?? null,
    at: statement?.at ?? iso(facts.at),
    leafHash: encodeHex(leafHash(bytes)),
    sizeBytes: bytes.length,
    state,
    code,
  }
}

function readable(bytes: Uint8Array): Statement | null {
  try {
    return decodeStatement(bytes)
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

/** The control number of what a statement is about, in its body or in a text that its body carries. */
function controlOf({ body }: Statement): string | null {
  return /\\?"control\\?":\\?"([A-Z0-9-]{1,40})\\?"/.exec(JSON.stringify(body))?.[1] ?? null
}
