/** Sentences on assurances: give one, and see it at the other side. */
import { assurances } from '#api/exchange/assurances.ts'
import { isRefusal } from '#api/refusals.ts'
import { keyed } from '../client.ts'
import { ORGANISATION, PARTNER, form, listed } from '../form.ts'
import type { Answers, Form, Scene } from '../form.ts'
import { refusalLines } from '../words.ts'
import { reportsOf } from './reports.ts'

interface Assure {
  readonly partner: string
  readonly organisation: string
  readonly markings: string
  readonly purposes: string
}

interface Assured {
  readonly by: string
  readonly organisation: string
}

export const ASSURANCES: readonly Form[] = [
  form(
    'assure PARTNER that ORGANISATION may receive MARKING, MARKING for PURPOSE, PURPOSE',
    `assure ${PARTNER} that ${ORGANISATION} may receive (?<markings>.+) for (?<purposes>.+)`,
    assure,
  ),
  form('assured by PARTNER for ORGANISATION', `assured by (?<by>[A-Z]{2}) for ${ORGANISATION}`, assured),
]

const DAY_MS = 86_400_000

async function assure(
  { partner, organisation, markings, purposes }: Assure,
  { stage }: Scene,
): Promise<Answers> {
  const until = new Date(Date.now() + 180 * DAY_MS).toISOString()
  const input = { partner, organisation, markings: listed(markings), purposes: listed(purposes), until }
  const given = await stage.speaker().call(assurances.give, input, keyed())
  if (isRefusal(given)) return refusalLines(given)
  reportsOf(stage).assurances.add(given.id)
  return [`assured under ${given.instrument}, by ${given.office}`]
}

async function assured({ by, organisation }: Assured, { stage }: Scene): Promise<Answers> {
  const look = async (): Promise<string[]> => {
    const list = await stage.speaker().call(assurances.list, {})
    if (isRefusal(list)) return refusalLines(list)
    const rows = list.rows.filter(
      (row) =>
        reportsOf(stage).assurances.has(row.id) &&
        row.by === by &&
        row.organisation === organisation &&
        row.inForce,
    )
    return [
      ...new Set(
        rows.map(
          (row) =>
            `${row.organisation} may receive ${row.markings.join(', ')} for ${row.purposes.join(', ')}`,
        ),
      ),
    ]
  }
  return stage.until(look, (lines) => lines.length > 0)
}
