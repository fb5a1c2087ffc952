/** Officers open what was received, with and without clearance and need, and read it to the end. */
import { isRefusal } from '#api/refusals.ts'
import { openItem, readContent, readOpening, rememberContent } from '#node/exchange/items/open.commands.ts'
import { promise } from './model.ts'
import { Violation } from './violation.ts'
import { NOTHING_TO_DO } from './job.ts'
import type { Job, Told } from './job.ts'

const OFFICERS = ['officer', 'officer', 'officer-without-need', 'officer-without-clearance', 'supply']

export async function open(job: Job): Promise<Told> {
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
  promise(model, nation.name, `opening ${opened.opening}`)
  if (random.chance(0.3)) return 'done'
  const again = await node.acts.run((act) => readOpening(act, node.services, by, id, opened.opening))
  if (isRefusal(again)) return `reading ${again.reasons[0].code}`
  const chunks: Uint8Array[] = []
  let plain: string | null = null
  for await (const chunk of readContent(node.services, again, async ({ commitmentHeld, plainDigest }) => {
    if (!commitmentHeld) throw new Violation('content', `${control} is not what was signed`)
    plain = plainDigest
  })) {
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  const written = model.texts.get(control)
  // Of a report whose writing was committed as the process died, nothing is known here.
  if (written !== undefined && !written.has(text)) {
    throw new Violation('content', `${control} opens to another text`)
  }
  if (plain === null) throw new Violation('content', `${control} was read without an end`)
  await node.acts.run((act) => rememberContent(act, id, plain!))
  model.read.set(nation.name, [...(model.read.get(nation.name) ?? []), text])
  return 'done'
}
