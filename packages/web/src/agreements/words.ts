/** The words for what terms and facts name by codes: kinds, categories, purposes, rules, periods. */
import { texts } from '../i18n/texts.ts'
import type { TextKey } from '../i18n/texts.ts'
import { useText } from '../i18n/index.ts'

type Key = TextKey<'agreements'>

function isKey(key: string): key is Key {
  return key in texts.en.agreements
}

/** `missile_launch` → `missile launch`, for a code that has no words here. */
export function plainCode(code: string): string {
  return code.replaceAll(/[_-]+/g, ' ')
}

/** Reads `P90D` or `P1Y`; null when it is neither. */
export function parsePeriod(period: string): { count: number; unit: 'years' | 'months' | 'days' } | null {
  const found = /^P(\d{1,4})([YMD])$/.exec(period)
  if (found === null) return null
  const unit = found[2] === 'Y' ? 'years' : found[2] === 'M' ? 'months' : 'days'
  return { count: Number(found[1]), unit }
}

export interface Words {
  /** A category or purpose. */
  word(code: string): string
  /** A kind of term. */
  term(kind: string): string
  /** A kind of fact. */
  fact(kind: string): string
  /** A rule or requirement within a term. */
  rule(code: string): string
  /** `P90D` → `90 days`. */
  period(period: string): string
}

/** Gives the words in the reader's language; a code without words is shown plainly. */
export function useWords(): Words {
  const t = useText('agreements')
  const named = (key: string, code: string): string => (isKey(key) ? t(key) : plainCode(code))
  return {
    word: (code) => named(`word_${code}`, code),
    term: (kind) => named(`term_${kind}`, kind),
    fact: (kind) => (kind === 'signed' ? t('factSigned') : named(kind, kind)),
    rule: (code) => (code === 'not_concluded' ? t('entry_not_concluded') : named(code, code)),
    period: (text) => {
      const period = parsePeriod(text)
      return period === null ? text : t(period.unit, { count: period.count })
    },
  }
}
