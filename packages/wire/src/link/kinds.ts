/** Statements about the partner's log itself. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Text } from '../shapes.ts'

export const link = {
  kinds: {
    /** The author could not apply an entry of the partner's log and parked it; the link continues. */
    'entry.refused': z.strictObject({ index: z.int().min(0), code: Text(60) }),
  },
} satisfies WirePillar
