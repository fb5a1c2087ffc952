/** Commands on released items: withdraw, receipt, and compare registers. */
import { isRefusal } from '#api/refusals.ts'
import { receiptItem, withdrawItem } from '#node/exchange/items/open.commands.ts'
import { reconcile } from '#node/exchange/register/reconcile.commands.ts'
import { NOTHING_TO_DO, perform } from '../job.ts'
import type { CommandOutcome, Job } from '../job.ts'
import type { Nation } from '../nation.ts'
import { Violation } from '../violation.ts'

export async function withdraw(job: Job): Promise<CommandOutcome> {
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

export async function receipt(job: Job): Promise<CommandOutcome> {
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

export async function compare(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const partner = random.pick(nation.partners)
  return perform(
    job,
    (act) => reconcile(act, nation.people['registrar']!, partner),
    () => [],
  )
}

/**
 * Compares the registers with every partner. Only a comparison with or by a restored nation may be refused.
 */
export async function compareAll(nation: Nation, restored: ReadonlySet<string>): Promise<void> {
  for (const partner of nation.partners) {
    const asked = await nation
      .process()
      .node.acts.run((act) => reconcile(act, nation.people['registrar']!, partner))
    if (isRefusal(asked) && !restored.has(nation.name) && !restored.has(partner)) {
      throw new Violation(
        'register',
        `${nation.name} cannot compare with ${partner}: ${asked.reasons[0].code}`,
      )
    }
  }
}

/** The items that a nation has received, in the order of their ids. */
export async function receivedItems({ disk }: Nation): Promise<string[]> {
  const rows = await disk.rows<{ id: string }>(`select id from item where direction = 'received' order by id`)
  return rows.map(({ id }) => id)
}
