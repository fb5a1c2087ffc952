/** The receiver's assurance as an exact text (Art. 7.5 (a) to (c)). */
import { z } from 'zod'
import { Nation } from '../nation.ts'
import { Instant, Text } from '../shapes.ts'

export const AssuranceText = z.strictObject({
  v: z.literal(1),
  assurance: z.string().regex(/^[0-9a-f]{32}$/),
  instrument: Text(80),
  by: Nation,
  to: Nation,
  organisation: Text(80),
  /** Receiver-side markings covered. */
  markings: z.array(Text(40)).min(1).max(8),
  purposes: z.array(Text(60)).min(1).max(16),
  from: Instant,
  until: Instant,
})
export type AssuranceText = z.infer<typeof AssuranceText>
