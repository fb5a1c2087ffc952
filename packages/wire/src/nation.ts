/** Nations by their ISO 3166-1 alpha-2 code. */
import { z } from 'zod'

/** Two capital letters, for example `JP`. */
export const Nation = z.string().regex(/^[A-Z]{2}$/)
export type Nation = z.infer<typeof Nation>
