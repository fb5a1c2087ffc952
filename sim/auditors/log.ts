/**
 * Logs: no gaps; hashes recomputed here match; every mirror is a prefix of its origin; every received
 * checkpoint is a head of its log; everything that was cosigned is still held.
 */
import { createHash } from 'node:crypto'
import { readCheckpoint } from '../observer.ts'
import { Violation } from '../violation.ts'
import { pairsOf } from './view.ts'
import type { EntryRow, LogRow, Network, View } from './view.ts'

export function auditLogs(network: Network): void {
  for (const view of network.views.values())
    for (const log of view.logs.values()) auditLog(network, view, log)
  for (const { here, there } of pairsOf(network)) auditMirror(network, here, there)
}

function auditLog({ observer, restored }: Network, view: View, log: LogRow): void {
  const where = `${view.nation} ${log.name}`
  const entries = view.entries.get(log.name) ?? []
  if (entries.length !== log.size)
    throw new Violation('log', `${where} has ${entries.length} of ${log.size} entries`)
  if (log.applied > log.size) throw new Violation('log', `${where} has applied more entries than it has`)
  const roots = rootsOf(where, entries)
  for (const note of [log.checkpoint, log.witnessed_note]) {
    if (note === null || note === '') continue
    const { origin, size, root } = readCheckpoint(note)
    if (origin !== log.origin || roots[size] !== root)
      throw new Violation('log', `${where}: its head ${size} differs`)
  }
  // A restored nation extends its logs before anyone sees them. The observer checks that no second head
  // reaches a partner.
  if (log.name.startsWith('in/') || restored.has(view.nation)) return
  for (const [size, root] of observer.checkpoints.get(log.origin) ?? []) {
    if (size < roots.length && roots[size] !== root) {
      throw new Violation('log', `${where}: the head of size ${size} that it sent is not its own`)
    }
  }
}

function auditMirror(network: Network, here: View, there: View): void {
  const mirror = here.entries.get(`in/${there.nation}`) ?? []
  const origin = there.entries.get(`out/${here.nation}`) ?? []
  const where = `${here.nation} in/${there.nation}`
  if (mirror.length > origin.length && !network.restored.has(there.nation)) {
    throw new Violation('log', `${where} has entries that ${there.nation} does not have`)
  }
  for (let index = 0; index < Math.min(mirror.length, origin.length); index += 1) {
    if (!Buffer.from(mirror[index]!.bytes).equals(Buffer.from(origin[index]!.bytes))) {
      throw new Violation('log', `${where} differs from its origin at ${index}`)
    }
  }
  const held =
    network.observer.holdings.get(`${here.nation} ${here.logs.get(`in/${there.nation}`)?.origin}`) ?? 0
  if (mirror.length < held)
    throw new Violation('log', `${where} has ${mirror.length} entries and cosigned ${held}`)
}

/** The root at every size, computed from the bytes according to RFC 6962. */
function rootsOf(where: string, entries: readonly EntryRow[]): string[] {
  const roots = [createHash('sha256').digest('base64')]
  // Roots of the perfect subtrees from left to right, with their heights.
  const edge: { height: number; hash: Buffer }[] = []
  for (const [index, entry] of entries.entries()) {
    if (entry.index !== index) throw new Violation('log', `${where} has no entry ${index}`)
    let node = { height: 0, hash: sha256(0, entry.bytes) }
    if (!node.hash.equals(Buffer.from(entry.leaf_hash)))
      throw new Violation('log', `${where}: leaf ${index} differs`)
    while (edge.at(-1)?.height === node.height) {
      node = { height: node.height + 1, hash: sha256(1, edge.pop()!.hash, node.hash) }
    }
    edge.push(node)
    roots.push(
      edge
        .map(({ hash }) => hash)
        .reduceRight((right, left) => sha256(1, left, right))
        .toString('base64'),
    )
  }
  return roots
}

function sha256(prefix: number, ...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256').update(Uint8Array.of(prefix))
  for (const part of parts) hash.update(part)
  return hash.digest()
}
