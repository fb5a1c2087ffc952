/**
 * What evidence proves about an item: its offer with the people who signed it, the law, the assurance, and the
 * answers (EVI-17 to EVI-25).
 */
import type { ProvableMatter, ProvedMatter } from '../../evidence/matter.ts'
import type { Statement } from '../../statement.ts'
import { foldItem } from '../item.ts'
import type { ItemState } from '../item.ts'
import { checkAnswers, checkOfferTimes, proveReceipt } from './answers.ts'
import { ITEM_FAULTS } from './codes.ts'
import type { ExaminedItem, ItemCodes } from './codes.ts'
import { proveOffer } from './offer.ts'
import { proveTerms } from './terms.ts'
import type { ProvedTerms } from './terms.ts'

export const itemEvidence: ProvableMatter<ItemCodes> = {
  faults: ITEM_FAULTS,
  supports: ['agreement', 'assurance'],
  fold: foldItem,
  noteOf,
  prove: proveItem,
}

/** For a refusal, its code; for a registration, the number. */
function noteOf({ kind, body }: Statement): string | null {
  if (kind === 'exchange.accepted') return body.registered
  return kind === 'exchange.refused' ? body.code : null
}

function proveItem(examined: ExaminedItem): ProvedMatter<ItemCodes> | null {
  const { findings, about } = examined
  const offer = proveOffer(examined)
  if (offer === null) return null
  const terms = proveTerms(examined, offer)
  checkAnswers(findings, offer, about)
  const receipted = proveReceipt(examined, offer)
  checkOfferTimes(examined, offer)
  const state = foldItem(examined.ordered)
  const accepted = about.other
    .map(({ statement }) => statement)
    .find(({ kind }) => kind === 'exchange.accepted')
  const registered = accepted === undefined ? null : noteOf(accepted)
  const { proposal, digest: proposalDigest } = offer
  const { relied: articles } = terms
  return {
    shown: { kind: 'exchange', id: examined.matter, proposal, proposalDigest, state, registered, articles },
    commitment: proposal.commitment,
    proved: provedOf(terms, state, { accepted: accepted !== undefined, receipted }),
    unproved: unprovedOf(state, receipted),
  }
}

function provedOf(
  { sameTerms, assured }: ProvedTerms,
  state: ItemState,
  { accepted, receipted }: { readonly accepted: boolean; readonly receipted: boolean },
): ItemCodes['proved'][] {
  const proved: readonly (readonly [ItemCodes['proved'], boolean])[] = [
    ['offered', true],
    ['approved', true],
    ['same_terms', sameTerms],
    ['assured', assured],
    ['accepted', accepted && state !== 'withdrawn'],
    ['refused', state === 'refused'],
    ['withdrawn', state === 'withdrawn'],
    ['receipted', receipted],
  ]
  return proved.filter(([, holds]) => holds).map(([code]) => code)
}

function unprovedOf(state: ItemState, receipted: boolean): ItemCodes['unproved'][] {
  if (state === 'offered') return receipted ? ['no_answer'] : ['no_answer', 'no_receipt']
  const hasEnded = state === 'refused' || state === 'withdrawn'
  return hasEnded || receipted ? [] : ['no_receipt']
}
