/** Commands that grant and revoke clearances and need-to-know. */
import {
  grantClearance,
  grantNeedToKnow,
  revokeClearance,
  revokeNeedToKnow,
} from '#node/identity/rights.commands.ts'
import { NOTHING_TO_DO, perform } from './job.ts'
import type { CommandOutcome, Commands, Job } from './job.ts'
import { PILLARS } from './pillars.ts'

const DAY_MS = 86_400_000

/** The commands on rights, which belong to no pillar. */
export const RIGHTS: Commands = {
  revoke: [1.5, revoke],
  grant: [2, grant],
}

async function revoke(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const by = nation.people['security']!
  const table = random.pick(['need_to_know', 'clearance'])
  const rows = await nation.disk.rows<{ id: string }>(
    `select id from ${table} where person like 'officer%' and revoked_at is null order by id`,
  )
  if (rows.length === 0) return NOTHING_TO_DO
  const { id } = random.pick(rows)
  return perform(
    job,
    (act) =>
      table === 'clearance'
        ? revokeClearance(act, by, { clearance: id, reason: 'EXERCISE' })
        : revokeNeedToKnow(act, by, { grant: id, reason: 'EXERCISE' }),
    () => [`revoked ${id}`],
  )
}

async function grant(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const by = nation.people['security']!
  const person = random.pick(['officer', 'officer-without-need', 'officer-without-clearance'])
  const until = nation.world.now() + (1 + random.below(60)) * DAY_MS
  const matters: string[] = []
  for (const { needToKnow } of PILLARS) matters.push(...((await needToKnow?.matters(nation)) ?? []))
  const scope =
    matters.length > 0 && random.chance(0.5)
      ? { matter: random.pick(matters) }
      : { category: random.pick(PILLARS.flatMap(({ needToKnow }) => needToKnow?.categories ?? [])) }
  const marking = random.pick(nation.identity.markings)
  return perform(
    job,
    (act) =>
      random.chance(0.5)
        ? grantClearance(act, nation.identity, by, { person, marking, until, reason: 'EXERCISE' })
        : grantNeedToKnow(act, by, { person, scope, until, reason: 'EXERCISE' }),
    (id) => [`granted ${id}`],
  )
}
