/** Recorded decisions of the gate. */
import { z } from 'zod'
import { route } from './route.ts'
import { CitationShape, Instant, ReasonShape } from './shapes.ts'

const DecisionShape = z.object({
  id: z.string(),
  action: z.string(),
  actor: z.string(),
  at: Instant,
  permitted: z.boolean(),
  reasons: z.array(ReasonShape),
  because: z.array(CitationShape).readonly(),
  profile: z.string().nullable(),
  policy: z.string(),
  inputs: z.unknown(),
  /** The decision replayed now, from the stored inputs and policies. */
  replay: z.object({ same: z.boolean() }),
})

export const decisions = {
  explain: route({
    name: 'decisions.explain',
    method: 'GET',
    path: '/api/decisions/:decision',
    summary: 'A recorded decision, and its replay from what was stored.',
    access: 'person',
    input: z.object({ decision: z.string().max(64) }),
    reply: DecisionShape,
    refusals: ['not_permitted', 'not_found'],
  }),
} as const
