/** Assurances before provision (Art. 7.5 in the Japan–Korea agreement). Pure. */
import type { AssuranceText } from '#wire/exchange/assurance.ts'
import type { Instant } from '#node/world.ts'

export interface Assurance {
  readonly id: string
  /** The exact text that was signed. */
  readonly text: string
  /** The parsed text. */
  readonly body: AssuranceText
  /** The signed act of the security officer who gave it, as JSON. */
  readonly signedAct: string
  readonly withdrawnAt: Instant | null
}

/** Whether an assurance is in force at `now`. */
export function isInForce(
  { body, withdrawnAt }: Pick<Assurance, 'body' | 'withdrawnAt'>,
  now: Instant,
): boolean {
  return withdrawnAt === null && Date.parse(body.from) <= now && now < Date.parse(body.until)
}

/** Whether an assurance covers a marking and a purpose. */
export function covers(
  { markings, purposes }: Pick<AssuranceText, 'markings' | 'purposes'>,
  receiverMarking: string,
  purpose: string,
): boolean {
  return markings.includes(receiverMarking) && purposes.includes(purpose)
}

/** When the first of these assurances that covers a marking and a purpose ends; null if none covers them. */
export function assuredUntil(
  assurances: readonly Assurance[],
  receiverMarking: string,
  purpose: string,
): Instant | null {
  const covering = assurances.find(({ body }) => covers(body, receiverMarking, purpose))
  return covering === undefined ? null : Date.parse(covering.body.until)
}
