/** A partner as this node knows it: its pinned card, and the state of the link with it (LINK-4 to LINK-6). */
import type { Card } from '#wire/link/card.ts'
import type { KasPublicKey } from '#wire/seal/key.ts'

/** How statements travel: over the network, or on media that a person carries. */
export type Channel = 'network' | 'media'

/** `frozen` is left only by people; nothing is sent to or taken from a partner that is not `open`. */
export type LinkState = 'invited' | 'open' | 'frozen' | 'closed'

/** Why a link was frozen. */
export type FrozenCode = 'fork' | 'rolled_back' | 'card_changed' | 'by_operator'

/** The only reason from which a link opens again: nobody was found to contradict anybody (LINK-6). */
export const BY_OPERATOR = 'by_operator' satisfies FrozenCode

export interface Partner {
  readonly nation: string
  readonly state: LinkState
  readonly card: Card
  /** The key of the card to which content and media are sealed. */
  readonly seal: KasPublicKey
  /** Exact texts of both cards, over which the fingerprint is computed. */
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
 * How long to wait after the `failures`-th failure in a row: doubling, at most a minute, with up to a quarter taken
 * off at random so that two nodes do not keep in step. Kept by the link, not by the message: an in-order stream has
 * one front. `chance` is 0 to 1.
 */
export function retryDelayMs(failures: number, chance: number): number {
  const full = Math.min(RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 20), RETRY_MAX_MS)
  return Math.round(full * (1 - chance / 4))
}
