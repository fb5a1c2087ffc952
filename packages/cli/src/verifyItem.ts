/**
 * The part of a report that describes an item: its proposal, its state, and the articles that it relies on.
 */
import type { ItemCodes } from '#wire/exchange/evidence/codes.ts'
import { itemStates } from '#words/exchange/states.ts'
import { categories, purposes } from '#words/pillars.ts'
import { lines } from './verifyItemWords.ts'
import type { Voice } from './verifyVoice.ts'

export function itemLines(
  { proposal, registered, state, ...item }: ItemCodes['shown'],
  voice: Voice,
): string[] {
  const { say, codeName, nationName } = voice
  const { control, marking, receiverMarking, instrument } = proposal
  const { organisation, nation } = proposal.recipient
  const articles = item.articles
    .filter((relied) => relied.articles.length > 0)
    .map((relied) => `${relied.articles.join(', ')} (${relied.term})`)
    .join('; ')
  const home = nationName(proposal.originator)
  const category = codeName(categories, proposal.category)
  const purpose = codeName(purposes, proposal.purpose)
  return [
    say(lines.item, { control, home, partner: nationName(nation), organisation }),
    say(lines.marking, { marking, receiverMarking }),
    say(lines.purpose, { category, purpose, instrument }),
    say(lines.state, { state: say(itemStates[state]) }),
    ...(registered === null ? [] : [say(lines.registered, { registered })]),
    ...(articles === '' ? [] : [say(lines.articles, { articles })]),
  ]
}
