/**
 * Reconciling two registers (EXC-80 to EXC-84; Art. 6(f)): each side says how many lines its register of the link
 * has and their digest; where they differ, the lines themselves, so that both can name the difference.
 */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Can, Refusal } from '#api/refusals.ts'
import { foldItem } from '#wire/exchange/item.ts'
import type { Statement } from '#wire/statement.ts'
import { oneByOne } from '#node/federation/apply.ts'
import type { Handler, Handlers } from '#node/federation/apply.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { inLog, outLog } from '#node/federation/log.ts'
import { readHead } from '#node/federation/log.store.ts'
import { readMatter, unheardMatters } from '#node/federation/matter.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import type { View } from '#node/kernel/view.ts'
import type { Item } from '../items/item.ts'
import { EXCHANGE } from '../permissions.ts'
import { compareRegisters, registerLine, registerRoot } from './register.ts'
import { addDifferences, everyItem, putReconciliation } from './register.store.ts'
import type { Reconciliation } from './register.store.ts'

/** States of items of ours that the partner does not have. */
const NOT_THERE = ['stopped', 'parked']
const LINES_IN_PART = 150
const PARTS_MAX = 200

type Stated = Statement<'register.stated'>['body']

/** Whether a person may compare the registers of a link now. */
export async function mayReconcile(view: View, by: SignedIn, partner: string): Promise<Can> {
  const can = permit(by.roles, EXCHANGE['register.reconcile'])
  if (can !== true) return can
  const state = (await readPartner(view.tx, partner))?.state
  if (state === 'open') return true
  return refuse(state === 'frozen' ? 'link_frozen' : 'link_not_open')
}

/** States our register to a partner and asks for theirs; returns the partner. */
export async function reconcile(act: Act, by: SignedIn, partner: string): Promise<string | Refusal> {
  const can = await mayReconcile(act, by, partner)
  if (isRefusal(can)) return can
  const ours = registerRoot(await registerLines(act, partner, null))
  const applied = (await readHead(act.tx, inLog(partner), 'look'))?.applied ?? 0
  await stateRegister(act, partner, { applied, ours, answers: false })
  await keep(act, partner, { outcome: 'waiting', ours, theirs: null, differences: [] })
  recordNational(act, { what: 'reconciliation_asked', partner, by: by.personId })
  return partner
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
const onRegisterStated: Handler<'register.stated'> = oneByOne(async (act, { body }, { from, index }) => {
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
})

/** What a partner's statements about its register do, by kind. */
export const registerHandlers = { 'register.stated': onRegisterStated } satisfies Partial<Handlers>

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
  await addDifferences(act, from, compareRegisters(within, lines), index === 0)
  act.hint({ slice: 'register', id: from })
}

type Kept = Pick<Reconciliation, 'outcome' | 'theirs' | 'differences'> & Pick<Stating, 'ours'>

async function keep(act: Act, nation: string, { ours, ...kept }: Kept): Promise<void> {
  const sum = { count: ours.lines.length, root: ours.root }
  await putReconciliation(act, nation, { ...kept, ours: sum, at: act.world.now() })
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
  const unheard =
    horizon === null ? new Set<string>() : await unheardMatters(act.tx, outLog(partner), horizon.applied)
  const lines: string[] = []
  for await (const item of everyItem(act.tx, partner)) {
    if (NOT_THERE.includes(item.state)) continue
    const line = unheard.has(item.id) ? await lineAsHeard(act, item, partner, horizon!) : lineOf(item)
    if (line !== null) lines.push(line)
  }
  return lines
}

function lineOf({ state, ...item }: Item): string {
  const folded = state === 'arriving' || state === 'stopped' || state === 'parked' ? 'offered' : state
  return registerLine({ ...item, state: folded })
}

async function lineAsHeard(act: Act, item: Item, partner: string, horizon: Horizon): Promise<string | null> {
  const heard = (await readMatter(act, item.id)).filter(
    ({ statement }) =>
      statement.log !== outLog(partner) || (statement.index !== null && statement.index < horizon.applied),
  )
  if (!heard.some(({ statement }) => statement.kind === 'exchange.offered')) return null
  const isAccepted = heard.some(({ statement }) => statement.kind === 'exchange.accepted')
  return registerLine({
    ...item,
    registered: isAccepted ? item.registered : null,
    state: foldItem(heard),
  })
}
