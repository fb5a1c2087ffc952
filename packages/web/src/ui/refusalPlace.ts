/** What the place in a refusal says to people: most places are codes of a format, which only an operator can read. */
import type { TextKey } from '../i18n/texts.ts'

/** Places with words of their own: what may be wrong with a file that was brought, and why nothing was done. */
const WORDS: Readonly<Record<string, TextKey<'ui'>>> = {
  behind: 'placeBehind',
  fork: 'placeFork',
  not_for_us: 'placeOtherNode',
  not_yet_cosigned: 'placeNotCosigned',
  seal_not_recipient: 'placeOtherNode',
  seal_key_refused: 'placeAltered',
  seal_segment_altered: 'placeAltered',
  seal_truncated: 'placeCut',
  truncated: 'placeCut',
  trailing_bytes: 'placeExcess',
  seal_media_malformed: 'placeNoBundle',
  not_a_bundle: 'placeNoBundle',
  header_invalid: 'placeNoBundle',
  acknowledgement_invalid: 'placeUnproved',
  blob_not_named: 'placeUnproved',
  checkpoint_malformed: 'placeUnproved',
  checkpoint_size: 'placeUnproved',
  note_malformed: 'placeUnproved',
  origin_mismatch: 'placeUnproved',
  root_mismatch: 'placeUnproved',
  signature_invalid: 'placeUnproved',
  signature_missing: 'placeUnproved',
  suite_downgraded: 'placeUnproved',
  suite_mismatch: 'placeUnproved',
}

/** The key of the words for a place; null for one that only an operator can read. */
export function wordsOfPlace(place: string): TextKey<'ui'> | null {
  return Object.hasOwn(WORDS, place) ? (WORDS[place] ?? null) : null
}
