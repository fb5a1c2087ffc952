/**
 * Sequences pending statements: gives them their index in the log (LINK-11, LOG-16). Only the courier does
 * this, after checking its lease in the same transaction. After the commit an index never changes.
 */
import type { Act } from '#node/kernel/command.ts'
import { extend } from './log.ts'
import { lockHead, moveFrontier } from './log.store.ts'
import type { LogHead } from './log.store.ts'
import type { Channel } from './partner.ts'
import { appendPending, readPending } from './pending.store.ts'
import type { Leaving, Pending } from './pending.store.ts'

/** Decides once more whether a statement may leave by this channel. One that may not is dequeued. */
export type Departure = (act: Act, leaving: Leaving, channel: Channel) => Promise<boolean>

/** The head of the extended log and the added statements. They are written when the act ends. */
export interface Sequenced {
  readonly head: LogHead
  readonly appended: readonly Pending[]
}

/** The check that each statement must pass to leave, and the channel by which it leaves. */
export interface Leave {
  readonly mayLeave: Departure
  readonly channel: Channel
}

/**
 * Sequences the pending statements of a log; null if there are none.
 * @param leave null for the national log, which stays at home
 */
export async function sequencePending(act: Act, log: string, leave: Leave | null): Promise<Sequenced | null> {
  const pending = await readPending(act.tx, log)
  return pending.length === 0 ? null : sequence(act, log, pending, leave)
}

/** Sequences pending statements that this act has read. */
export async function sequence(
  act: Act,
  log: string,
  pending: readonly Pending[],
  leave: Leave | null,
): Promise<Sequenced | null> {
  const [appended, head] = await Promise.all([leavingOf(act, pending, leave), lockHead(act.tx, log)])
  if (head === null) return null
  const extension = extend(
    head.frontier,
    appended.map((row) => row.bytes),
  )
  appendPending(act, head, { pending, appended, leaves: extension.leaves })
  moveFrontier(act, head, extension)
  return { head: { ...head, frontier: extension.frontier }, appended }
}

/** The statements that may leave, checked in order, because a decision may depend on an earlier one. */
async function leavingOf(act: Act, pending: readonly Pending[], leave: Leave | null): Promise<Pending[]> {
  if (leave === null) return [...pending]
  const leaving: Pending[] = []
  for (const row of pending) if (await leave.mayLeave(act, row, leave.channel)) leaving.push(row)
  return leaving
}
