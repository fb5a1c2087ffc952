/** Words for terms and facts: their kinds, and periods. */
import { factKinds } from '#words/agreements.ts'
import { termKinds } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { agreementWords } from './words.ts'

/** Parses `P90D` or `P1Y`; null if it is neither. */
export function parsePeriod(period: string): { count: number; unit: 'years' | 'months' | 'days' } | null {
  const found = /^P(\d{1,4})([YMD])$/.exec(period)
  if (found === null) return null
  const unit = found[2] === 'Y' ? 'years' : found[2] === 'M' ? 'months' : 'days'
  return { count: Number(found[1]), unit }
}

export interface TermWords {
  /** A kind of term. */
  term(kind: string): string
  /** A kind of fact. */
  fact(kind: string): string
  /** `P90D` → `90 days`. */
  period(period: string): string
}

/** Returns the words in the reader's language. */
export function useTermWords(): TermWords {
  const t = useText(agreementWords)
  return {
    term: useNames(termKinds),
    fact: useNames(factKinds),
    period: (text) => {
      const period = parsePeriod(text)
      return period === null ? text : t(period.unit, { count: period.count })
    },
  }
}
