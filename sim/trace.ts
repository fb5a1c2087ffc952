/**
 * What happened in a run, as lines of facts: hashed, so that two runs can be compared, and kept for whoever
 * looks.
 */
import { createHash } from 'node:crypto'

export interface Trace {
  note(line: string): void
  /** Counts something for the check that every fault and every command occurs. */
  count(name: string): void
  /** SHA-256 over all lines so far. */
  hash(): string
  readonly lines: readonly string[]
  readonly counts: ReadonlyMap<string, number>
}

/** @param print shows each line as it is noted */
export function createTrace(print?: (line: string) => void): Trace {
  const lines: string[] = []
  const counts = new Map<string, number>()
  return {
    lines,
    counts,
    note(line) {
      lines.push(line)
      print?.(line)
    },
    count(name) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
    },
    hash: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  }
}
