/** What a nation says of the law between the two. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Text } from '../shapes.ts'

export const agreements = {
  kinds: {
    /** Which profile the author's node has compiled for an instrument. */
    'agreement.declared': z.strictObject({ instrument: Text(80), profile: Text(120) }),
  },
} satisfies WirePillar
