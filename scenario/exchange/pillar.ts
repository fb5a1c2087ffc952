/** The sentences of the exchange of information: assurances, drafts, items and registers. */
import type { Form } from '../form.ts'
import { ASSURANCES } from './assurances.ts'
import { DRAFTS } from './drafts.ts'
import { ITEMS } from './items.ts'
import { REGISTERS } from './registers.ts'

export const exchange: readonly Form[] = [...ASSURANCES, ...DRAFTS, ...ITEMS, ...REGISTERS]
