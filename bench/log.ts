/**
 * A log of many entries: the rate of appends, the time of a proof, and the time to verify all of it offline.
 */
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MEDIA_LIMITS, byteReader, encodeBundleHead, readBundleHead } from '#wire/link/bundle.ts'
import { linkOrigin, cosignerName, signCheckpoint, verifyCheckpoint } from '#wire/log/checkpoint.ts'
import { cosign, verifyCosignature } from '#wire/log/cosignature.ts'
import { encodeHex, equalBytes } from '#wire/digest.ts'
import { frontierRoot, leafHash, pushLeaf, verifyConsistency, verifyInclusion } from '#wire/log/merkle.ts'
import { addSignatures, formatNote, parseNote } from '#wire/log/note.ts'
import { encodeStatement } from '#wire/statement.ts'
import { generateSuiteKeys, publicKeysOf, signerOf, verifierOf } from '#wire/suite.ts'
import { extend } from '#node/federation/log.ts'
import {
  ensureLog,
  lockHead,
  proveConsistency,
  proveInclusion,
  readEntries,
  rootAt,
  storeExtension,
} from '#node/federation/log.store.ts'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { createActs } from '#node/kernel/command.ts'
import { systemWorld } from '#node/world.system.ts'
import type { Cluster } from './cluster.ts'
import { percentile, shown } from './figures.ts'
import type { Report } from './figures.ts'

/** Entries per append, the same as the courier's. */
const BATCH = 256
const PROOFS = 500
const NAME = 'out/KR'
const ORIGIN = linkOrigin('JP', 'KR')
const VERIFICATIONS = 3

const keys = generateSuiteKeys('ed25519+ml-dsa-87', (sizeBytes) => systemWorld.random(sizeBytes))
const witnessKeys = generateSuiteKeys('ed25519+ml-dsa-87', (sizeBytes) => systemWorld.random(sizeBytes))
const signer = signerOf(ORIGIN, keys)
const witness = signerOf(cosignerName('KR'), witnessKeys)

/** Measures a log of `count` entries. */
export async function measureLog(cluster: Cluster, count: number): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-log-'))
  const database = await openDatabase({ url: await cluster.emptyDatabase('bench_log'), schema: 'bench' })
  try {
    await migrate(database, systemWorld, MIGRATIONS)
    const perS = await append(database, count)
    const proofs = await prove(database, count)
    const files = await writeFiles(database, count, folder)
    const verifiedMs: number[] = []
    for (let run = 0; run < VERIFICATIONS; run += 1) verifiedMs.push(await verifyFiles(files.paths, count))
    const row = [
      shown(perS),
      ...proofs.map((timesMs) => `${shown(percentile(timesMs, 0.5))}/${shown(percentile(timesMs, 0.99))}`),
      shown(percentile(verifiedMs, 0.5) / 1000),
    ]
    return reportOf(count, row, files.sizeBytes)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function reportOf(count: number, row: string[], sizeBytes: number): Report {
  return {
    title: `A log of ${count.toLocaleString('en-US')} entries`,
    columns: ['appended/s', 'inclusion p50/p99 ms', 'consistency p50/p99 ms', 'verified offline s'],
    rows: [row],
    notes: [
      `Appended through the node’s own store in batches of ${BATCH}, each a transaction that locks the log, adds the entries and their hashes, and moves the frontier. One long run: the rate is the mean over all of it.`,
      `Proofs: ${PROOFS} at random indexes and sizes, each made from the database in one transaction, and then verified.`,
      `Verified offline: the media files of the log (${shown(sizeBytes / 2 ** 20)} MB), read with the bundle reader of wire; the root is recomputed from every entry’s exact bytes and compared at every signed checkpoint, each with the log’s signature and the partner’s cosignature, both ed25519+ml-dsa-87. Median of ${VERIFICATIONS}. The persons’ signatures within the entries are not verified.`,
    ],
  }
}

/** An acceptance as a node writes it, almost 300 bytes long. */
function entryOf(index: number): Uint8Array {
  const id = index.toString(16).padStart(32, '0')
  return encodeStatement({
    v: 1,
    kind: 'exchange.accepted',
    id,
    from: 'JP',
    to: 'KR',
    at: '2026-01-01T00:00:00.000Z',
    matter: { id, home: 'KR', seen: 1 },
    body: { control: `KR-JP-2026-${index}`, registered: `JP-2026-${index}`, marking: '極秘' },
  })
}

async function append(database: Database, count: number): Promise<number> {
  await database.transact((tx) => ensureLog(tx, NAME, ORIGIN))
  const acts = createActs({ database, world: systemWorld, nation: 'JP', announce: () => {} })
  let elapsedMs = 0
  for (let first = 0; first < count; first += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, count - first) }, (_, offset) =>
      entryOf(first + offset),
    )
    const startedMs = performance.now()
    await acts.run(async (act) => {
      const head = (await lockHead(act.tx, NAME))!
      await storeExtension(act, head, entries, extend(head.frontier, entries), '')
    })
    elapsedMs += performance.now() - startedMs
  }
  return (count * 1000) / elapsedMs
}

async function prove(database: Database, count: number): Promise<[number[], number[]]> {
  const root = await database.transact((tx) => rootAt(tx, NAME, count))
  const [inclusionMs, consistencyMs]: [number[], number[]] = [[], []]
  for (let made = 0; made < PROOFS; made += 1) {
    const index = Math.floor(Math.random() * count)
    const startedMs = performance.now()
    const proof = await database.transact((tx) => proveInclusion(tx, NAME, index, count))
    inclusionMs.push(performance.now() - startedMs)
    if (!verifyInclusion({ index, size: count, leaf: leafHash(entryOf(index)), proof, root })) {
      throw new Error(`the proof of entry ${index} does not hold`)
    }
    const oldSize = 1 + Math.floor(Math.random() * (count - 1))
    const thenMs = performance.now()
    const extension = await database.transact((tx) => proveConsistency(tx, NAME, oldSize, count))
    consistencyMs.push(performance.now() - thenMs)
    const oldRoot = await database.transact((tx) => rootAt(tx, NAME, oldSize))
    if (!verifyConsistency({ oldSize, oldRoot, size: count, root, proof: extension })) {
      throw new Error(`the proof from ${oldSize} does not hold`)
    }
  }
  return [inclusionMs, consistencyMs]
}

/** Writes the log as files for media, each with its signed and cosigned checkpoint. */
async function writeFiles(
  database: Database,
  count: number,
  folder: string,
): Promise<{ paths: string[]; sizeBytes: number }> {
  const paths: string[] = []
  let sizeBytes = 0
  for (let first = 0; first < count; first += MEDIA_LIMITS.entriesMax) {
    const size = Math.min(first + MEDIA_LIMITS.entriesMax, count)
    const rows = await database.transact((tx) => readEntries(tx, NAME, first, size - first))
    const root = await database.transact((tx) => rootAt(tx, NAME, size))
    const note = signCheckpoint({ origin: ORIGIN, size, root, extensions: [] }, signer)
    const cosigned = addSignatures(note, cosign(note.text, 1_790_000_000, witness))
    const bytes = encodeBundleHead({
      header: { from: 'JP', to: 'KR', first, count: rows.length, blobs: 0 },
      checkpoint: formatNote(cosigned),
      acknowledgement: new Uint8Array(0),
      entries: rows.map((row) => row.bytes),
    })
    const path = join(folder, `${first}.bundle`)
    const file = await open(path, 'w')
    await file.writeFile(bytes)
    await file.close()
    paths.push(path)
    sizeBytes += bytes.length
  }
  return { paths, sizeBytes }
}

/** Verifies, without a node, that every byte of every entry is under a signed and cosigned root. */
async function verifyFiles(paths: readonly string[], count: number): Promise<number> {
  const log = verifierOf(ORIGIN, publicKeysOf(keys))
  const cosigner = verifierOf(cosignerName('KR'), publicKeysOf(witnessKeys))
  const hashes: Uint8Array[] = []
  let size = 0
  const startedMs = performance.now()
  for (const path of paths) {
    const head = await readBundleHead(
      byteReader(createReadStream(path, { highWaterMark: 1 << 20 })),
      MEDIA_LIMITS,
    )
    for (const entry of head.entries) {
      pushLeaf(hashes, size, leafHash(entry))
      size += 1
    }
    const note = parseNote(head.checkpoint)
    const checkpoint = verifyCheckpoint(note, log)
    const root = frontierRoot({ size, hashes })
    if (!checkpoint.ok || checkpoint.value.size !== size || !equalBytes(checkpoint.value.root, root)) {
      throw new Error(`${path}: root ${encodeHex(root)} is not the signed one`)
    }
    if (!verifyCosignature(note, cosigner).ok) throw new Error(`${path}: the cosignature fails`)
  }
  if (size !== count) throw new Error(`${size} entries of ${count}`)
  return performance.now() - startedMs
}
