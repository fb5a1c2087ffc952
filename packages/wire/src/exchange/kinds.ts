/** What is said of information: assurances, offers and their answers, registers. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Digest, Text } from '../shapes.ts'

const AssuranceId = z.string().regex(/^[0-9a-f]{32}$/)

export const exchange = {
  kinds: {
    /** The receiver's assurance before provision (Art. 7.5), standing until it ends or is withdrawn. */
    'assurance.given': z.strictObject({
      assurance: AssuranceId,
      /** Exact text whose digest the act signs. */
      text: Text(4000),
    }),
    'assurance.withdrawn': z.strictObject({ assurance: AssuranceId }),
    'exchange.offered': z.strictObject({
      /** Exact proposal text: the acts sign its digest. */
      proposal: Text(4000),
      /** Exact manifest text of the seal. */
      manifest: Text(40_000),
    }),
    'exchange.withdrawn': z.strictObject({ control: Text(40) }),
    'exchange.accepted': z.strictObject({ control: Text(40), registered: Text(40), marking: Text(40) }),
    'exchange.refused': z.strictObject({
      control: Text(40),
      code: Text(40),
      articles: z.array(Text(40)).max(16),
    }),
    /** The final recipient's signed receipt (Art. 12(a)(3)). */
    'exchange.opened': z.strictObject({ control: Text(40), organisation: Text(80), office: Text(120) }),
    /** The author's register of this link at a moment, for reconciliation. */
    'register.stated': z.strictObject({
      /** How far the author had applied the partner's log. */
      applied: z.int().min(0),
      count: z.int().min(0),
      /** SHA-384 over the register lines in order. */
      root: Digest,
      /** It answers a statement of the other side and asks for nothing. */
      answers: z.boolean(),
      /** Lines of one part, said only after the roots differed. */
      part: z
        .strictObject({
          index: z.int().min(0),
          of: z.int().min(1).max(200),
          lines: z.array(Text(300)).max(150),
        })
        .optional(),
    }),
  },
  acts: {
    'exchange.submit': 'submit',
    'exchange.approve': 'release',
    'exchange.receipt': 'receipt',
    'assurance.give': 'assure',
    'assurance.withdraw': 'assure',
  },
} as const satisfies WirePillar
