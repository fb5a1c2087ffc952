/**
 * The audit after the kills: every acknowledged report is at both sides exactly once, and there are no
 * others.
 */
import { register } from '#api/exchange/register.ts'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Database } from '#node/kernel/database.ts'
import type { Session } from '../client.ts'
import type { Acknowledged, Staff } from './workload.ts'
import { untilSeen } from '../waiting.ts'

const SETTLE_MS_MAX = 120_000

function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value.reasons)}`)
  return value
}

/** The faults between two nations; empty if there are none. */
export async function audit(
  staff: Readonly<Record<string, Staff>>,
  pair: readonly [string, string],
  reports: readonly Acknowledged[],
): Promise<string[]> {
  const faults: string[] = []
  for (const nation of pair) {
    const partner = partnerOf(nation, pair)
    const { registrar } = staff[nation]!
    faults.push(...(await auditRegister(registrar, nation, partner, reports)))
    const link = must(await registrar.call(links.verify, { partner }))
    if (!link.held) faults.push(`${nation}: the logs with ${partner} do not verify`)
  }
  for (const nation of pair)
    faults.push(...(await auditReconciliation(staff[nation]!.registrar, partnerOf(nation, pair))))
  return faults
}

function partnerOf(nation: string, pair: readonly [string, string]): string {
  return pair[0] === nation ? pair[1] : pair[0]
}

/**
 * Waits until the register has the acknowledged reports exactly once, opened if receipted, otherwise
 * accepted.
 */
async function auditRegister(
  registrar: Session,
  nation: string,
  partner: string,
  reports: readonly Acknowledged[],
): Promise<string[]> {
  const expected = new Map(
    reports.map(({ control, receipted }) => [control, receipted ? 'receipted' : 'accepted']),
  )
  const watch = await registrar.watch()
  const look = async (): Promise<string[]> => {
    const rows = await everyRow(registrar, partner)
    const faults = rows
      .filter((row) => expected.get(row.control) !== row.state)
      .map(
        (row) =>
          `${nation}: ${row.control} is ${row.state} and not ${expected.get(row.control) ?? 'acknowledged'}`,
      )
    const seen = rows.map((row) => row.control)
    for (const control of expected.keys()) {
      const count = seen.filter((other) => other === control).length
      if (count !== 1) faults.push(`${nation}: ${control} is in the register ${count} times`)
    }
    return faults
  }
  const faults = await untilSeen(watch, look, (found) => found.length === 0, SETTLE_MS_MAX)
  watch.close()
  return faults
}

async function everyRow(registrar: Session, partner: string) {
  const rows: { control: string; state: string }[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: { cursor?: string } = cursor === '' ? {} : { cursor }
    const page = must(await registrar.call(register.list, { partner, limit: 200, ...from }))
    rows.push(...page.rows)
    cursor = page.next
  }
  return rows
}

/**
 * The drafts in a nation's database are exactly the acknowledged ones, all released: none was created twice.
 */
export async function auditDrafts(
  database: Database,
  nation: string,
  reports: readonly Acknowledged[],
): Promise<string[]> {
  const expected = new Set(reports.filter(({ from }) => from === nation).map(({ control }) => control))
  const rows = await database.query.selectFrom('draft').select(['id', 'control', 'state']).execute()
  const controls = new Set(rows.map((row) => row.control))
  return [
    ...rows
      .filter((row) => row.control === null || !expected.has(row.control))
      .map((row) => `${nation}: ${row.control ?? row.id} was never acknowledged`),
    ...rows
      .filter((row) => row.state !== 'released')
      .map((row) => `${nation}: ${row.control ?? row.id} is ${row.state}`),
    ...[...expected]
      .filter((control) => !controls.has(control))
      .map((control) => `${nation}: ${control} is lost`),
  ]
}

async function auditReconciliation(registrar: Session, partner: string): Promise<string[]> {
  const watch = await registrar.watch()
  must(await registrar.call(register.reconcile, { partner }))
  const look = async () => {
    const { rows } = must(await registrar.call(register.listReconciliations, {}))
    return rows.find((row) => row.partner === partner)?.outcome ?? 'never'
  }
  const outcome = await untilSeen(
    watch,
    look,
    (seen) => seen === 'agreed' || seen === 'differs',
    SETTLE_MS_MAX,
  )
  watch.close()
  return outcome === 'agreed' ? [] : [`${registrar.nation}: the registers with ${partner} are ${outcome}`]
}
