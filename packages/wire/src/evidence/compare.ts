/** Compares two verified evidence files of one matter: finds omissions and forked logs (EVI-32). */
import { parseCheckpoint } from '../log/checkpoint.ts'
import { equalBytes } from '../digest.ts'
import { readEvidence } from './evidence.ts'
import type { EvidenceFile } from './evidence.ts'
import { fail, hold } from './findings.ts'
import type { Findings } from './findings.ts'
import { firstWordOf } from './life.ts'
import { parseLogProof } from '../log/proof.ts'
import { parseNote } from '../log/note.ts'
import { decodeStatement } from '../statement.ts'
import type { Statement } from '../statement.ts'

type FileLog = EvidenceFile['logs']['home']

interface LogEntry {
  readonly text: string
  readonly statement: Statement
}

/**
 * Compares `file` with another of the same matter, and adds what is wrong with `file` to the findings.
 * `kind` is the kind of the matter.
 */
export function compareEvidence(
  findings: Findings,
  file: EvidenceFile,
  otherText: string,
  kind: string,
): void {
  const other = readEvidence(otherText)
  const isSame =
    other.matter.id === file.matter.id &&
    other.cards.home.text === file.cards.home.text &&
    other.cards.other.text === file.cards.other.text
  if (!isSame) {
    fail(findings, 'other_file', 'against', 'other_file_of_another')
    return
  }
  for (const side of ['home', 'other'] as const) {
    const [here, there] = [file.logs[side], other.logs[side]]
    if (here !== null && there !== null) compareLogs(findings, here, there, kind)
  }
}

function compareLogs(findings: Findings, here: FileLog, there: FileLog, kind: string): void {
  const [head, otherHead] = [headOf(here), headOf(there)]
  const sizeMin = Math.min(head.size, otherHead.size)
  if (head.size === otherHead.size && !equalBytes(head.root, otherHead.root)) {
    fail(findings, 'other_file', head.origin, 'forked')
    return
  }
  const entries = entriesOf(here)
  const keys = keysIn(entries)
  for (const [index, { text, statement }] of entriesOf(there)) {
    if (index >= sizeMin) continue
    const place = `${head.origin}[${index}]`
    const own = entries.get(index)
    if (own !== undefined && own.text !== text) fail(findings, 'other_file', place, 'forked')
    else if (own === undefined && isRequired(statement, keys, kind)) {
      fail(findings, 'other_file', place, 'entry_missing_here')
    } else hold(findings, 'other_file', place)
  }
}

/** A file must not omit statements about its matter, nor the withdrawal of a key that it relies on. */
function isRequired(statement: Statement, keys: ReadonlySet<string>, kind: string): boolean {
  if (statement.kind === 'directory.withdrawn') return keys.has(statement.body.keyId)
  return firstWordOf(statement.kind) === kind
}

function keysIn(entries: ReadonlyMap<number, LogEntry>): ReadonlySet<string> {
  return new Set(
    [...entries.values()].flatMap(({ statement }) =>
      statement.kind === 'directory.entered' ? [statement.body.keyId] : [],
    ),
  )
}

function headOf(log: FileLog) {
  return parseCheckpoint(parseNote(Buffer.from(log.checkpoint)).text)
}

/** The entries of a log by their index. */
function entriesOf(log: FileLog): ReadonlyMap<number, LogEntry> {
  return new Map(
    log.entries.map(({ proof, statement: text }) => {
      const { index } = parseLogProof(Buffer.from(proof + log.checkpoint))
      return [index, { text, statement: decodeStatement(Buffer.from(text)) }]
    }),
  )
}
