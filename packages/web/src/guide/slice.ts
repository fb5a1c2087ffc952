/** The guide of the exercise. */
import { part } from '../slice.ts'
import type { Slice } from '../slice.ts'

export const slice: Slice = { Above: part(() => import('./Guide.tsx')) }
