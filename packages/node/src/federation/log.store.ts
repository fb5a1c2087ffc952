/**
 * Logs as rows: entries, the right edge, and the hashes of the subtrees of 256 from which proofs are made
 * (LOG-10 to LOG-15). Appending takes the row of the log, so that one transaction at a time extends it.
 */
import {
  frontierRoot,
  parseFrontier,
  planConsistency,
  planInclusion,
  consistencyProof,
  inclusionProof,
  serialiseFrontier,
  subtreesOf,
} from '#wire/merkle.ts'
import type { Frontier, ReadSubtree, SubtreeId } from '#wire/merkle.ts'
import { subtreeFromTile, tileOfSubtree } from '#wire/tile.ts'
import type { Tx } from '../kernel/database.ts'
import type { Extension } from './log.ts'

/** A log as its row says. `witnessedSize` is how far the partner is known to be; `applied` counts the entries of a partner's log that have had their effect. */
export interface LogHead {
  readonly name: string
  readonly origin: string
  readonly frontier: Frontier
  readonly checkpoint: string | null
  readonly witnessedSize: number
  readonly witnessedNote: string | null
  /** The size that `witnessedNote` is about; -1 when there is none. */
  readonly noteSize: number
  readonly applied: number
}

/** Rows written by one query. */
const ROWS_MAX = 2000

/** Creates a log that has no entries, if there is none of that name. */
export async function ensureLog(tx: Tx, name: string, origin: string): Promise<void> {
  await tx
    .insertInto('log')
    .values({ name, origin, size: 0, frontier: '', witnessed_size: 0, applied: 0 })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

/** The head of a log; `lock` keeps every other writer away until the act ends. */
export async function readHead(tx: Tx, name: string, lock: 'lock' | 'look'): Promise<LogHead | null> {
  const query = tx.selectFrom('log').selectAll().where('name', '=', name)
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) return null
  return {
    name,
    origin: row.origin,
    frontier: row.size === 0 ? { size: 0, hashes: [] } : parseFrontier(row.frontier),
    checkpoint: row.checkpoint,
    witnessedSize: row.witnessed_size,
    witnessedNote: row.witnessed_note,
    noteSize: row.witnessed_note === null ? -1 : Number(row.witnessed_note.split('\n', 2)[1]),
    applied: row.applied,
  }
}

/** What is stored with an extension beside its entries. */
export interface Extending {
  /** For each entry the digests of the content that it names, as JSON; in our own logs. */
  readonly blobs?: readonly (string | null)[]
  /** The signed note over the size that the log has then; in a partner's. */
  readonly checkpoint?: string
}

/** Stores an extension of a locked log. */
export async function storeExtension(
  tx: Tx,
  head: LogHead,
  entries: readonly Uint8Array[],
  extension: Extension,
  { blobs = [], checkpoint }: Extending = {},
): Promise<void> {
  const first = head.frontier.size
  if (entries.length > 0) {
    const rows = entries.map((bytes, place) => ({
      log: head.name,
      index: first + place,
      bytes,
      leaf_hash: extension.leaves[place]!,
      blobs: blobs[place] ?? null,
    }))
    // A query has at most 65,535 parameters; a bundle on media may have more entries than fit.
    for (let at = 0; at < rows.length; at += ROWS_MAX) {
      await tx
        .insertInto('log_entry')
        .values(rows.slice(at, at + ROWS_MAX))
        .execute()
    }
  }
  if (extension.subtrees.length > 0) {
    const rows = extension.subtrees.map(({ level, index, hash }) => ({ log: head.name, level, index, hash }))
    await tx.insertInto('log_subtree').values(rows).execute()
  }
  await tx
    .updateTable('log')
    .set({
      size: extension.frontier.size,
      frontier: serialiseFrontier(extension.frontier),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    })
    .where('name', '=', head.name)
    .execute()
}

/** Entries of a log from an index on. */
export async function readEntries(tx: Tx, name: string, from: number, limit: number) {
  return tx
    .selectFrom('log_entry')
    .select(['index', 'bytes', 'leaf_hash', 'blobs'])
    .where('log', '=', name)
    .where('index', '>=', from)
    .orderBy('index')
    .limit(limit)
    .execute()
}

/** The root of a log at `size`; at its present size the head has all that is needed. */
export async function rootOf(tx: Tx, head: LogHead, size: number): Promise<Uint8Array> {
  return size === head.frontier.size ? frontierRoot(head.frontier) : rootAt(tx, head.name, size)
}

/** The root that a log had when it had `size` entries. */
export async function rootAt(tx: Tx, name: string, size: number): Promise<Uint8Array> {
  const wanted = size === 0 ? [] : subtreesOf(0, size)
  const read = await loadSubtrees(tx, name, size, wanted)
  return frontierRoot({ size, hashes: wanted.map(({ level, index }) => read(level, index)) })
}

/** Proof that entry `index` is in the tree of `size` entries. */
export async function proveInclusion(
  tx: Tx,
  name: string,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  const read = await loadSubtrees(tx, name, size, planInclusion(index, size).flat())
  return inclusionProof(index, size, read)
}

/** Proof that the tree of `size` entries extends the tree of `oldSize`. */
export async function proveConsistency(
  tx: Tx,
  name: string,
  oldSize: number,
  size: number,
): Promise<Uint8Array[]> {
  if (oldSize === 0 || oldSize === size) return []
  const read = await loadSubtrees(tx, name, size, planConsistency(oldSize, size).flat())
  return consistencyProof(oldSize, size, read)
}

async function loadSubtrees(
  tx: Tx,
  name: string,
  size: number,
  wanted: readonly SubtreeId[],
): Promise<ReadSubtree> {
  const tiles = new Map<string, Uint8Array>()
  for (const { level, index } of wanted) {
    const { tile } = tileOfSubtree(level, index, size)
    const key = `${tile.level}/${tile.index}`
    if (tiles.has(key)) continue
    tiles.set(key, await loadTile(tx, name, tile.level, tile.index, tile.width))
  }
  return (level, index) => {
    const slice = tileOfSubtree(level, index, size)
    return subtreeFromTile(tiles.get(`${slice.tile.level}/${slice.tile.index}`)!, slice)
  }
}

async function loadTile(
  tx: Tx,
  name: string,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array> {
  const first = index * 256
  const last = first + width
  if (level === 0) {
    const rows = await tx
      .selectFrom('log_entry')
      .select('leaf_hash')
      .where('log', '=', name)
      .where('index', '>=', first)
      .where('index', '<', last)
      .orderBy('index')
      .execute()
    return Buffer.concat(rows.map((row) => row.leaf_hash))
  }
  const rows = await tx
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
