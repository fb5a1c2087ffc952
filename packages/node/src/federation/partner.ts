/** A partner: its pinned card and the state of its link (LINK-4 to LINK-6). */
import type { Card } from '#wire/link/card.ts'
import type { KasPublicKey } from '#wire/seal/key.ts'

/** How statements reach the partner: over the network, or on media that a person carries. */
export type Channel = 'network' | 'media'

/** Only people end `frozen`. Nothing is sent to or received from a partner whose link is not `open`. */
export type LinkState = 'invited' | 'open' | 'frozen'

/** Why a link was frozen. */
export type FrozenCode = 'fork' | 'rolled_back' | 'card_changed' | 'by_operator'

/** The only code after which a link can open again: there is no evidence of a contradiction (LINK-6). */
export const BY_OPERATOR = 'by_operator' satisfies FrozenCode

export interface Partner {
  readonly nation: string
  readonly state: LinkState
  readonly card: Card
  /** The card's key for sealing content and media. */
  readonly seal: KasPublicKey
  /** Exact texts of both cards, from which the fingerprint is computed. */
  readonly cardText: string
  readonly ourCardText: string
  readonly frozenCode: string | null
  readonly failures: number
  readonly retryAt: number
  readonly lastContactAt: number | null
  readonly lastError: string | null
}

const RETRY_FIRST_MS = 200
const RETRY_MAX_MS = 60_000

/**
 * Back-off after `failures` consecutive failures: doubles up to a minute, less up to a quarter at random, so
 * that two nodes do not stay in step. It belongs to the link, not to the message, because entries are sent in
 * order.
 * @param chance random number from 0 to 1
 */
export function retryDelayMs(failures: number, chance: number): number {
  const full = Math.min(RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 20), RETRY_MAX_MS)
  return Math.round(full * (1 - chance / 4))
}
