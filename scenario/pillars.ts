/** The sentences that each pillar brings to the scenario language: one line for each. */
import { exchange } from './exchange/pillar.ts'
import type { Form } from './form.ts'
import { logistics } from './logistics/pillar.ts'

export const PILLARS: readonly (readonly Form[])[] = [exchange, logistics]
