/** 국가 간 협정. */
import type { agreements as english } from '../en/agreements.ts'

export const agreements: Record<keyof typeof english, string> = {
  agreementsTitle: '협정',
}
