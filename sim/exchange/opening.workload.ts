/**
 * The command with which officers, with and without clearance and need-to-know, open and read received items.
 */
import { isRefusal } from '#api/refusals.ts'
import { askToRead, openItem } from '#node/exchange/items/open.commands.ts'
import { openedItem, wholeOf } from '#node/exchange/items/read.commands.ts'
import { NOTHING_TO_DO } from '../job.ts'
import type { CommandOutcome, Job } from '../job.ts'
import { acknowledge } from '../model.ts'
import { Violation } from '../violation.ts'
import { addRead, reportsOf, textsOf } from './reports.ts'

const OFFICERS = ['officer', 'officer', 'officer-without-need', 'officer-without-clearance', 'supply']

export async function open(job: Job): Promise<CommandOutcome> {
  const { nation, random, model } = job
  const { node } = nation.process()
  const rows = await nation.disk.rows<{ id: string; control: string; purpose: string }>(
    `select id, control, purpose from item where direction = 'received' order by id`,
  )
  if (rows.length === 0) return NOTHING_TO_DO
  const { id, control, purpose } = random.pick(rows)
  const by = nation.people[random.pick(OFFICERS)]!
  const claimed = random.chance(0.95) ? purpose : 'exercise'
  const opened = await node.acts.run((act) => openItem(act, node.services, by, id, claimed))
  if (isRefusal(opened)) return opened.reasons[0].code
  acknowledge(model, nation.name, `opening ${opened}`)
  if (random.chance(0.3)) return 'done'
  const item = await node.acts.run((act) => askToRead(act, node.services, by, id, opened))
  if (isRefusal(item)) return `reading ${item.reasons[0].code}`
  const chunks: Uint8Array[] = []
  for await (const chunk of wholeOf(node.services, await openedItem(node.services, item))) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const reports = reportsOf(model)
  if (textsOf(reports, control)?.has(text) === false)
    throw new Violation('content', `${control} opens to a text that nobody wrote`)
  addRead(reports, nation.name, text)
  return 'done'
}
