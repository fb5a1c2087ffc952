/**
 * The register of a link as lines that two nations can compare (EXC-80 to EXC-83). A line has only what both sides know
 * and must agree on. Pure.
 */
import { sha384 } from '#wire/digest.ts'
import type { Sha384 } from '#wire/digest.ts'
import type { ItemState } from '#wire/exchange/item.ts'

/** The fields of a register line. */
export interface RegisterEntry {
  readonly control: string
  readonly registered: string | null
  readonly marking: string
  readonly receiverMarking: string
  readonly payloadDigest: string
  /** As both sides fold it: an item whose content is still arriving is `offered`. */
  readonly state: ItemState
}

/** Formats a line. The digest is truncated: here it only tells copies apart; the log proves them. */
export function registerLine(entry: RegisterEntry): string {
  const digest = entry.payloadDigest.slice('sha384:'.length, 'sha384:'.length + 32)
  const { control, registered, marking, receiverMarking, state } = entry
  return [control, registered ?? '-', marking, receiverMarking, digest, state].join('|')
}

/** The sorted lines, and their digest. */
export function registerRoot(lines: readonly string[]): {
  readonly lines: readonly string[]
  readonly root: Sha384
} {
  const sorted = [...lines].sort()
  return { lines: sorted, root: sha384(Buffer.from(sorted.join('\n'))) }
}

export interface Difference {
  readonly control: string
  readonly kind: 'missing_here' | 'missing_there' | 'differs'
  readonly ours: string | null
  readonly theirs: string | null
}

/** Every difference between two registers, by control number. */
export function compareRegisters(ours: readonly string[], theirs: readonly string[]): Difference[] {
  const here = new Map(ours.map((line) => [controlOf(line), line]))
  const there = new Map(theirs.map((line) => [controlOf(line), line]))
  const controls = [...new Set([...here.keys(), ...there.keys()])].sort()
  return controls.flatMap((control): Difference[] => {
    const [one, other] = [here.get(control) ?? null, there.get(control) ?? null]
    if (one === other) return []
    const kind = one === null ? 'missing_here' : other === null ? 'missing_there' : 'differs'
    return [{ control, kind, ours: one, theirs: other }]
  })
}

function controlOf(line: string): string {
  return line.slice(0, line.indexOf('|'))
}
