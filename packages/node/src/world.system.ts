import { randomBytes } from 'node:crypto'
import type { World } from './world.ts'

/** The real clock and the operating system's entropy. */
export const systemWorld: World = {
  now: () => Date.now(),
  random: (sizeBytes) => randomBytes(sizeBytes),
}
