/**
 * Storage of logs: entries, the frontier, and hashes of subtrees of 256 entries for proofs (LOG-10 to
 * LOG-15). Appending locks the row of the log, so that one transaction at a time extends it.
 */
import type { Selectable } from 'kysely'
import {
  frontierRoot,
  parseFrontier,
  planConsistency,
  planInclusion,
  consistencyProof,
  inclusionProof,
  serialiseFrontier,
  subtreesOf,
} from '#wire/log/merkle.ts'
import type { Frontier, ReadSubtree, SubtreeId } from '#wire/log/merkle.ts'
import { subtreeFromTile, tileOfSubtree } from '#wire/log/tile.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'
import type { Instant } from '#node/world.ts'
import { outLog } from './log.ts'
import type { Extension } from './log.ts'

/** The head of a log. */
export interface LogHead {
  readonly name: string
  readonly origin: string
  readonly frontier: Frontier
  /** The size of this log that the partner is known to hold. */
  readonly witnessedSize: number
  /** The size that the cosigned note covers; -1 if there is none. */
  readonly noteSize: number
  /** The number of entries of a partner's log that have been applied. */
  readonly applied: number
}

/** The head of a log with its notes, which are long. */
export interface NotedHead extends LogHead {
  /** The newest signed note over the log. */
  readonly checkpoint: string | null
  /** The newest note that the partner cosigned. */
  readonly witnessedNote: string | null
}

/** Maximum bytes of entries in one query. Its text is a little more than twice as long. */
const WRITTEN_BYTES_MAX = 16 * 2 ** 20

/** Creates an empty log, unless a log of that name exists. */
export async function ensureLog(tx: Tx, name: string, origin: string): Promise<void> {
  await tx
    .insertInto('log')
    .values({ name, origin, size: 0, frontier: '', witnessed_size: 0, applied: 0 })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

/** The head of a log. */
export async function readHead(reader: Reader, name: string): Promise<LogHead | null> {
  const row = await headRow(reader, name).executeTakeFirst()
  return row === undefined ? null : headOf(row)
}

/** The head of a log, whose row is locked until the act ends. */
export async function lockHead(tx: Tx, name: string): Promise<LogHead | null> {
  const row = await headRow(tx, name).forUpdate().executeTakeFirst()
  return row === undefined ? null : headOf(row)
}

function headRow(reader: Reader, name: string) {
  return reader
    .selectFrom('log')
    .select(['name', 'origin', 'size', 'frontier', 'witnessed_size', 'note_size', 'applied'])
    .where('name', '=', name)
}

/** The head of a log with its notes. */
export async function readNotedHead(reader: Reader, name: string): Promise<NotedHead | null> {
  const row = await reader.selectFrom('log').selectAll().where('name', '=', name).executeTakeFirst()
  if (row === undefined) return null
  return { ...headOf(row), checkpoint: row.checkpoint, witnessedNote: row.witnessed_note }
}

function headOf(row: Omit<Selectable<Schema['log']>, 'checkpoint' | 'witnessed_note'>): LogHead {
  return {
    name: row.name,
    origin: row.origin,
    frontier: row.size === 0 ? { size: 0, hashes: [] } : parseFrontier(row.frontier),
    witnessedSize: row.witnessed_size,
    noteSize: row.note_size,
    applied: row.applied,
  }
}

/**
 * Stores an extension of a partner's log, which the caller has locked.
 * @param checkpoint the signed note over the new size
 */
export async function storeExtension(
  act: Pick<Act, 'append' | 'change' | 'flush' | 'tx'>,
  head: LogHead,
  entries: readonly Uint8Array[],
  extension: Extension,
  checkpoint: string,
): Promise<void> {
  let writtenBytes = 0
  for (const [offset, bytes] of entries.entries()) {
    const index = head.frontier.size + offset
    act.append('log_entry', {
      log: head.name,
      index,
      bytes,
      leaf_hash: extension.leaves[offset]!,
      blobs: null,
    })
    writtenBytes += bytes.length
    if (writtenBytes < WRITTEN_BYTES_MAX) continue
    await act.flush()
    writtenBytes = 0
  }
  moveFrontier(act, head, extension, { checkpoint })
}

/** Stores the new frontier of a locked log, and the completed subtrees. */
export function moveFrontier(
  act: Pick<Act, 'append' | 'change' | 'tx'>,
  head: LogHead,
  { frontier, subtrees }: Extension,
  beside: { readonly checkpoint?: string } = {},
): void {
  for (const { level, index, hash } of subtrees)
    act.append('log_subtree', { log: head.name, level, index, hash })
  const values = { size: frontier.size, frontier: serialiseFrontier(frontier), ...beside }
  act.change(act.tx.updateTable('log').set(values).where('name', '=', head.name).compile())
}

/** Moves the cursor of a locked partner's log: `applied` entries have been applied. */
export function moveCursor(act: Pick<Act, 'change' | 'tx'>, { name }: LogHead, applied: number): void {
  act.change(act.tx.updateTable('log').set({ applied }).where('name', '=', name).compile())
}

/**
 * Records how many entries of our log the partner holds. If that is less than it once cosigned, the partner
 * was restored from an old state, and the lost entries are sent again (LINK-29).
 */
export function noteHeld(act: Pick<Act, 'change' | 'tx'>, nation: string, size: number): void {
  const log = act.tx.updateTable('log').where('name', '=', outLog(nation))
  act.change(log.set({ witnessed_size: size }).compile())
}

/** A note over our log, cosigned by the partner. */
export interface CosignedNote {
  readonly text: string
  readonly size: number
  readonly at: Instant
}

/**
 * Stores the newest cosigned note over a locked log of ours, and the time of the cosignature for its
 * statements.
 */
export function putCosigned(act: Pick<Act, 'change' | 'tx'>, head: LogHead, note: CosignedNote): void {
  const { text, size, at } = note
  const witnessed = Math.max(size, head.witnessedSize)
  act.change(
    act.tx
      .updateTable('log')
      .set({ witnessed_size: witnessed, witnessed_note: text, note_size: size, checkpoint: text })
      .where('name', '=', head.name)
      .compile(),
  )
  act.change(
    act.tx
      .updateTable('matter_statement')
      .set({ cosigned_at: at })
      .where('log', '=', head.name)
      .where('log_index', '>=', Math.max(head.noteSize, 0))
      .where('log_index', '<', size)
      .compile(),
  )
}

/** Entries of a log from index `from`. */
export async function readEntries(reader: Reader, name: string, from: number, limit: number) {
  return reader
    .selectFrom('log_entry')
    .select(['index', 'bytes', 'leaf_hash', 'blobs'])
    .where('log', '=', name)
    .where('index', '>=', from)
    .orderBy('index')
    .limit(limit)
    .execute()
}

/** The next entries of a partner's log to apply. */
export async function readUnapplied(reader: Reader, name: string, limit: number) {
  return reader
    .selectFrom('log_entry')
    .select(['index', 'bytes'])
    .where('log', '=', name)
    .where('index', '>=', (log) => log.selectFrom('log').select('applied').where('name', '=', name))
    .orderBy('index')
    .limit(limit)
    .execute()
}

/** The root of a log at `size`. At the present size the head suffices. */
export async function rootOf(reader: Reader, head: LogHead, size: number): Promise<Uint8Array> {
  return size === head.frontier.size ? frontierRoot(head.frontier) : rootAt(reader, head.name, size)
}

/** The root that a log had when it had `size` entries. */
export async function rootAt(reader: Reader, name: string, size: number): Promise<Uint8Array> {
  const wanted = size === 0 ? [] : subtreesOf(0, size)
  const read = await loadSubtrees(reader, name, size, wanted)
  return frontierRoot({ size, hashes: wanted.map(({ level, index }) => read(level, index)) })
}

/** Proof that entry `index` is in the tree of `size` entries. */
export async function proveInclusion(
  reader: Reader,
  name: string,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  const read = await loadSubtrees(reader, name, size, planInclusion(index, size).flat())
  return inclusionProof(index, size, read)
}

/** Proof that the tree of `size` entries extends the tree of `oldSize`. */
export async function proveConsistency(
  reader: Reader,
  name: string,
  oldSize: number,
  size: number,
): Promise<Uint8Array[]> {
  if (oldSize === 0 || oldSize === size) return []
  const read = await loadSubtrees(reader, name, size, planConsistency(oldSize, size).flat())
  return consistencyProof(oldSize, size, read)
}

async function loadSubtrees(
  reader: Reader,
  name: string,
  size: number,
  wanted: readonly SubtreeId[],
): Promise<ReadSubtree> {
  const tiles = new Map<string, Uint8Array>()
  for (const { level, index } of wanted) {
    const { tile } = tileOfSubtree(level, index, size)
    const key = `${tile.level}/${tile.index}`
    if (tiles.has(key)) continue
    tiles.set(key, await loadTile(reader, name, tile.level, tile.index, tile.width))
  }
  return (level, index) => {
    const slice = tileOfSubtree(level, index, size)
    return subtreeFromTile(tiles.get(`${slice.tile.level}/${slice.tile.index}`)!, slice)
  }
}

async function loadTile(
  reader: Reader,
  name: string,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array> {
  const first = index * 256
  const last = first + width
  if (level === 0) {
    const rows = await reader
      .selectFrom('log_entry')
      .select('leaf_hash')
      .where('log', '=', name)
      .where('index', '>=', first)
      .where('index', '<', last)
      .orderBy('index')
      .execute()
    return Buffer.concat(rows.map((row) => row.leaf_hash))
  }
  const rows = await reader
    .selectFrom('log_subtree')
    .select('hash')
    .where('log', '=', name)
    .where('level', '=', level)
    .where('index', '>=', first)
    .where('index', '<', last)
    .orderBy('index')
    .execute()
  return Buffer.concat(rows.map((row) => row.hash))
}
