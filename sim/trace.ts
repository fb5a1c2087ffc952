/** The trace of a run: what happened, line by line, with a hash to compare two runs. */
import { createHash } from 'node:crypto'

export interface Trace {
  note(line: string): void
  /** Counts an event, for the check that every kind of fault, command and refusal happens. */
  count(name: string): void
  /** SHA-256 over all lines so far. */
  hash(): string
  readonly lines: readonly string[]
  readonly counts: ReadonlyMap<string, number>
}

/** @param print called with each line as it is noted */
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
