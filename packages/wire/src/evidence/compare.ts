/**
 * Two evidence files of one item beside each other: what one of them leaves out, and a log that was shown
 * with two histories (EVI-32). Both have been verified before.
 */
import { parseCheckpoint } from '../log/checkpoint.ts'
import { equalBytes } from '../digest.ts'
import { readEvidence } from './evidence.ts'
import type { EvidenceFile } from './evidence.ts'
import { fail, hold } from './report.ts'
import type { Findings } from './report.ts'
import { parseLogProof } from '../log/proof.ts'
import { parseNote } from '../log/note.ts'
import { decodeStatement } from '../statement.ts'
import type { Statement } from '../statement.ts'

type FileLog = EvidenceFile['logs']['home']

interface Placed {
  readonly text: string
  readonly statement: Statement
}

/** Compares a file with another of the same item; says of the first what is wrong with it. */
export function compareEvidence(findings: Findings, file: EvidenceFile, otherText: string): void {
  const other = readEvidence(otherText)
  const isSame =
    other.item.id === file.item.id &&
    other.cards.home.text === file.cards.home.text &&
    other.cards.other.text === file.cards.other.text
  if (!isSame) {
    fail(findings, 'other_file', 'against', 'other_file_of_another')
    return
  }
  for (const side of ['home', 'other'] as const) {
    const [here, there] = [file.logs[side], other.logs[side]]
    if (here !== null && there !== null) compareLogs(findings, here, there)
  }
}

function compareLogs(findings: Findings, here: FileLog, there: FileLog): void {
  const [head, otherHead] = [headOf(here), headOf(there)]
  const sizeMin = Math.min(head.size, otherHead.size)
  if (head.size === otherHead.size && !equalBytes(head.root, otherHead.root)) {
    fail(findings, 'other_file', head.origin, 'forked')
    return
  }
  const placed = placesOf(here)
  const keys = keysIn(placed)
  for (const [index, { text, statement }] of placesOf(there)) {
    if (index >= sizeMin) continue
    const place = `${head.origin}[${index}]`
    const own = placed.get(index)
    if (own !== undefined && own.text !== text) fail(findings, 'other_file', place, 'forked')
    else if (own === undefined && matters(statement, keys)) {
      fail(findings, 'other_file', place, 'entry_missing_here')
    } else hold(findings, 'other_file', place)
  }
}

/** What a file of this item must not leave out: what is about it, and the end of a key that it relies on. */
function matters(statement: Statement, keys: ReadonlySet<string>): boolean {
  if (statement.kind === 'directory.withdrawn') return keys.has(statement.body.keyId)
  return statement.kind.startsWith('exchange.')
}

function keysIn(placed: ReadonlyMap<number, Placed>): ReadonlySet<string> {
  return new Set(
    [...placed.values()].flatMap(({ statement }) =>
      statement.kind === 'directory.entered' ? [statement.body.keyId] : [],
    ),
  )
}

function headOf(log: FileLog) {
  return parseCheckpoint(parseNote(Buffer.from(log.checkpoint)).text)
}

function placesOf(log: FileLog): ReadonlyMap<number, Placed> {
  return new Map(
    log.entries.map(({ proof, statement: text }) => {
      const { index } = parseLogProof(Buffer.from(proof + log.checkpoint))
      return [index, { text, statement: decodeStatement(Buffer.from(text)) }]
    }),
  )
}
