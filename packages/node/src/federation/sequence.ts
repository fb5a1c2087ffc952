/**
 * Giving pending statements their place in the log (LINK-11, LOG-16): only the one courier does it, in one
 * transaction with the proof that it still is the one. After the commit an index never changes.
 */
import type { Act } from '#node/kernel/command.ts'
import { extend } from './log.ts'
import { moveEdge, readHead } from './log.store.ts'
import type { LogHead } from './log.store.ts'
import type { Channel } from './partner.ts'
import { placePending, readPending } from './pending.store.ts'
import type { Leaving, Pending } from './pending.store.ts'

/** Decides once more whether a statement may leave, by this channel. One that may not is dequeued. */
export type Departure = (act: Act, leaving: Leaving, channel: Channel) => Promise<boolean>

/** A log after it was extended, and what was added; the act writes it when it ends. */
export interface Sequenced {
  readonly head: LogHead
  readonly placed: readonly Pending[]
}

/** How statements leave a log: what is asked of each, and by which channel they go. */
export interface Leave {
  readonly mayLeave: Departure
  readonly channel: Channel
}

/** Sequences what is pending of a log; null when there was nothing to do. The national log never leaves. */
export async function sequencePending(act: Act, log: string, leave?: Leave): Promise<Sequenced | null> {
  const pending = await readPending(act.tx, log)
  return pending.length === 0 ? null : sequence(act, log, pending, leave)
}

/** Sequences what was read as pending in this act. */
export async function sequence(
  act: Act,
  log: string,
  pending: readonly Pending[],
  leave?: Leave,
): Promise<Sequenced | null> {
  const [placed, head] = await Promise.all([leavingOf(act, pending, leave), readHead(act.tx, log, 'lock')])
  if (head === null) return null
  const extension = extend(
    head.frontier,
    placed.map((row) => row.bytes),
  )
  placePending(act, head, { pending, placed, leaves: extension.leaves })
  moveEdge(act, head, extension)
  return { head: { ...head, frontier: extension.frontier }, placed }
}

/** Those that may leave; asked in their order, since one may depend on what became of another. */
async function leavingOf(
  act: Act,
  pending: readonly Pending[],
  leave: Leave | undefined,
): Promise<Pending[]> {
  if (leave === undefined) return [...pending]
  const leaving: Pending[] = []
  for (const row of pending) if (await leave.mayLeave(act, row, leave.channel)) leaving.push(row)
  return leaving
}
