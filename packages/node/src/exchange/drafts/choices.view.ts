/** The choices of the compose form, under the agreement that governs today. */
import type { View } from '#node/kernel/view.ts'
import { governing } from '#node/law/governing.ts'
import { ladderOf } from '#node/law/nations.ts'
import { termOf } from '#node/law/term.ts'
import { AUTHORITIES, CATEGORIES, categoriesOf } from '#node/law/terms.ts'
import type { Services } from '#node/services.ts'
import { equivalentMarkings, purposesOf } from '../equivalence.ts'

/**
 * The organisations, markings, categories and purposes for a partner, including the categories that the agreement
 * excludes.
 */
export async function choicesFor(view: View, { readLaw, nations }: Services, partner: string) {
  const { nation } = view
  const law = await readLaw(view.tx)
  const governed = governing(law, nation, partner, 'information', view.world.now())
  const profile = governed?.instrument.profile ?? null
  const terms = governed?.instrument.terms
  const authorities = terms === undefined ? undefined : termOf(terms, AUTHORITIES)
  const categories = terms === undefined ? undefined : termOf(terms, CATEGORIES)
  return {
    partner,
    instrument: governed?.instrument.id ?? null,
    organisations: (authorities?.organisations ?? [])
      .filter((organisation) => organisation.nation === partner)
      .map(({ id, names }) => ({ id, name: { ...names } })),
    markings: ladderOf(nations, nation)
      .toReversed()
      .map(({ marking }) => ({
        marking,
        receiverMarkings: [...equivalentMarkings(profile, nation, marking, partner)],
      })),
    categories: [
      ...categoriesOf(profile).map((id) => ({ id, permitted: true })),
      ...(categories?.excluded ?? []).map((id) => ({ id, permitted: false })),
    ],
    purposes: purposesOf(profile).map((id) => ({ id, permitted: true })),
  }
}
