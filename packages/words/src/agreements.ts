/** Agreements between nations. */
import type { KindWords, PillarWords } from './word.ts'

export const agreements = {
  kinds: {
    'agreement.declared': {
      en: 'Terms of an agreement declared',
      ko: '협정 조건 통보',
      ja: '協定の条件の通知',
    },
  } satisfies KindWords<'agreement'>,
  pages: {
    agreement: { en: 'Agreement', ko: '협정', ja: '協定' },
  },
} satisfies PillarWords
