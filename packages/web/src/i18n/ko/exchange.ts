/** 정보의 교환. */
import type { exchange as english } from '../en/exchange.ts'

export const exchange: Record<keyof typeof english, string> = {
  itemsTitle: '자료',
}
