/**
 * Cosignatures after C2SP cosignature/v1, with every algorithm of the cosigner's suite: the cosigner has
 * checked that the checkpoint extends the one that it held of that log (LOG-40 to LOG-42).
 */
import { Malformed } from '../json.ts'
import { keyIdOf, verifierLines } from './note.ts'
import type { Note, NoteSignature } from './note.ts'
import { signBytes, signBytesAsync, verifyBytes } from '../suite.ts'
import type { KeyPair, Signer, Verdict, Verifier } from '../suite.ts'

const TIME_SIZE_BYTES = 8

/** The message that a cosigner signs: two header lines and the note text. `time` is POSIX seconds. */
export function cosignatureMessage(text: string, time: number): Uint8Array {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
}

/** Cosigns a checkpoint's note text at `time` (POSIX seconds): one line for each algorithm of the suite. */
export function cosign(text: string, time: number, signer: Signer): NoteSignature[] {
  const message = cosignatureMessage(text, checkedTime(time))
  return signer.keys.pairs.map((pair) => lineOf(signer, pair, time, signBytes(pair, 'cosignature', message)))
}

/** `cosign` on the thread pool. */
export async function cosignAsync(text: string, time: number, signer: Signer): Promise<NoteSignature[]> {
  const message = cosignatureMessage(text, checkedTime(time))
  return Promise.all(
    signer.keys.pairs.map(async (pair) =>
      lineOf(signer, pair, time, await signBytesAsync(pair, 'cosignature', message)),
    ),
  )
}

/**
 * The time in POSIX seconds at which the cosigner signed this note, once every line of its suite has
 * verified. Refuses with `signature_missing`, `suite_downgraded`, `signature_invalid`, or `time_mismatch`
 * if the lines of one suite name different times.
 */
export function verifyCosignature(note: Note, cosigner: Verifier): Verdict<number> {
  const lines = verifierLines(note, cosigner, 'cosignature')
  if (!lines.ok) return lines
  const times = new Set<number>()
  for (const { key, signature } of lines.value) {
    const time = timeOf(signature)
    if (time === undefined) return { ok: false, code: 'signature_invalid' }
    const message = cosignatureMessage(note.text, time)
    if (!verifyBytes(key, 'cosignature', message, signature.subarray(TIME_SIZE_BYTES))) {
      return { ok: false, code: 'signature_invalid' }
    }
    times.add(time)
  }
  const [time, ...others] = times
  if (time === undefined || others.length > 0) return { ok: false, code: 'time_mismatch' }
  return { ok: true, value: time }
}

function lineOf(signer: Signer, pair: KeyPair, time: number, signature: Uint8Array): NoteSignature {
  const stamp = Buffer.alloc(TIME_SIZE_BYTES)
  stamp.writeBigUInt64BE(BigInt(time))
  return {
    name: signer.name,
    keyId: keyIdOf(signer.name, 'cosignature', pair.publicKey),
    signature: Buffer.concat([stamp, signature]),
  }
}

function timeOf(signature: Uint8Array): number | undefined {
  if (signature.length <= TIME_SIZE_BYTES) return undefined
  const time = Number(Buffer.from(signature.subarray(0, TIME_SIZE_BYTES)).readBigUInt64BE())
  return Number.isSafeInteger(time) ? time : undefined
}

function checkedTime(time: number): number {
  if (!Number.isSafeInteger(time) || time < 0) throw new Malformed('cosignature_time_malformed', 'time')
  return time
}
