/**
 * Verifies a link from its entries (LINK-70): recomputes both trees from the leaves, and checks every stored
 * signature and cosignature and the witnessing of the national logs. Entries are read in batches, so that a
 * long log neither blocks the event loop nor fills the memory.
 */
import { parseCheckpoint, verifyCheckpoint } from '#wire/log/checkpoint.ts'
import { verifyCosignature } from '#wire/log/cosignature.ts'
import { encodeBase64, equalBytes } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { emptyRoot, frontierRoot, leafHash, pushLeaf } from '#wire/log/merkle.ts'
import { parseNote } from '#wire/log/note.ts'
import { publicKeysOf, verifierOf } from '#wire/suite.ts'
import type { Verifier } from '#wire/suite.ts'
import type { Views } from '#node/kernel/view.ts'
import { iso } from '#node/world.ts'
import { linkSigner, nationalSigner, partnerCosigner, partnerLog, partnerNational } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { inLog, outLog } from './log.ts'
import { readWitnessed } from './witnessed.store.ts'
import { readEntries, readNotedHead } from './log.store.ts'
import type { Partner } from './partner.ts'

/** Result of one check. `check` is a stable name; `detail` holds numbers and digests. */
export interface LinkCheck {
  readonly check: string
  readonly held: boolean
  readonly detail: string
}

export interface LinkVerification {
  readonly held: boolean
  readonly checks: readonly LinkCheck[]
  readonly entries: number
}

const BATCH_ENTRIES = 500

/** Verifies both logs of a link and both national logs as far as they are stored here. */
export async function verifyLink(views: Views, keys: NodeKeys, partner: Partner): Promise<LinkVerification> {
  const { nation } = partner
  const own = verifierOf(linkSigner(keys, nation).name, publicKeysOf(keys.suite))
  const ownNational = verifierOf(nationalSigner(keys).name, publicKeysOf(keys.suite))
  const ours = await verifyLog(views, outLog(nation), 'ours', 'witnessedNote', own, partnerCosigner(partner))
  const theirs = await verifyLog(
    views,
    inLog(nation),
    'theirs',
    'checkpoint',
    partnerLog(partner, keys.nation),
    null,
  )
  const witnessed = await views.run(({ tx }) => readWitnessed(tx, nation))
  const national = witnessed
    .filter(({ note }) => note !== '')
    .flatMap(({ direction, note, size }) => {
      const isOurs = direction === 'ours'
      const checks = noteChecks(
        `national.${direction}`,
        note,
        isOurs ? ownNational : partnerNational(partner),
        isOurs ? partnerCosigner(partner) : null,
      )
      return checks.map((check) => ({ ...check, detail: `${size}` }))
    })
  const checks = [...ours.checks, ...theirs.checks, ...national]
  return { held: checks.every(({ held }) => held), checks, entries: ours.size + theirs.size }
}

async function verifyLog(
  views: Views,
  name: string,
  side: 'ours' | 'theirs',
  noteOf: 'witnessedNote' | 'checkpoint',
  log: Verifier,
  cosigner: Verifier | null,
): Promise<{ size: number; checks: LinkCheck[] }> {
  const head = await views.run((view) => readNotedHead(view.tx, name))
  if (head === null) return { size: 0, checks: [] }
  const note = head[noteOf]
  const noted = note === null ? null : checkpointOf(note)
  const computed = await recompute(views, name, head.frontier.size, noted?.size ?? 0)
  const root = frontierRoot(head.frontier)
  const checks: LinkCheck[] = [
    {
      check: `${side}.entries`,
      held: computed.altered === null && computed.count === head.frontier.size,
      detail: computed.altered === null ? `${computed.count}` : `${computed.altered}`,
    },
    { check: `${side}.root`, held: equalBytes(computed.root, root), detail: encodeBase64(computed.root) },
  ]
  if (note !== null) {
    const isRoot = noted !== null && computed.notedRoot !== null && equalBytes(computed.notedRoot, noted.root)
    checks.push({ check: `${side}.checkpoint.root`, held: isRoot, detail: `${noted?.size ?? ''}` })
    checks.push(...noteChecks(`${side}.checkpoint`, note, log, cosigner))
  }
  return { size: head.frontier.size, checks }
}

function checkpointOf(note: string): { size: number; root: Uint8Array } | null {
  try {
    return parseCheckpoint(parseNote(Buffer.from(note)).text)
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

function noteChecks(name: string, note: string, log: Verifier, cosigner: Verifier | null): LinkCheck[] {
  const checks: LinkCheck[] = []
  try {
    const parsed = parseNote(Buffer.from(note))
    const signed = verifyCheckpoint(parsed, log)
    checks.push({ check: `${name}.signature`, held: signed.ok, detail: signed.ok ? log.suite : signed.code })
    if (cosigner !== null) {
      const cosigned = verifyCosignature(parsed, cosigner)
      const detail = cosigned.ok ? iso(cosigned.value * 1000) : cosigned.code
      checks.push({ check: `${name}.cosignature`, held: cosigned.ok, detail })
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    checks.push({ check: `${name}.signature`, held: false, detail: error.code })
  }
  return checks
}

interface Recomputed {
  readonly count: number
  readonly root: Uint8Array
  /** The root at the size of the stored note; null if there are fewer entries. */
  readonly notedRoot: Uint8Array | null
  /** The first entry whose stored hash does not match its bytes. */
  readonly altered: number | null
}

async function recompute(views: Views, name: string, size: number, notedSize: number): Promise<Recomputed> {
  const hashes: Uint8Array[] = []
  let count = 0
  let altered: number | null = null
  let notedRoot: Uint8Array | null = notedSize === 0 ? emptyRoot : null
  while (count < size) {
    const from = count
    const rows = await views.run((view) =>
      readEntries(view.tx, name, from, Math.min(BATCH_ENTRIES, size - from)),
    )
    for (const row of rows) {
      const leaf = leafHash(row.bytes)
      if (row.index !== count || !equalBytes(leaf, row.leaf_hash)) altered ??= count
      pushLeaf(hashes, count, leaf)
      count += 1
      if (count === notedSize) notedRoot = frontierRoot({ size: count, hashes })
    }
    if (rows.length === 0) break
  }
  return { count, root: frontierRoot({ size: count, hashes }), notedRoot, altered }
}
