/**
 * Log proofs after C2SP tlog-proof: a text that proves offline, to a holder of the public keys, that an entry
 * is in a log whose head others have cosigned (LOG-50 to LOG-53).
 */
import { parseDecimal, verifyCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { verifyCosignature } from './cosignature.ts'
import { decodeBase64, encodeBase64 } from '../digest.ts'
import { Malformed, decodeUtf8 } from '../json.ts'
import { HASH_SIZE_BYTES, verifyInclusion } from './merkle.ts'
import { formatNote, parseNote } from './note.ts'
import type { Note } from './note.ts'
import type { Verdict, Verifier } from '../suite.ts'

/**
 * An entry's index, its inclusion proof, the checkpoint that it leads to, and unauthenticated `extra` data.
 */
export interface LogProof {
  readonly index: number
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: Note
  readonly extra?: Uint8Array
}

/** Whom a verifier of a log proof trusts: the log, its cosigners, and how many of them must have signed. */
export interface LogTrust {
  readonly log: Verifier
  readonly cosigners: readonly Verifier[]
  readonly cosignersMin: number
}

/** What a valid log proof shows. `cosigned` maps a cosigner's name to POSIX seconds. */
export interface ProvedEntry {
  readonly index: number
  readonly checkpoint: Checkpoint
  readonly cosigned: ReadonlyMap<string, number>
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const PROOF_HASHES_MAX = 63
const EXTRA_SIZE_BYTES_MAX = 65_535

/** The bytes of a log proof file. */
export function formatLogProof({ index, proof, checkpoint, extra }: LogProof): Uint8Array {
  const lines = [
    HEADER,
    ...(extra ? [`extra ${encodeBase64(extra)}`] : []),
    `index ${index}`,
    ...proof.map(encodeBase64),
    '',
    '',
  ]
  return Buffer.concat([Buffer.from(lines.join('\n')), formatNote(checkpoint)])
}

/**
 * The log proof of exact bytes. Throws `log_proof_malformed` with the line that is wrong, or as
 * `parseNote` for the checkpoint.
 */
export function parseLogProof(bytes: Uint8Array): LogProof {
  const split = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\n\n')
  if (split < 0) throw new Malformed('log_proof_malformed', 'log proof')
  const lines = decodeUtf8(bytes.subarray(0, split), 'log proof').split('\n')
  if (lines.shift() !== HEADER) throw new Malformed('log_proof_malformed', 'header line')
  const extra = lines[0]?.startsWith('extra ') ? parseExtra(lines.shift()!) : undefined
  const indexLine = lines.shift()
  if (!indexLine?.startsWith('index ')) throw new Malformed('log_proof_malformed', 'index line')
  const index = parseDecimal(indexLine.slice('index '.length), 'log_proof_malformed', 'index line')
  if (lines.length > PROOF_HASHES_MAX) throw new Malformed('log_proof_malformed', 'proof lines')
  const proof = lines.map((line, position) => parseHash(line, `proof line ${position + 1}`))
  const checkpoint = parseNote(bytes.subarray(split + 2))
  return { index, proof, checkpoint, ...(extra ? { extra } : {}) }
}

/**
 * Proves the entry with hash `leaf`: the log's signature, then the cosignatures, then inclusion (LOG-52).
 * Cosigners that did not sign are skipped; one whose signature is wrong or incomplete refuses the whole
 * proof. Throws as `verifyCheckpoint`.
 */
export function verifyLogProof(logProof: LogProof, leaf: Uint8Array, trust: LogTrust): Verdict<ProvedEntry> {
  const checkpoint = verifyCheckpoint(logProof.checkpoint, trust.log)
  if (!checkpoint.ok) return checkpoint
  const cosigned = new Map<string, number>()
  for (const cosigner of trust.cosigners) {
    const time = verifyCosignature(logProof.checkpoint, cosigner)
    if (time.ok) cosigned.set(cosigner.name, time.value)
    else if (time.code !== 'signature_missing') return time
  }
  if (cosigned.size < trust.cosignersMin) return { ok: false, code: 'cosigners_too_few' }
  const { index, proof } = logProof
  const { size, root } = checkpoint.value
  if (!verifyInclusion({ index, size, leaf, proof, root })) return { ok: false, code: 'inclusion_invalid' }
  return { ok: true, value: { index, checkpoint: checkpoint.value, cosigned } }
}

function parseExtra(line: string): Uint8Array {
  const extra = decodeBase64(line.slice('extra '.length), 'extra line')
  if (extra.length === 0 || extra.length > EXTRA_SIZE_BYTES_MAX) {
    throw new Malformed('log_proof_malformed', 'extra line')
  }
  return extra
}

function parseHash(line: string, place: string): Uint8Array {
  const bytes = decodeBase64(line, place)
  if (bytes.length !== HASH_SIZE_BYTES) throw new Malformed('log_proof_malformed', place)
  return bytes
}
