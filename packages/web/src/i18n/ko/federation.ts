/** 상대국과의 연결과 그 기록. */
import type { federation as english } from '../en/federation.ts'

export const federation: Record<keyof typeof english, string> = {
  linksTitle: '연결',
}
