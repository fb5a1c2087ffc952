/**
 * What an observer of the network sees: every byte that crosses, every checkpoint that reaches somebody,
 * every cosignature that is answered. It reads the formats by itself, so that it does not share the node's
 * mistakes.
 */
import { Violation } from './violation.ts'

/** A checkpoint as far as the observer reads it. */
export interface SeenCheckpoint {
  readonly origin: string
  readonly size: number
  readonly root: string
}

export interface Seen {
  /** Looks for the workload's texts in bytes that cross. */
  scan(bytes: Uint8Array, where: string): void
  /** A checkpoint of a log reached somebody. */
  checkpoint(note: Uint8Array): void
  /** `by` answered that it holds this checkpoint. */
  held(by: string, note: Uint8Array): void
  /** A nation was put back to an old backup: it does not hold what it held. */
  forgetHeld(by: string): void
  /** Heads of a log beyond a size were never stored by anyone who is still there: nobody can hold them against it. */
  forgetHeads(origin: string, beyondSize: number): void
  /** Every checkpoint that reached somebody, by origin and size. */
  readonly checkpoints: ReadonlyMap<string, ReadonlyMap<number, string>>
  /** The largest size of each log that a nation said it holds: `KR jp.entente/link/kr`. */
  readonly holdings: ReadonlyMap<string, number>
}

/** @param markers byte strings that must never cross in the clear */
export function createSeen(markers: readonly Uint8Array[]): Seen {
  const checkpoints = new Map<string, Map<number, string>>()
  const holdings = new Map<string, number>()
  return {
    checkpoints,
    holdings,
    scan(bytes, where) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      for (const marker of markers) {
        if (buffer.includes(marker))
          throw new Violation('plaintext', `content crosses in the clear: ${where}`)
      }
    },
    checkpoint(note) {
      const { origin, size, root } = readCheckpoint(note)
      const known = checkpoints.get(origin) ?? new Map<number, string>()
      checkpoints.set(origin, known)
      const before = known.get(size) ?? root
      if (before !== root) throw new Violation('log', `${origin} has two roots of size ${size}`)
      known.set(size, root)
    },
    held(by, note) {
      const { origin, size } = readCheckpoint(note)
      const key = `${by} ${origin}`
      holdings.set(key, Math.max(size, holdings.get(key) ?? 0))
    },
    forgetHeads(origin, beyondSize) {
      const known = checkpoints.get(origin)
      for (const size of known?.keys() ?? []) if (size > beyondSize) known?.delete(size)
    },
    forgetHeld(by) {
      for (const key of holdings.keys()) if (key.startsWith(`${by} `)) holdings.delete(key)
    },
  }
}

/** Reads the first three lines of a note. */
export function readCheckpoint(note: Uint8Array | string): SeenCheckpoint {
  const [origin = '', size = '', root = ''] = Buffer.from(note).toString('utf8').split('\n', 3)
  return { origin, size: Number(size), root }
}

/** The checkpoint note inside a bundle. */
export function noteOfBundle(bundle: Uint8Array): Uint8Array {
  const bytes = Buffer.from(bundle)
  const header = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1
  return bytes.subarray(header + 4, header + 4 + bytes.readUInt32BE(header))
}
