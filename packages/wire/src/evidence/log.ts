/**
 * A log in an evidence file: its head is signed by its nation and cosigned by the other, and each entry is
 * proved to be in the log before it is read (EVI-10 to EVI-14).
 */
import { linkOrigin, cosignerName, verifyCheckpoint } from '../log/checkpoint.ts'
import { verifyCosignature } from '../log/cosignature.ts'
import type { EvidenceFile, Side } from './evidence.ts'
import { attempt, expectThat, fail, hold } from './findings.ts'
import type { Findings } from './findings.ts'
import { parseLogProof } from '../log/proof.ts'
import { leafHash, verifyInclusion } from '../log/merkle.ts'
import { parseNote } from '../log/note.ts'
import { decodeStatement } from '../statement.ts'
import type { Statement } from '../statement.ts'
import { verifierOf } from '../suite.ts'
import type { SuitePublicKeys } from '../suite.ts'

/** A statement that is proved to be in a log. */
export interface ProvedStatement {
  readonly side: Side
  readonly index: number
  readonly statement: Statement
  readonly place: string
}

/** A log whose head verifies, with the statements that are proved to be in it, by index. */
export interface ProvedLog {
  readonly side: Side
  readonly nation: string
  readonly partner: string
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** POSIX seconds, by the partner's clock. */
  readonly cosignedAt: number
  readonly statements: readonly ProvedStatement[]
}

/** Whose log it is, who cosigns it, and the keys of both. */
export interface LogKeys {
  readonly nation: string
  readonly partner: string
  readonly own: SuitePublicKeys
  readonly partners: SuitePublicKeys
}

type FileLog = EvidenceFile['logs']['home']

/** Proves a log and its entries in the file; null if the head does not verify. */
export function proveLog(findings: Findings, side: Side, log: FileLog, keys: LogKeys): ProvedLog | null {
  const head = proveHead(findings, log.checkpoint, keys)
  if (head === null) return null
  const statements: ProvedStatement[] = []
  let before = -1
  const seen = new Set<string>()
  for (const [position, entry] of log.entries.entries()) {
    const place = `logs.${side}.entries.${position}`
    const index = proveEntry(findings, log.checkpoint, entry, head, place)
    if (index === null) continue
    const named = `${head.origin}[${index}]`
    expectThat(findings, index > before, 'order', named, 'index_not_increasing')
    before = index
    const bytes = Buffer.from(entry.statement)
    const statement = attempt(findings, 'statement', named, 'statement_malformed', () =>
      decodeStatement(bytes),
    )
    if (statement === null) continue
    const directed = statement.from === keys.nation && statement.to === keys.partner
    if (!expectThat(findings, directed, 'statement', named, 'wrong_direction')) continue
    if (seen.has(statement.id)) fail(findings, 'order', named, 'statement_repeated')
    seen.add(statement.id)
    statements.push({ side, index, statement, place: named })
  }
  return { side, nation: keys.nation, partner: keys.partner, ...head, statements }
}

interface Head {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly cosignedAt: number
}

/**
 * The head, if it is signed with every algorithm of its nation's suite and cosigned with every one of the
 * partner's.
 */
function proveHead(findings: Findings, checkpoint: string, keys: LogKeys): Head | null {
  const origin = linkOrigin(keys.nation, keys.partner)
  const note = attempt(findings, 'checkpoint', origin, 'checkpoint_invalid', () =>
    parseNote(Buffer.from(checkpoint)),
  )
  if (note === null) return null
  const signed = attempt(findings, 'checkpoint', origin, 'checkpoint_invalid', () =>
    verifyCheckpoint(note, verifierOf(origin, keys.own)),
  )
  if (signed === null) return null
  if (!signed.ok) {
    fail(findings, 'checkpoint', origin, 'checkpoint_invalid', signed.code)
    return null
  }
  hold(findings, 'checkpoint', origin)
  const cosigned = verifyCosignature(note, verifierOf(cosignerName(keys.partner), keys.partners))
  if (!cosigned.ok) {
    const fault = cosigned.code === 'signature_missing' ? 'cosignature_missing' : 'cosignature_invalid'
    fail(findings, 'cosignature', origin, fault, cosigned.code)
    return null
  }
  hold(findings, 'cosignature', origin)
  const { size, root } = signed.value
  return { origin, size, root, cosignedAt: cosigned.value }
}

/** The index of an entry, if its inclusion is proved from its exact bytes. */
function proveEntry(
  findings: Findings,
  checkpoint: string,
  entry: FileLog['entries'][number],
  head: Head,
  place: string,
): number | null {
  const read = attempt(findings, 'inclusion', place, 'proof_malformed', () =>
    parseLogProof(Buffer.from(entry.proof + checkpoint)),
  )
  if (read === null) return null
  const leaf = leafHash(Buffer.from(entry.statement))
  const { index, proof } = read
  const included = verifyInclusion({ index, size: head.size, leaf, proof, root: head.root })
  const named = `${head.origin}[${index}]`
  return expectThat(findings, included, 'inclusion', named, 'inclusion_invalid') ? index : null
}
