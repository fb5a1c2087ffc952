/**
 * Random commands of random persons, the same commands that the console uses. What a command acknowledges,
 * the auditors look for.
 */
import { giveAssurance, withdrawAssurance } from '#node/exchange/assurances/assurance.commands.ts'
import { markingsOf, purposesOf } from '#node/exchange/equivalence.ts'
import { receiptItem, withdrawItem } from '#node/exchange/items/open.commands.ts'
import { reconcile } from '#node/exchange/register/reconcile.commands.ts'
import {
  grantClearance,
  grantNeedToKnow,
  revokeClearance,
  revokeNeedToKnow,
} from '#node/identity/rights.commands.ts'
import { organisationsOf } from '#node/law/terms.ts'
import { NOTHING_TO_DO, perform } from './job.ts'
import type { Job, CommandOutcome } from './job.ts'
import { NATIONS, informationProfile } from './setup.ts'
import { approve, edit, refuse, submit, write } from './workload.drafts.ts'
import { open } from './workload.opening.ts'

/** Every command by name, with its weight. */
export const COMMANDS: Readonly<
  Record<string, readonly [weight: number, run: (job: Job) => Promise<CommandOutcome>]>
> = {
  write: [18, write],
  edit: [2, edit],
  submit: [16, submit],
  approve: [40, approve],
  refuse: [2, refuse],
  withdraw: [6, withdraw],
  open: [20, open],
  receipt: [10, receipt],
  'give assurance': [2, assure],
  'withdraw assurance': [1.5, withdrawGivenAssurance],
  reconcile: [1.5, compare],
  revoke: [1.5, revoke],
  grant: [2, grant],
}

const TRIES_MAX = 5

/** Runs a random command for which there is something to do. */
export async function runRandomCommand(job: Job): Promise<{ command: string; outcome: CommandOutcome }> {
  const names = Object.entries(COMMANDS).map(([name, [weight]]) => [weight, name] as const)
  for (let tries = 1; ; tries += 1) {
    const command = job.random.weighted(names)
    const outcome = await COMMANDS[command]![1](job)
    if (outcome !== NOTHING_TO_DO || tries === TRIES_MAX) return { command, outcome }
  }
}

const DAY_MS = 86_400_000

async function assure(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const partner = random.pick(NATIONS.filter((name) => name !== nation.name))
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

async function withdrawGivenAssurance(job: Job): Promise<CommandOutcome> {
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

async function withdraw(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const rows = await nation.disk.rows<{ id: string }>(
    `select id from item where direction = 'sent' and state = 'offered' order by id`,
  )
  if (rows.length === 0) return NOTHING_TO_DO
  const { id } = random.pick(rows)
  return perform(
    job,
    (act) => withdrawItem(act, nation.people['release-1']!, id),
    () => [`said exchange.withdrawn ${id}`],
  )
}

async function receipt(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const rows = await nation.disk.rows<{ item: string; person: string }>(
    `select distinct item, person from opening where outcome = 'opened' order by item, person`,
  )
  if (rows.length === 0) return NOTHING_TO_DO
  const { item, person } = random.pick(rows)
  return perform(
    job,
    (act) => receiptItem(act, nation.people[person]!, item),
    () => [`said exchange.receipted ${item} ${person}`],
  )
}

async function compare(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const partner = random.pick(NATIONS.filter((name) => name !== nation.name))
  return perform(
    job,
    (act) => reconcile(act, nation.people['registrar']!, partner),
    () => [],
  )
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
  const items = await nation.disk.rows<{ id: string }>(
    `select id from item where direction = 'received' order by id`,
  )
  const scope =
    items.length > 0 && random.chance(0.5)
      ? { matter: random.pick(items).id }
      : { category: random.pick(['missile_launch', 'maritime_surveillance']) }
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
