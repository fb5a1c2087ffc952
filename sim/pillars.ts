/** The pillars that provide workload and auditors to the simulator: one line for each. */
import { exchange } from './exchange/pillar.ts'
import type { SimulatedPillar } from './pillar.ts'

export const PILLARS: readonly SimulatedPillar[] = [exchange]
