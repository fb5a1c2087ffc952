/** Shapes that several contracts share. Instants are ISO 8601 in UTC; sizes are bytes. */
import { z } from 'zod'
import type { Immutable } from './route.ts'
import { refusals } from '#words/pillars.ts'
import type { RefusalCode } from './refusals.ts'

/** Shapes with a name in the API document, under which other shapes refer to them. */
export const SHAPES = z.registry<{ id: string }>()

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

export const CitationShape = z
  .object({ instrument: z.string(), article: z.string() })
  .register(SHAPES, { id: 'Citation' })
export const ReasonShape = z
  .object({
    code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]),
    because: z.array(CitationShape).readonly(),
  })
  .readonly()
  .register(SHAPES, { id: 'Reason' })
export const RefusalShape = z
  .object({
    refused: z.literal(true),
    reasons: z.tuple([ReasonShape], ReasonShape).readonly(),
    place: z.string().exactOptional(),
    reference: z.string().exactOptional(),
    decision: z.string().exactOptional(),
  })
  .readonly()
  .register(SHAPES, { id: 'Refusal' })

/** Whether the caller may act now: `true`, or the refusal that they would get. */
export const CanShape = z.union([z.literal(true), RefusalShape]).register(SHAPES, { id: 'Can' })

/** What the gate says about an action that has not been taken yet. A pillar adds what its form shows beside it. */
export const VerdictShape = z
  .object({
    permitted: z.boolean(),
    /** The reasons that refuse it. */
    refusals: z.array(ReasonShape).readonly(),
    /** The articles relied on. */
    because: z.array(CitationShape).readonly(),
    instrument: z.string().nullable(),
  })
  .register(SHAPES, { id: 'Verdict' })
export type Verdict = Immutable<z.infer<typeof VerdictShape>>

/** The markings of an item at its originator and at its receiver, for the console's stamps. */
export const StampsShape = z
  .object({
    originator: NationCode,
    recipient: NationCode,
    marking: z.string(),
    receiverMarking: z.string(),
  })
  .register(SHAPES, { id: 'Stamps' })

/** A page of a list: rows, the cursor of the next page, and the number of all rows. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().nullable(), total: z.int().nullable() })
}
export const PageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
}

/** An empty reply. */
export const Nothing = z.object({}).register(SHAPES, { id: 'Nothing' })
