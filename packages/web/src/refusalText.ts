/**
 * The sentence for every refusal: what is wrong, and what to do about it. A code without words does not
 * compile.
 */
import type { RefusalCode } from '#api/refusals.ts'
import { useText } from './i18n/index.ts'

/** Gives the sentence of a code in the reader's language. */
export function useRefusalText(): (code: RefusalCode) => string {
  return useText('refusals')
}
