/** Supplies and services. */
import type { PillarWords } from './word.ts'

export const logistics = {
  gateActs: {
    order: { en: 'Order', ko: '주문', ja: '要請' },
  },
} satisfies PillarWords
