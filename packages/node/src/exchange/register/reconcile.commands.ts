/**
 * Reconciles two registers (EXC-80 to EXC-84; Art. 6(f)). Each side states the count and the digest of its register's
 * lines; if the digests differ, it states the lines, so that both sides can name every difference.
 */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { foldItem } from '#wire/exchange/item.ts'
import type { Statement } from '#wire/statement.ts'
import { oneByOne } from '#node/federation/apply.commands.ts'
import type { Handler, Handlers } from '#node/federation/apply.commands.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { inLog, outLog } from '#node/federation/log.ts'
import { readHead } from '#node/federation/log.store.ts'
import { readMatter, unheardMatters } from '#node/federation/matter.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.commands.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Item } from '../items/item.ts'
import { mayReconcile } from './reconcile.view.ts'
import { compareRegisters, registerLine, registerRoot } from './register.ts'
import { addDifferences, everyItem, putReconciliation } from './register.store.ts'
import type { Reconciliation } from './register.store.ts'

/** The states of our items that the partner does not have. */
const NOT_AT_PARTNER = ['stopped', 'parked']
const LINES_IN_PART = 150
const PARTS_MAX = 200

type Stated = Statement<'register.stated'>['body']

/** States our register to a partner, who answers with its own; returns the partner. */
export async function reconcile(act: Act, by: SignedIn, partner: string): Promise<string | Refusal> {
  const can = mayReconcile(by, (await readPartner(act.tx, partner))?.state)
  if (isRefusal(can)) return can
  const ours = registerRoot(await registerLines(act, partner, null))
  const applied = (await readHead(act.tx, inLog(partner)))?.applied ?? 0
  await stateRegister(act, partner, { applied, ours, answers: false })
  await store(act, partner, { outcome: 'waiting', ours, theirs: null, differences: [] })
  recordNational(act, { what: 'reconciliation.started', partner, by: by.personId })
  return partner
}

/** What a statement of our register contains. */
interface RegisterStatement {
  /** How many entries of the partner's log had been applied. */
  readonly applied: number
  readonly ours: { readonly lines: readonly string[]; readonly root: string }
  /** It answers the partner's statement, so the partner sends none back. */
  readonly answers: boolean
  readonly part?: NonNullable<Stated['part']>
}

async function stateRegister(act: Act, partner: string, register: RegisterStatement): Promise<void> {
  const { applied, ours, answers, part } = register
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

/** The partner states its register. It is compared with ours as of the entries that the partner had applied. */
const onRegisterStated: Handler<'register.stated'> = oneByOne(async (act, { body }, { from, index }) => {
  const ours = registerRoot(await registerLines(act, from, { applied: body.applied }))
  if (body.part !== undefined) return addPart(act, from, ours.lines, body)
  const agreed = ours.root === body.root
  const theirs = { count: body.count, root: body.root }
  await store(act, from, { outcome: agreed ? 'agreed' : 'differs', ours, theirs, differences: [] })
  // Every entry up to and including this statement is applied; the cursor moves at the end of the transaction.
  const applied = index + 1
  const current = registerRoot(await registerLines(act, from, null))
  if (!body.answers) await stateRegister(act, from, { applied, ours: current, answers: true })
  if (!agreed) await stateParts(act, from, { applied, ours: current })
})

/** What a partner's statements about its register do, by kind. */
export const registerHandlers = { 'register.stated': onRegisterStated } satisfies Partial<Handlers>

/** States the lines, in parts. */
async function stateParts(
  act: Act,
  partner: string,
  { applied, ours }: Pick<RegisterStatement, 'applied' | 'ours'>,
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

/** Compares a part of the partner's lines with ours from its first line to its last. */
async function addPart(act: Act, from: string, ours: readonly string[], body: Stated): Promise<void> {
  const { index, of, lines } = body.part!
  const low = index === 0 ? '' : (lines[0] ?? '')
  const high = index === of - 1 ? '\u{10ffff}' : (lines.at(-1) ?? '')
  const within = ours.filter((line) => line >= low && line <= high)
  await addDifferences(act, from, compareRegisters(within, lines), index === 0)
  act.hint({ routes: 'exchange', id: from })
}

type Result = Pick<Reconciliation, 'outcome' | 'theirs' | 'differences'> & Pick<RegisterStatement, 'ours'>

async function store(act: Act, nation: string, { ours, ...result }: Result): Promise<void> {
  const sum = { count: ours.lines.length, root: ours.root }
  await putReconciliation(act, nation, { ...result, ours: sum, at: act.world.now() })
  act.hint({ routes: 'exchange', id: nation })
}

/** How many entries of our log the partner had applied when it stated its register. */
interface Horizon {
  readonly applied: number
}

/**
 * The lines of our register of a link. With a horizon, an item with a statement of ours beyond it is folded without
 * that statement, as the partner saw it.
 */
async function registerLines(act: Act, partner: string, horizon: Horizon | null): Promise<string[]> {
  const unheard =
    horizon === null ? new Set<string>() : await unheardMatters(act.tx, outLog(partner), horizon.applied)
  const lines: string[] = []
  for await (const item of everyItem(act.tx, partner)) {
    if (NOT_AT_PARTNER.includes(item.state)) continue
    const line = unheard.has(item.id) ? await lineWithin(act, item, partner, horizon!) : lineOf(item)
    if (line !== null) lines.push(line)
  }
  return lines
}

function lineOf({ state, ...item }: Item): string {
  const folded = state === 'arriving' || state === 'stopped' || state === 'parked' ? 'offered' : state
  return registerLine({ ...item, state: folded })
}

/** The line of an item as of a horizon; null if the partner had not applied its offer. */
async function lineWithin(act: Act, item: Item, partner: string, horizon: Horizon): Promise<string | null> {
  const applied = (await readMatter(act, item.id)).filter(
    ({ statement }) =>
      statement.log !== outLog(partner) || (statement.index !== null && statement.index < horizon.applied),
  )
  if (!applied.some(({ statement }) => statement.kind === 'exchange.offered')) return null
  const isAccepted = applied.some(({ statement }) => statement.kind === 'exchange.accepted')
  return registerLine({
    ...item,
    registered: isAccepted ? item.registered : null,
    state: foldItem(applied),
  })
}
