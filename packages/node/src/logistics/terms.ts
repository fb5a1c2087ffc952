/** The kinds of term that agreements on supplies and services have beside those of every instrument. */
import { dutyKind } from '#node/law/termKind.ts'
import type { TermKind } from '#node/law/termKind.ts'

export const LOGISTICS_TERMS: readonly TermKind[] = ['retransfer', 'settlement'].map(dutyKind)
