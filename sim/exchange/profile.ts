/** The law of the exchange between two nations. */
import { INSTRUMENTS } from '#node/testFacts.ts'

/** The terms on information between two nations. */
export function informationProfile(one: string, other: string) {
  const found = INSTRUMENTS.find(
    ({ profile }) =>
      profile.subject === 'information' && profile.parties.includes(one) && profile.parties.includes(other),
  )
  if (found === undefined) throw new Error(`no instrument between ${one} and ${other}`)
  return found.profile
}
