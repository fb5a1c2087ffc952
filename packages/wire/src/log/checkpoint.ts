/**
 * Checkpoints after C2SP tlog-checkpoint: the head of a log as the text of a signed note, and how two of
 * them relate (LOG-1 to LOG-4, LOG-30 to LOG-34).
 */
import { decodeBase64, encodeBase64, equalBytes } from '../digest.ts'
import { Malformed } from '../json.ts'
import { HASH_SIZE_BYTES, verifyConsistency } from './merkle.ts'
import { isKeyName, signNote, signNoteAsync, verifyNote } from './note.ts'
import type { Note } from './note.ts'
import type { Signer, Verdict, Verifier } from '../suite.ts'

/** The head of a log: who issues it, how many entries it has, and the root of their tree. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly extensions: readonly string[]
}

/** The origin of the log of statements from `nation` to `partner` (LOG-1). */
export function linkOrigin(nation: string, partner: string): string {
  return `${nation.toLowerCase()}.entente/link/${partner.toLowerCase()}`
}

/** The origin of the national log of `nation` (LOG-2). */
export function nationalOrigin(nation: string): string {
  return `${nation.toLowerCase()}.entente/national`
}

/** The key name with which `nation` cosigns the logs of others (LOG-3). */
export function cosignerName(nation: string): string {
  return `${nation.toLowerCase()}.entente/witness`
}

/** The note text of a checkpoint. Throws `checkpoint_malformed` if the checkpoint is not valid. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint
  checkOrigin(origin)
  if (!Number.isSafeInteger(size) || size < 0) throw new Malformed('checkpoint_malformed', 'checkpoint size')
  if (root.length !== HASH_SIZE_BYTES) throw new Malformed('checkpoint_malformed', 'checkpoint root')
  if (extensions.some((line) => line === '' || line.includes('\n'))) {
    throw new Malformed('checkpoint_malformed', 'checkpoint extensions')
  }
  return [origin, size, encodeBase64(root), ...extensions, ''].join('\n')
}

/** The checkpoint of a note text. Throws `checkpoint_malformed` or `base64_malformed` with the line. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n')
  checkOrigin(origin)
  if (rest.pop() !== '' || rest.includes('')) throw new Malformed('checkpoint_malformed', 'checkpoint lines')
  const size = parseDecimal(sizeText, 'checkpoint_malformed', 'checkpoint size')
  const root = decodeBase64(rootText, 'checkpoint root')
  if (root.length !== HASH_SIZE_BYTES) throw new Malformed('checkpoint_malformed', 'checkpoint root')
  return { origin, size, root, extensions: rest }
}

/**
 * Parses the one decimal spelling of a safe integer: no sign, no leading zero, at most 2^53 - 1.
 * Throws the given code at the given place.
 */
export function parseDecimal(text: string, code: string, place: string): number {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : NaN
  if (!Number.isSafeInteger(value)) throw new Malformed(code, place)
  return value
}

/** Signs a checkpoint with the log's own key, whose name is the origin (LOG-4). */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): Note {
  return signNote(textFor(checkpoint, signer), signer)
}

/** `signCheckpoint` on the thread pool. */
export function signCheckpointAsync(checkpoint: Checkpoint, signer: Signer): Promise<Note> {
  return signNoteAsync(textFor(checkpoint, signer), signer)
}

/**
 * The checkpoint of a note that the log signed: all lines of the log's suite verify, and the origin is the
 * key name. Refuses as `verifyNote`, or with `origin_mismatch`. Throws as `parseCheckpoint` if a validly
 * signed text is not a checkpoint.
 */
export function verifyCheckpoint(note: Note, log: Verifier): Verdict<Checkpoint> {
  const text = verifyNote(note, log)
  if (!text.ok) return text
  const checkpoint = parseCheckpoint(text.value)
  if (checkpoint.origin !== log.name) return { ok: false, code: 'origin_mismatch' }
  return { ok: true, value: checkpoint }
}

/**
 * How an offered checkpoint of a log relates to the one that is held (LOG-32 to LOG-34):
 * `same`; `extends`, proved by the consistency proof; `rollback`, a smaller tree; `fork`, the same size
 * with another root; `unproved`, larger without a proof that holds.
 */
export type Succession = 'same' | 'extends' | 'rollback' | 'fork' | 'unproved'

/** Compares two checkpoints of one origin; throws RangeError if the origins differ. */
export function successionOf(
  held: Checkpoint,
  offered: Checkpoint,
  proof: readonly Uint8Array[],
): Succession {
  if (held.origin !== offered.origin) throw new RangeError('checkpoints of two logs')
  if (isForkEvidence(held, offered)) return 'fork'
  if (offered.size === held.size) return 'same'
  if (offered.size < held.size) return 'rollback'
  const proved = verifyConsistency({
    oldSize: held.size,
    oldRoot: held.root,
    size: offered.size,
    root: offered.root,
    proof,
  })
  return proved ? 'extends' : 'unproved'
}

/** True if two validly signed checkpoints prove a fork: one origin, one size, two roots (LOG-33). */
export function isForkEvidence(a: Checkpoint, b: Checkpoint): boolean {
  return a.origin === b.origin && a.size === b.size && !equalBytes(a.root, b.root)
}

function textFor(checkpoint: Checkpoint, signer: Signer): string {
  if (signer.name !== checkpoint.origin) throw new Malformed('checkpoint_malformed', 'checkpoint origin')
  return formatCheckpoint(checkpoint)
}

function checkOrigin(origin: string): void {
  if (!isKeyName(origin)) throw new Malformed('checkpoint_malformed', 'checkpoint origin')
}
