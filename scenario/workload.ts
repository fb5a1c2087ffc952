/**
 * People who keep sending reports while their nodes are killed: each act has a key, and an act without an answer is
 * asked for again under the same key until there is one. What was acknowledged is what the auditor looks for.
 */
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { EXERCISE_PASSWORD } from './cast.ts'
import { Unanswered, freshKey, signIn } from './client.ts'
import type { Session } from './client.ts'

/** A report whose release was acknowledged. */
export interface Acknowledged {
  readonly from: string
  readonly to: string
  readonly title: string
  readonly control: string
  readonly item: string
  /** Its receipt was acknowledged as well. */
  receipted: boolean
}

/** What the killer waits for: any answer, or one that shows that a report has crossed. */
export type Answered = 'answer' | 'receipt'

export interface Office {
  consoleOf(nation: string): string
  /** Resolves when the node of a nation can be asked again. */
  ready(nation: string): Promise<void>
  /** Hears of every answer, and of every receipt: the killer counts them. */
  answered(what: Answered): void
}

/** Asks until there is an answer; a node whose database is away for a moment has none. */
async function asked<T>(office: Office, nation: string, ask: () => Promise<T | Refusal>): Promise<T> {
  for (;;) {
    try {
      const answer = await ask()
      if (isRefusal(answer) && answer.reasons[0].code === 'unavailable') continue
      office.answered('answer')
      if (isRefusal(answer))
        throw new Error(`${nation} refused: ${JSON.stringify(answer.reasons)} at ${answer.place}`)
      return answer
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      // A node that cannot start again ends the test here.
      await office.ready(nation)
    }
  }
}

const ROUTINGS = {
  JP: { partner: 'KR', organisation: 'kr-mnd-dia', marking: '秘' },
  KR: { partner: 'JP', organisation: 'jp-mod-dih', marking: '군사 Ⅲ급 비밀' },
} as const
export type Sender = keyof typeof ROUTINGS

/** The people of one nation, signed in once: their sessions outlive the processes. */
export interface Staff {
  readonly author: Session
  readonly authorities: readonly [Session, Session]
  readonly officer: Session
  readonly registrar: Session
}

export async function signInStaff(office: Office, nation: string): Promise<Staff> {
  const enter = (person: string) => signIn(office.consoleOf(nation), nation, person, EXERCISE_PASSWORD)
  return {
    author: await enter('analyst'),
    authorities: [await enter('release-authority-1'), await enter('release-authority-2')],
    officer: await enter('officer'),
    registrar: await enter('registrar'),
  }
}

/** Sends one report through to its release. */
export async function sendReport(
  office: Office,
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
  const draft = await asked(office, from, () => author.call(drafts.create, routing, { key: keys[0] }))
  const of = { draft: draft.id }
  const { proposalDigest } = await asked(office, from, () => author.call(drafts.submit, of, { key: keys[1] }))
  const verdict = { ...of, digest: proposalDigest! }
  await asked(office, from, () => authorities[0].call(drafts.approve, verdict, { key: keys[2] }))
  const released = await asked(office, from, () =>
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

/** Opens and receipts one that has arrived at its receiver; false when it has not arrived. */
export async function receiptReport(office: Office, staff: Staff, report: Acknowledged): Promise<boolean> {
  const { officer } = staff
  const page = { search: report.control, limit: 5 }
  const { rows } = await asked(office, report.to, () => officer.call(items.list, page))
  if (rows[0]?.state !== 'accepted') return false
  const item = { item: report.item }
  await asked(office, report.to, () => officer.call(items.open, { ...item, purpose: 'exercise' }))
  const key = freshKey()
  await asked(office, report.to, () => officer.call(items.receipt, item, { key }))
  report.receipted = true
  office.answered('receipt')
  return true
}
