/** Assurances before provision (Art. 7.5 in the Japan–Korea agreement). Pure. */
import type { AssuranceText } from '#wire/exchange/assurance.ts'
import type { Instant } from '#node/world.ts'

export interface Assurance {
  readonly id: string
  /** The exact text that was signed. */
  readonly text: string
  readonly said: AssuranceText
  /** Signed act of the security officer who gave it. */
  readonly act: string
  readonly withdrawnAt: Instant | null
}

/** Whether an assurance holds at an instant. */
export function holds({ said, withdrawnAt }: Assurance, now: Instant): boolean {
  return withdrawnAt === null && Date.parse(said.from) <= now && now < Date.parse(said.until)
}

/** Until when one of the assurances that hold covers a marking and a purpose; null when none does. */
export function assuredUntil(
  assurances: readonly Assurance[],
  receiverMarking: string,
  purpose: string,
): Instant | null {
  const covering = assurances.find(
    ({ said }) => said.markings.includes(receiverMarking) && said.purposes.includes(purpose),
  )
  return covering === undefined ? null : Date.parse(covering.said.until)
}
