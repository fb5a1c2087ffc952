/** Sentences on registers: compare with a partner's, and read. */
import { register } from '#api/exchange/register.ts'
import { isRefusal } from '#api/refusals.ts'
import { keyed } from '../client.ts'
import { PARTNER, form } from '../form.ts'
import type { Answers, Form, Scene } from '../form.ts'
import { refusalLines } from '../words.ts'
import { reportsOf } from './reports.ts'
import { stampLine } from './words.ts'

interface Partner {
  readonly partner: string
}

export const REGISTERS: readonly Form[] = [
  form('reconcile PARTNER', `reconcile ${PARTNER}`, reconcile),
  form('register PARTNER', `register ${PARTNER}`, registerLines),
]

async function reconcile({ partner }: Partner, { stage }: Scene): Promise<Answers> {
  const session = stage.speaker()
  const asked = await session.call(register.reconcile, { partner }, keyed())
  if (isRefusal(asked)) return refusalLines(asked)
  const look = async () => session.call(register.listReconciliations, {})
  const row = (seen: Awaited<ReturnType<typeof look>>) =>
    isRefusal(seen) ? undefined : seen.rows.find((reconciliation) => reconciliation.partner === partner)
  const seen = await stage.until(
    look,
    (list) => !['waiting', 'never', undefined].includes(row(list)?.outcome),
  )
  if (isRefusal(seen)) return refusalLines(seen)
  const found = row(seen)
  if (found === undefined) return ['refused not_found']
  const same =
    found.ours !== null && found.ours.root === found.theirs?.root && found.ours.count === found.theirs.count
  return [
    found.outcome,
    ...(same ? ['both registers have the same lines and the same root'] : []),
    ...found.differences.map(({ kind, control, ours, theirs }) => `${kind} ${control}: ${ours} / ${theirs}`),
  ]
}

/** The register lines of the items that this script named. */
async function registerLines({ partner }: Partner, { stage }: Scene): Promise<Answers> {
  const page = await stage.speaker().call(register.list, { partner, limit: 500 })
  if (isRefusal(page)) return refusalLines(page)
  const lines: string[] = []
  for (const [name, { control }] of reportsOf(stage).items) {
    const rows = page.rows.filter((row) => row.control === control)
    for (const row of rows) {
      const number = row.registered === null ? 'not registered' : 'registered'
      lines.push(
        `${name}: ${row.direction}, ${stampLine(row.stamps)}, ${row.state}, ${number}, held by ${row.holder}`,
      )
    }
  }
  return lines.length === 0 ? ['no line about this'] : lines
}
