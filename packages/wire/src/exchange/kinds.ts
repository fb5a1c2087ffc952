/** Statements about information: assurances, offers and their answers, registers; and the evidence of an item. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Digest, Text } from '../shapes.ts'
import { itemEvidence } from './evidence/item.ts'

const AssuranceId = z.string().regex(/^[0-9a-f]{32}$/)

export const exchange = {
  kinds: {
    /** The receiver's assurance before provision (Art. 7.5), in force until it ends or is withdrawn. */
    'assurance.given': z.strictObject({
      assurance: AssuranceId,
      /** Exact text; the signed act is over its digest. */
      text: Text(4000),
    }),
    'assurance.withdrawn': z.strictObject({ assurance: AssuranceId }),
    'exchange.offered': z.strictObject({
      /** Exact proposal text; the signed acts are over its digest. */
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
    'exchange.receipted': z.strictObject({ control: Text(40), organisation: Text(80), office: Text(120) }),
    /** The author's register of this link at one moment, for reconciliation. */
    'register.stated': z.strictObject({
      /** How many entries of the partner's log the author had applied. */
      applied: z.int().min(0),
      count: z.int().min(0),
      /** SHA-384 over the register lines in order. */
      root: Digest,
      /** True if this answers the other side's statement and asks for no answer. */
      answers: z.boolean(),
      /** Register lines of one part, stated only after the roots differed. */
      part: z
        .strictObject({
          index: z.int().min(0),
          of: z.int().min(1).max(200),
          lines: z.array(Text(300)).max(150),
        })
        .optional(),
    }),
  },
  /** The signed acts by which a person binds the nation, each with the authority that it needs. */
  acts: {
    'exchange.submit': 'submit',
    'exchange.approve': 'release',
    'exchange.receipt': 'receipt',
    'assurance.give': 'assure',
    'assurance.withdraw': 'assure',
  },
  matters: { exchange: itemEvidence },
} as const satisfies WirePillar
