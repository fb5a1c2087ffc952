/** Commands that give and withdraw assurances. */
import { isRefusal } from '#api/refusals.ts'
import { giveAssurance, withdrawAssurance } from '#node/exchange/assurances/assurance.commands.ts'
import { markingsOf, purposesOf } from '#node/exchange/equivalence.ts'
import { organisationsOf } from '#node/law/terms.ts'
import { NOTHING_TO_DO, perform } from '../job.ts'
import type { CommandOutcome, Job } from '../job.ts'
import type { NewNation } from '../pillar.ts'
import { informationProfile } from './profile.ts'

const DAY_MS = 86_400_000

/** Gives an assurance to a partner before the first run, so that items can cross from the first tick. */
export async function assureFirst({ node, people }: NewNation, partner: string): Promise<void> {
  const profile = informationProfile(node.nation, partner)
  for (const organisation of organisationsOf(profile, node.nation)) {
    const input = {
      partner,
      organisation,
      markings: [...markingsOf(profile, node.nation)],
      purposes: ['missile_warning'],
      until: node.services.world.now() + 200 * DAY_MS,
    }
    const given = await node.acts.run((act) => giveAssurance(act, node.services, people['security']!, input))
    if (isRefusal(given)) throw new Error(`the assurance was refused: ${given.reasons[0].code}`)
  }
}

export async function assure(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const partner = random.pick(nation.partners)
  const profile = informationProfile(nation.name, partner)
  const markings = markingsOf(profile, nation.name)
  const input = {
    partner,
    organisation: random.pick(organisationsOf(profile, nation.name)),
    markings: random.chance(0.7) ? [...markings] : [random.pick(markings)],
    purposes: random.chance(0.7) ? ['missile_warning', 'exercise'] : [random.pick(purposesOf(profile))],
    until: nation.world.now() + (1 + random.below(40)) * DAY_MS,
  }
  return perform(
    job,
    (act) => giveAssurance(act, nation.process().node.services, nation.people['security']!, input),
    (id) => [`said assurance.given ${id}`],
  )
}

export async function withdrawGivenAssurance(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const rows = await nation.disk.rows<{ id: string }>(
    `select id from assurance where by_nation = '${nation.name}' and withdrawn_at is null order by id`,
  )
  if (rows.length === 0) return NOTHING_TO_DO
  const { id } = random.pick(rows)
  return perform(
    job,
    (act) => withdrawAssurance(act, nation.people['security']!, id),
    () => [`said assurance.withdrawn ${id}`],
  )
}
