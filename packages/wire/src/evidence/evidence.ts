/**
 * The evidence file of a matter: one text that proves the matter's life offline (EVI-1 to EVI-8). Here: its
 * form, its writer and reader, and the exporter's signature over its exact bytes.
 */
import { z } from 'zod'
import { SignedCard } from '../link/card.ts'
import { sha384 } from '../digest.ts'
import { Malformed, parseJson } from '../json.ts'
import { Nation } from '../nation.ts'
import { formatNote, signNote } from '../log/note.ts'
import { Id } from '../statement.ts'
import { signerOf } from '../suite.ts'
import type { SuiteKeys } from '../suite.ts'

/** The version of the form; any other is refused. */
export const EVIDENCE_FORMAT = 'entente-evidence/2'

/** The largest evidence file, in bytes. */
export const EVIDENCE_SIZE_BYTES_MAX = 8 * 1024 * 1024

const ENTRIES_MAX = 2000

/** An entry of a log: `proof` and the log's `checkpoint` together are one C2SP tlog-proof (EVI-5). */
const Entry = z.strictObject({ proof: z.string().max(8000), statement: z.string().min(2).max(65_535) })

const Log = z.strictObject({ checkpoint: z.string().max(200_000), entries: z.array(Entry).max(ENTRIES_MAX) })

const Sides = {
  format: z.literal(EVIDENCE_FORMAT),
  /** The matter, the nation that opened it, and the other one. */
  matter: z.strictObject({ id: Id, home: Nation, partner: Nation }),
  cards: z.strictObject({ home: SignedCard, other: SignedCard }),
  /** A log that has nothing cosigned yet is null. */
  logs: z.strictObject({ home: Log, other: Log.nullable() }),
  /** Exact text of the profile under which the matter was opened. */
  profile: z.string().max(200_000),
  /** Exact text of the metadata inside the seal, with its salt; null unless the exporter disclosed it. */
  opening: z.string().max(8192).nullable(),
  /** Statements about the matter that are left out because no cosigned checkpoint covers them yet. */
  pending: z.array(z.strictObject({ by: Nation, kind: z.string().max(64), statement: Id })).max(ENTRIES_MAX),
}

const EvidenceFile = z.strictObject({ ...Sides, export: z.string().max(50_000) })
export type EvidenceFile = z.infer<typeof EvidenceFile>

/** An evidence file without the exporter's signature. */
export type EvidenceParts = Omit<EvidenceFile, 'export'>

/** One of the two logs: that of the nation that opened the matter, or that of its partner. */
export type Side = 'home' | 'other'

/** The key name under which a nation signs the evidence that it exports (EVI-3). */
export function exporterName(nation: string): string {
  return `${nation.toLowerCase()}.entente/evidence`
}

/**
 * Writes an evidence file, signed by the nation that exports it at `at` (ISO 8601).
 * @throws Malformed as `readEvidence`, if the parts are not valid evidence
 */
export function writeEvidence(
  parts: EvidenceParts,
  exporter: { readonly nation: string; readonly keys: SuiteKeys; readonly at: string },
): string {
  const digest = sha384(Buffer.from(signedPart(textOf({ ...parts, export: '' }))))
  const signer = signerOf(exporterName(exporter.nation), exporter.keys)
  const note = signNote(exportText(digest, exporter.at), signer)
  const text = textOf({ ...parts, export: Buffer.from(formatNote(note)).toString('utf8') })
  readEvidence(text)
  return text
}

/**
 * Reads an evidence file in its one spelling (EVI-2). Verifies nothing.
 * @throws Malformed `too_large`, `evidence_malformed`, `evidence_spelling`, or as `parseJson`
 */
export function readEvidence(text: string): EvidenceFile {
  if (Buffer.byteLength(text) > EVIDENCE_SIZE_BYTES_MAX) throw new Malformed('too_large', 'evidence')
  const parsed = EvidenceFile.safeParse(parseJson(text, 'evidence'))
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new Malformed('evidence_malformed', `evidence.${path}`, parsed.error)
  }
  if (textOf(parsed.data) !== text) throw new Malformed('evidence_spelling', 'evidence')
  return parsed.data
}

/** The exact text that the exporter signs: everything before the last member (EVI-3). */
export function signedPart(text: string): string {
  return text.slice(0, text.lastIndexOf(LAST_MEMBER))
}

/** The text of the exporter's note. */
export function exportText(digest: string, at: string): string {
  return `entente evidence v1\n${digest}\n${at}\n`
}

// A JSON string holds no newline, so this appears nowhere else at the outermost level.
const LAST_MEMBER = ',\n  "export": '

function textOf(file: EvidenceFile): string {
  const ordered = EvidenceFile.safeParse(file)
  return `${JSON.stringify(ordered.success ? ordered.data : file, null, 2)}\n`
}
