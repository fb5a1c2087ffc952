/** 国家間の協定。 */
import type { agreements as english } from '../en/agreements.ts'

export const agreements: Record<keyof typeof english, string> = {
  agreementsTitle: '協定',
}
