/**
 * The observer of the network sees every byte that crosses, every checkpoint that is received, and every
 * cosignature that is returned. It parses the formats itself, so that it does not share the node's mistakes.
 */
import { Violation } from './violation.ts'

/** The parts of a checkpoint that the observer reads. */
export interface ObservedCheckpoint {
  readonly origin: string
  readonly size: number
  readonly root: string
}

export interface Observer {
  /** Checks that bytes in transit do not contain the workload's texts. */
  scan(bytes: Uint8Array, where: string): void
  /** A nation received this checkpoint. */
  recordCheckpoint(note: Uint8Array): void
  /** `by` answered that it holds this checkpoint. */
  recordHolding(by: string, note: Uint8Array): void
  /** A nation was restored from an old backup, and no longer holds what it held. */
  forgetHoldings(by: string): void
  /** No partner has stored heads of this log beyond a size, so they are no evidence. */
  forgetHeads(origin: string, beyondSize: number): void
  /** The root of every checkpoint that was received, by origin and size. */
  readonly checkpoints: ReadonlyMap<string, ReadonlyMap<number, string>>
  /** The largest size of each log that a nation said it holds, by keys such as `KR jp.entente/link/kr`. */
  readonly holdings: ReadonlyMap<string, number>
}

/** @param markers byte strings that must never cross in the clear */
export function createObserver(markers: readonly Uint8Array[]): Observer {
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
    recordCheckpoint(note) {
      const { origin, size, root } = readCheckpoint(note)
      const known = checkpoints.get(origin) ?? new Map<number, string>()
      checkpoints.set(origin, known)
      const before = known.get(size) ?? root
      if (before !== root) throw new Violation('log', `${origin} has two roots of size ${size}`)
      known.set(size, root)
    },
    recordHolding(by, note) {
      const { origin, size } = readCheckpoint(note)
      const key = `${by} ${origin}`
      holdings.set(key, Math.max(size, holdings.get(key) ?? 0))
    },
    forgetHeads(origin, beyondSize) {
      const known = checkpoints.get(origin)
      for (const size of known?.keys() ?? []) if (size > beyondSize) known?.delete(size)
    },
    forgetHoldings(by) {
      for (const key of holdings.keys()) if (key.startsWith(`${by} `)) holdings.delete(key)
    },
  }
}

/** Reads the first three lines of a note. */
export function readCheckpoint(note: Uint8Array | string): ObservedCheckpoint {
  const [origin = '', size = '', root = ''] = Buffer.from(note).toString('utf8').split('\n', 3)
  return { origin, size: Number(size), root }
}

/** The checkpoint note inside a bundle. */
export function noteOfBundle(bundle: Uint8Array): Uint8Array {
  const bytes = Buffer.from(bundle)
  const header = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1
  return bytes.subarray(header + 4, header + 4 + bytes.readUInt32BE(header))
}
