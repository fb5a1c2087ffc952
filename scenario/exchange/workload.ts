/**
 * A workload of people who send reports while nodes are killed. A command has an idempotency key and is
 * retried with it until it is answered. The audit looks for what was acknowledged.
 */
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { EXERCISE_PASSWORD } from '../cast.ts'
import { Unanswered, freshKey, signIn } from '../client.ts'
import type { Session } from '../client.ts'

/** A report whose release was acknowledged. */
export interface Acknowledged {
  readonly from: string
  readonly to: string
  readonly title: string
  readonly control: string
  readonly item: string
  /** The receipt was also acknowledged. */
  receipted: boolean
}

/** What the kills wait for: any answer, or one that proves that a report crossed. */
export type Answered = 'answer' | 'receipt'

export interface Harness {
  consoleOf(nation: string): string
  /** Resolves when the node of a nation answers again. */
  ready(nation: string): Promise<void>
  /** Called for every answer and every receipt. */
  answered(what: Answered): void
}

/** Retries until there is an answer. A node answers `unavailable` while its database restarts. */
async function asked<T>(harness: Harness, nation: string, ask: () => Promise<T | Refusal>): Promise<T> {
  for (;;) {
    try {
      const answer = await ask()
      if (isRefusal(answer) && answer.reasons[0].code === 'unavailable') continue
      harness.answered('answer')
      if (isRefusal(answer))
        throw new Error(`${nation} refused: ${JSON.stringify(answer.reasons)} at ${answer.place}`)
      return answer
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      // Fails the test if the node cannot restart.
      await harness.ready(nation)
    }
  }
}

const ROUTINGS = {
  JP: { partner: 'KR', organisation: 'kr-mnd-dia', marking: '秘' },
  KR: { partner: 'JP', organisation: 'jp-mod-dih', marking: '군사 Ⅲ급 비밀' },
} as const
export type Sender = keyof typeof ROUTINGS

/** The people of one nation, signed in once: sessions survive a restart of the node. */
export interface Staff {
  readonly author: Session
  readonly authorities: readonly [Session, Session]
  readonly officer: Session
  readonly registrar: Session
}

export async function signInStaff(harness: Harness, nation: string): Promise<Staff> {
  const session = (person: string) => signIn(harness.consoleOf(nation), nation, person, EXERCISE_PASSWORD)
  return {
    author: await session('analyst'),
    authorities: [await session('release-authority-1'), await session('release-authority-2')],
    officer: await session('officer'),
    registrar: await session('registrar'),
  }
}

/** Writes, submits and approves one report, which releases it. */
export async function sendReport(
  harness: Harness,
  staff: Staff,
  from: Sender,
  title: string,
): Promise<Acknowledged> {
  const routing = {
    ...ROUTINGS[from],
    category: 'missile_launch',
    purpose: 'exercise',
    title,
    text: `EXERCISE ${title}`,
  }
  const { author, authorities } = staff
  const keys = [freshKey(), freshKey(), freshKey(), freshKey()] as const
  const draft = await asked(harness, from, () => author.call(drafts.create, routing, { key: keys[0] }))
  const of = { draft: draft.id }
  const { proposalDigest } = await asked(harness, from, () =>
    author.call(drafts.submit, of, { key: keys[1] }),
  )
  const verdict = { ...of, digest: proposalDigest! }
  await asked(harness, from, () => authorities[0].call(drafts.approve, verdict, { key: keys[2] }))
  const released = await asked(harness, from, () =>
    authorities[1].call(drafts.approve, verdict, { key: keys[3] }),
  )
  const { control } = released
  if (released.item === null || control === null)
    throw new Error(`${released.control} was approved twice and is ${released.state}`)
  return {
    from,
    to: ROUTINGS[from].partner,
    title,
    control,
    item: released.item,
    receipted: false,
  }
}

/** Opens and receipts a report at its receiver. False if it has not arrived there. */
export async function receiptReport(harness: Harness, staff: Staff, report: Acknowledged): Promise<boolean> {
  const { officer } = staff
  const page = { search: report.control, limit: 5 }
  const { rows } = await asked(harness, report.to, () => officer.call(items.list, page))
  if (rows[0]?.state !== 'accepted') return false
  const item = { item: report.item }
  await asked(harness, report.to, () => officer.call(items.open, { ...item, purpose: 'exercise' }))
  const key = freshKey()
  await asked(harness, report.to, () => officer.call(items.receipt, item, { key }))
  report.receipted = true
  harness.answered('receipt')
  return true
}
