/** The kinds of term of agreements on supplies and services, beside those of any instrument. */
import { dutyKind } from '#node/law/termKind.ts'
import type { TermKind } from '#node/law/termKind.ts'

export const LOGISTICS_TERMS: readonly TermKind[] = ['retransfer', 'settlement'].map(dutyKind)
