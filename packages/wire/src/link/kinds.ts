/** What a node says of the other log itself. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Text } from '../shapes.ts'

export const link = {
  kinds: {
    /** The author could not apply an entry of the other log; it is parked there and the link goes on. */
    'entry.refused': z.strictObject({ index: z.int().min(0), code: Text(60) }),
  },
} satisfies WirePillar
