/**
 * Statements: what one nation says to another, an entry of a link log (WIRE-1 to WIRE-7). The exact bytes are
 * hashed, stored and proved; nothing is serialised again to be checked.
 */
import { z } from 'zod'
import { KINDS } from './pillars.ts'
import type { Kind } from './pillars.ts'
import { Malformed, decodeUtf8, parseJson } from './json.ts'
import { Nation } from './nation.ts'
import { SignedAct } from './personAct.ts'

/** The limit of a log entry (C2SP tlog-tiles). */
export const STATEMENT_SIZE_BYTES_MAX = 65_535

/** Matter, statement and person ids: 32 hex digits. */
export const Id = z.string().regex(/^[0-9a-f]{32}$/)
export type Id = z.infer<typeof Id>

const Envelope = z.strictObject({
  v: z.literal(1),
  kind: z.string().max(64),
  id: Id,
  from: Nation,
  to: Nation,
  at: z.iso.datetime(),
  /** `seen`: how many statements of the other side about the matter the author had applied (WIRE-4). */
  matter: z.strictObject({ id: Id, home: Nation, seen: z.int().min(0) }).optional(),
  /** The agreement under which it is said, and the profile hash its author holds (WIRE-5). */
  agreement: z.strictObject({ instrument: z.string().max(80), profile: z.string().max(120) }).optional(),
  /** Signed acts of persons; a text is parsed only after its signature has verified (WIRE-6). */
  acts: z.array(SignedAct).max(8).optional(),
  body: z.record(z.string(), z.unknown()),
})

type EnvelopeFields = Omit<z.infer<typeof Envelope>, 'kind' | 'body'>

/** A statement whose body has the shape of its kind. */
export type Statement<K extends Kind = Kind> = {
  [Name in K]: EnvelopeFields & { kind: Name; body: z.infer<(typeof KINDS)[Name]> }
}[K]

/**
 * Writes a statement as its exact bytes.
 * @throws Malformed `too_large` if it does not fit into a log entry
 */
export function encodeStatement(statement: Statement): Uint8Array {
  const bytes = new TextEncoder().encode(JSON.stringify(statement))
  if (bytes.length > STATEMENT_SIZE_BYTES_MAX) throw new Malformed('too_large', 'statement')
  return bytes
}

/**
 * Reads a statement from exact bytes that have already been verified against a signed checkpoint.
 * @throws Malformed `too_large`, `not_utf8`, `not_json`, `statement_invalid`, `unknown_version`, `unknown_kind`
 */
export function decodeStatement(bytes: Uint8Array): Statement {
  if (bytes.length > STATEMENT_SIZE_BYTES_MAX) throw new Malformed('too_large', 'statement')
  const value = parseJson(decodeUtf8(bytes, 'statement'), 'statement')
  const version = (value as { v?: unknown } | null)?.v
  if (version !== 1) throw new Malformed('unknown_version', 'statement.v')
  const envelope = Envelope.safeParse(value)
  if (!envelope.success) throw invalid(envelope.error)
  const kind = envelope.data.kind
  if (!isKind(kind)) throw new Malformed('unknown_kind', 'statement.kind')
  const body = KINDS[kind].safeParse(envelope.data.body)
  if (!body.success) throw invalid(body.error, 'body.')
  return { ...envelope.data, kind, body: body.data } as Statement
}

/** True if the text is a kind of statement that this version knows. */
export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KINDS, kind)
}

function invalid(error: z.ZodError, prefix = ''): Malformed {
  const path = error.issues[0]?.path.join('.') ?? ''
  return new Malformed('statement_invalid', `statement.${prefix}${path}`, error)
}
