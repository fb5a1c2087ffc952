/**
 * Applies the partner's entries in order and exactly once (LINK-30 to LINK-35): the cursor moves in the same
 * transaction as the effect. An entry that cannot be applied is parked and answered with a code; later
 * entries are still applied.
 */
import { Malformed } from '#wire/json.ts'
import type { Kind } from '#wire/pillars.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import { sqlState } from '#node/kernel/databaseError.ts'
import { underSavepoint } from '#node/kernel/savepoint.store.ts'
import { readPartner } from './federation.store.ts'
import { inLog } from './log.ts'
import { lockHead, moveCursor, readUnapplied } from './log.store.ts'
import { insertParked } from './parked.store.ts'
import { say } from './say.commands.ts'

/** An entry of a partner's log. */
export interface Heard {
  readonly from: string
  readonly index: number
  readonly bytes: Uint8Array
}

/** An entry with its parsed statement, of one kind. */
export interface HeardStatement<K extends Kind> extends Heard {
  readonly statement: Extract<Statement, { kind: K }>
}

/**
 * Applies adjacent statements of one kind, no two about the same matter. Throws `Malformed` if one of them
 * cannot be applied; every entry is then tried alone.
 */
export type Handler<K extends Kind> = (act: Act, heard: readonly HeardStatement<K>[]) => Promise<void>

export type Handlers = { readonly [K in Kind]: Handler<K> }

/** A handler for a rare kind: applies one statement after another. */
export function oneByOne<K extends Kind>(
  apply: (act: Act, statement: Extract<Statement, { kind: K }>, heard: Heard) => Promise<void>,
): Handler<K> {
  return async (act, heard) => {
    for (const entry of heard) await apply(act, entry.statement, entry)
  }
}

/** The number of entries that were applied or parked, and whether more are waiting. */
export interface Applied {
  readonly applied: number
  readonly more: boolean
}

const NOTHING: Applied = { applied: 0, more: false }

/** Maximum number of entries in one transaction, as long as none fails. */
const BATCH_MAX = 64

/** Applies the next entries of a partner. */
export async function applyNext(acts: Acts, handlers: Handlers, from: string): Promise<Applied> {
  try {
    return await acts.run((act) => applyBatch(act, handlers, from, BATCH_MAX, false))
  } catch (error) {
    if (entryFault(error) === null) throw error
    return acts.run((act) => applyBatch(act, handlers, from, 1, true))
  }
}

/**
 * The fault of an entry, or null if this node is at fault. An entry is malformed, or holds a value that the
 * database rejects (a NUL in a text, a duplicate key: SQLSTATE classes 22 and 23). Other errors are thrown
 * and retried.
 */
function entryFault(error: unknown): Malformed | null {
  if (error instanceof Malformed) return error
  return /^2[23]/.test(sqlState(error) ?? '')
    ? new Malformed('content_invalid', 'statement.body', error)
    : null
}

async function applyBatch(
  act: Act,
  handlers: Handlers,
  from: string,
  limit: number,
  parks: boolean,
): Promise<Applied> {
  const [head, partner, rows] = await Promise.all([
    lockHead(act.tx, inLog(from)),
    readPartner(act.tx, from),
    readUnapplied(act.tx, inLog(from), limit),
  ])
  if (head === null || rows.length === 0) return NOTHING
  if (partner === null || partner.state !== 'open') return NOTHING
  const heard = rows.map((row) => ({ from, index: row.index, bytes: row.bytes }))
  if (parks) for (const entry of heard) await applyOrPark(act, handlers, entry)
  else await applyEntries(act, handlers, heard)
  const applied = head.applied + rows.length
  moveCursor(act, head, applied)
  act.hint({ routes: 'links', id: from })
  return { applied: rows.length, more: applied < head.frontier.size }
}

/** Applies entries in runs of one kind. */
async function applyEntries(act: Act, handlers: Handlers, entries: readonly Heard[]): Promise<void> {
  const runs = runsOf(entries.map((heard) => ({ ...heard, statement: readStatement(act, heard) })))
  for (const [index, run] of runs.entries()) {
    // A run must see what earlier runs wrote. The commit writes the last run.
    if (index > 0) await act.flush()
    const handler = handlers[run[0]!.statement.kind] as Handler<Kind>
    await handler(act, run)
  }
}

/** Parses an entry. Only entries that a verified checkpoint covers get here (LINK-31, LINK-32). */
function readStatement(act: Act, heard: Heard): Statement {
  const statement = decodeStatement(heard.bytes)
  if (statement.from !== heard.from || statement.to !== act.nation) {
    throw new Malformed('not_for_us', 'statement.from')
  }
  return statement
}

/** Splits entries into runs of one kind in which no matter occurs twice. */
function runsOf(entries: readonly HeardStatement<Kind>[]): HeardStatement<Kind>[][] {
  const runs: HeardStatement<Kind>[][] = []
  let matters = new Set<string>()
  for (const entry of entries) {
    const { kind, matter } = entry.statement
    const run = runs.at(-1)
    if (run === undefined || run[0]!.statement.kind !== kind || matters.has(matter?.id ?? '')) {
      runs.push([entry])
      matters = new Set()
    } else run.push(entry)
    if (matter !== undefined) matters.add(matter.id)
  }
  return runs
}

/** Applies one entry under a savepoint. If it fails, its effects are rolled back and its code is answered. */
async function applyOrPark(act: Act, handlers: Handlers, heard: Heard): Promise<void> {
  await underSavepoint(
    act,
    () => applyEntries(act, handlers, [heard]),
    async (error) => {
      const fault = entryFault(error)
      if (fault === null) throw error
      await park(act, heard, fault)
    },
  )
}

async function park(act: Act, { from, index, bytes }: Heard, { code, place }: Malformed): Promise<void> {
  await insertParked(act, { nation: from, index, code, place })
  if (!isAnswer(bytes)) await say(act, from, { kind: 'entry.refused', body: { index, code } })
}

/** True for an answer. Answers are never answered, or two nodes would answer each other for ever. */
function isAnswer(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes('"kind":"entry.refused"')
}
