/** 相手国との接続とその記録。 */
import type { federation as english } from '../en/federation.ts'

export const federation: Record<keyof typeof english, string> = {
  linksTitle: '接続',
}
