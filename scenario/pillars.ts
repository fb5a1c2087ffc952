/** The pillars that provide sentences of the scenario language: one line for each. */
import { exchange } from './exchange/pillar.ts'
import type { Form } from './form.ts'
import { logistics } from './logistics/pillar.ts'

export const PILLARS: readonly (readonly Form[])[] = [exchange, logistics]
