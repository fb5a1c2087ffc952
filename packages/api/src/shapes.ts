/** Shapes that several contracts share. Instants are ISO 8601 in UTC; sizes are bytes. */
import { z } from 'zod'
import { GATE_CODES, NODE_CODES } from './refusals.ts'

export const NationCode = z.string().regex(/^[A-Z]{2}$/)
export const Instant = z.iso.datetime()

/** One line of text without control, bidirectional or invisible characters. */
export const Line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]+$/u)
    .regex(/^\S(?:.*\S)?$/u)

export const CitationShape = z.object({ instrument: z.string(), article: z.string() })
export const ReasonShape = z.object({
  code: z.enum([...GATE_CODES, ...NODE_CODES]),
  because: z.array(CitationShape),
})
export const RefusalShape = z.object({
  refused: z.literal(true),
  reasons: z.array(ReasonShape).min(1),
  place: z.string().optional(),
  decision: z.string().optional(),
})

/** Whether the caller may do an act now: `true`, or the refusal they would get. */
export const CanShape = z.union([z.literal(true), RefusalShape])

/** What the gate says of an act before it is done. */
export const VerdictShape = z.object({
  /** Nothing but what is still pending stands in the way. */
  permitted: z.boolean(),
  /** What refuses it. */
  refusals: z.array(ReasonShape),
  /** What is still awaited: approvals, an assurance. */
  pending: z.array(ReasonShape),
  /** The articles relied on. */
  because: z.array(CitationShape),
  instrument: z.string().nullable(),
  /** Markings it may bear at the receiver; more than one needs a choice. */
  receiverMarkings: z.array(z.string()),
  /** What the outer envelope will show. */
  outside: z.object({ from: NationCode, to: NationCode, organisation: z.string() }),
  approvalsNeeded: z.int(),
  assuranceUntil: Instant.nullable(),
})
export type Verdict = z.infer<typeof VerdictShape>

/** Both markings, as stamps. */
export const StampsShape = z.object({
  originator: NationCode,
  recipient: NationCode,
  marking: z.string(),
  receiverMarking: z.string(),
})

/** A list page: rows and where the next one starts. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().nullable(), total: z.int().nullable() })
}
export const PageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
}
