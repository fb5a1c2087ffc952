/**
 * Reconciling two registers (EXC-80 to EXC-84; Art. 6(f)): each side says how many lines its register of the link
 * has and their digest; where they differ, the lines themselves, so that both can name the difference.
 */
import type { Can, Refusal } from '#api/refusals.ts'
import { refuse } from '#api/refusals.ts'
import type { Statement } from '#wire/statement.ts'
import { oneByOne } from '#node/federation/apply.ts'
import type { Handler } from '#node/federation/apply.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { inLog, outLog } from '#node/federation/log.ts'
import { readHead } from '#node/federation/log.store.ts'
import { readMatter } from '#node/federation/matter.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { foldItem } from '#wire/exchange/item.ts'
import type { ItemState } from '#wire/exchange/item.ts'
import { compareRegisters, registerLine, registerRoot } from './register.ts'
import type { Difference } from './register.ts'
import { everyItem } from './register.store.ts'
import type { Item } from '../items/item.store.ts'

/** States of items of ours that the partner does not have. */
const NOT_THERE = ['stopped', 'parked']
const LINES_IN_PART = 150
const PARTS_MAX = 200

type Stated = Statement<'register.stated'>['body']

/** Whether a person may compare the registers of a link now. */
export async function mayReconcile(act: Act, by: SignedIn, partner: string): Promise<Can> {
  const can = permit(by.roles, 'register.reconcile')
  if (can !== true) return can
  const state = (await readPartner(act.tx, partner))?.state
  if (state === 'open') return true
  return refuse(state === 'frozen' ? 'link_frozen' : 'link_not_open')
}

/** States our register to a partner and asks for theirs. */
export async function reconcile(act: Act, by: SignedIn, partner: string): Promise<true | Refusal> {
  const can = await mayReconcile(act, by, partner)
  if (can !== true) return can
  const ours = registerRoot(await registerLines(act, partner, null))
  const applied = (await readHead(act.tx, inLog(partner), 'look'))?.applied ?? 0
  await stateRegister(act, partner, { applied, ours, answers: false })
  await keep(act, partner, { outcome: 'waiting', ours, theirs: null, differences: [] })
  recordNational(act, { what: 'reconciliation_asked', partner, by: by.personId })
  return true
}

interface Stating {
  /** How far the partner's log had its effect on the register that is stated. */
  readonly applied: number
  readonly ours: { readonly lines: readonly string[]; readonly root: string }
  readonly answers: boolean
  readonly part?: NonNullable<Stated['part']>
}

async function stateRegister(act: Act, partner: string, stating: Stating): Promise<void> {
  const { applied, ours, answers, part } = stating
  await say(act, partner, {
    kind: 'register.stated',
    body: {
      applied,
      count: ours.lines.length,
      root: ours.root,
      answers,
      ...(part === undefined ? {} : { part }),
    },
  })
}

/** The partner states its register: compared with ours as far as the partner had heard of it. */
export const onRegisterStated: Handler<'register.stated'> = oneByOne(
  async (act, { body }, { from, index }) => {
    const ours = registerRoot(await registerLines(act, from, { applied: body.applied }))
    if (body.part !== undefined) return addPart(act, from, ours.lines, body)
    const agreed = ours.root === body.root
    const theirs = { count: body.count, root: body.root }
    await keep(act, from, { outcome: agreed ? 'agreed' : 'differs', ours, theirs, differences: [] })
    // The cursor moves at the end of this transaction; what stands before this statement has had its effect.
    const applied = index + 1
    const now = registerRoot(await registerLines(act, from, null))
    if (!body.answers) await stateRegister(act, from, { applied, ours: now, answers: true })
    if (!agreed) await sayParts(act, from, { applied, ours: now })
  },
)

async function sayParts(
  act: Act,
  partner: string,
  { applied, ours }: Pick<Stating, 'applied' | 'ours'>,
): Promise<void> {
  const parts = Math.max(1, Math.min(PARTS_MAX, Math.ceil(ours.lines.length / LINES_IN_PART)))
  for (let index = 0; index < parts; index += 1) {
    const lines = ours.lines.slice(index * LINES_IN_PART, (index + 1) * LINES_IN_PART)
    await stateRegister(act, partner, {
      applied,
      ours,
      answers: true,
      part: { index, of: parts, lines: [...lines] },
    })
  }
}

/** A part covers the control numbers from its first line up to its last; what lies between must be there. */
async function addPart(act: Act, from: string, ours: readonly string[], body: Stated): Promise<void> {
  const { index, of, lines } = body.part!
  const low = index === 0 ? '' : (lines[0] ?? '')
  const high = index === of - 1 ? '\u{10ffff}' : (lines.at(-1) ?? '')
  const within = ours.filter((line) => line >= low && line <= high)
  const found = compareRegisters(within, lines)
  const row = await act.tx
    .selectFrom('reconciliation')
    .select('differences')
    .where('nation', '=', from)
    .forUpdate()
    .executeTakeFirst()
  const known = index === 0 ? [] : (JSON.parse(row?.differences ?? '[]') as Difference[])
  await act.tx
    .updateTable('reconciliation')
    .set({ differences: JSON.stringify([...known, ...found].slice(0, 1000)) })
    .where('nation', '=', from)
    .execute()
  act.hint({ slice: 'register', id: from })
}

interface Kept {
  readonly outcome: 'waiting' | 'agreed' | 'differs'
  readonly ours: { readonly lines: readonly string[]; readonly root: string }
  readonly theirs: { readonly count: number; readonly root: string } | null
  readonly differences: readonly Difference[]
}

async function keep(act: Act, nation: string, kept: Kept): Promise<void> {
  const values = {
    outcome: kept.outcome,
    our_count: kept.ours.lines.length,
    our_root: kept.ours.root,
    their_count: kept.theirs?.count ?? null,
    their_root: kept.theirs?.root ?? null,
    differences: JSON.stringify(kept.differences),
    at: act.world.now(),
  }
  await act.tx
    .insertInto('reconciliation')
    .values({ nation, ...values })
    .onConflict((conflict) => conflict.column('nation').doUpdateSet(values))
    .execute()
  act.hint({ slice: 'register', id: nation })
}

/** How far the partner had heard of us when it stated its register. */
interface Horizon {
  readonly applied: number
}

/**
 * The lines of our register of a link. With a horizon, what the partner could not yet know is left out: an item
 * about which we have said something that it had not applied is folded from what it had.
 */
async function registerLines(act: Act, partner: string, horizon: Horizon | null): Promise<string[]> {
  const unheard = horizon === null ? new Set<string>() : await unheardItems(act, partner, horizon.applied)
  const lines: string[] = []
  for await (const item of everyItem(act.tx, partner)) {
    if (NOT_THERE.includes(item.state)) continue
    const line = unheard.has(item.id) ? await lineAsHeard(act, item, partner, horizon!) : lineOf(item)
    if (line !== null) lines.push(line)
  }
  return lines
}

function lineOf(item: Item): string {
  return registerLine({
    control: item.control,
    registered: item.registered,
    marking: item.marking,
    receiverMarking: item.receiver_marking,
    payloadDigest: item.payload_digest,
    state: item.state === 'arriving' ? 'offered' : (item.state as ItemState),
  })
}

async function unheardItems(act: Act, partner: string, applied: number): Promise<Set<string>> {
  const rows = await act.tx
    .selectFrom('matter_statement')
    .select('matter')
    .where('log', '=', outLog(partner))
    .where((where) => where.or([where('log_index', '>=', applied), where('log_index', 'is', null)]))
    .execute()
  return new Set(rows.map((row) => row.matter))
}

async function lineAsHeard(act: Act, item: Item, partner: string, horizon: Horizon): Promise<string | null> {
  const heard = (await readMatter(act, item.id)).filter(
    ({ statement }) =>
      statement.log !== outLog(partner) || (statement.index !== null && statement.index < horizon.applied),
  )
  if (!heard.some(({ statement }) => statement.kind === 'exchange.offered')) return null
  const accepted = heard.some(({ statement }) => statement.kind === 'exchange.accepted')
  const { control, marking, receiver_marking: receiverMarking, payload_digest: payloadDigest } = item
  const registered = accepted ? item.registered : null
  return registerLine({
    control,
    registered,
    marking,
    receiverMarking,
    payloadDigest,
    state: foldItem(heard),
  })
}
