/** The pillars of this node. */
import { agreements } from './agreements/agreements.ts'
import { exchange } from './exchange/exchange.ts'
import { logistics } from './logistics/logistics.ts'
import type { PillarDefinition } from './pillar.ts'

export const PILLARS: readonly PillarDefinition[] = [agreements, exchange, logistics]
