/** What a nation says of the law between the two. */
import { z } from 'zod'
import { Text } from '../shapes.ts'

export const agreementKinds = {
  /** Which profile the author's node has compiled for an instrument. */
  'agreement.declared': z.strictObject({ instrument: Text(80), profile: Text(120) }),
}
