/** Statements about the agreements between two nations. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Text } from '../shapes.ts'

export const agreements = {
  kinds: {
    /** The profile that the author's node compiled for an instrument. */
    'agreement.declared': z.strictObject({ instrument: Text(80), profile: Text(120) }),
  },
} satisfies WirePillar
