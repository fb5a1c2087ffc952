/**
 * The opening of the exercise as steps: what comes next is read from the state of the node that is looked at, as far
 * as it can see, and from what the visitor has ticked off. Pure.
 */

/** Where a step is done: the nation that reports, or the one that receives. */
export const REPORTER = 'JP'
export const RECEIVER = 'KR'

export const STEPS = [
  'look',
  'approveFirst',
  'approveSecond',
  'openRefused',
  'open',
  'receipt',
  'opened',
  'evidence',
  'order',
  'breakProof',
] as const
export type Step = (typeof STEPS)[number]

/** Steps that leave no trace in a node, so that the visitor ticks them off. */
export const TICKED: readonly Step[] = ['look', 'openRefused', 'opened', 'evidence', 'order', 'breakProof']

export interface Where {
  readonly nation: string
  readonly as: 'asFirst' | 'asSecond' | 'asWithout' | 'asOfficer' | 'asAnyone'
}

export const WHERE: Readonly<Record<Step, Where>> = {
  look: { nation: REPORTER, as: 'asFirst' },
  approveFirst: { nation: REPORTER, as: 'asFirst' },
  approveSecond: { nation: REPORTER, as: 'asSecond' },
  openRefused: { nation: RECEIVER, as: 'asWithout' },
  open: { nation: RECEIVER, as: 'asOfficer' },
  receipt: { nation: RECEIVER, as: 'asOfficer' },
  opened: { nation: REPORTER, as: 'asFirst' },
  evidence: { nation: REPORTER, as: 'asAnyone' },
  order: { nation: REPORTER, as: 'asAnyone' },
  breakProof: { nation: REPORTER, as: 'asAnyone' },
}

/** What the guide can see from where it stands. */
export interface Seen {
  readonly nation: string
  /** Drafts to the receiver that wait for approval, with the approvals that stand. */
  readonly drafts: readonly { readonly id: string; readonly approvals: number }[]
  /** Items between reporter and receiver, newest first. */
  readonly items: readonly { readonly id: string; readonly state: string }[]
  /** On the receiver's node: somebody was refused the opening, somebody has opened. */
  readonly openings: readonly { readonly outcome: string }[]
  readonly ticked: ReadonlySet<string>
}

/** Which steps are done, as far as this node and this visitor know. */
export function doneSteps(seen: Seen): ReadonlySet<Step> {
  const done = new Set<Step>(STEPS.filter((step) => TICKED.includes(step) && seen.ticked.has(step)))
  const [item] = seen.items
  const approvals = Math.max(0, ...seen.drafts.map((draft) => draft.approvals))
  if (approvals > 0 || item !== undefined) add(done, ['look', 'approveFirst'])
  if (item !== undefined) add(done, ['approveSecond'])
  if (seen.openings.some(({ outcome }) => outcome === 'refused')) add(done, ['openRefused'])
  // Either side sees the receipt: it is what makes the item count as opened.
  if (item?.state === 'opened') add(done, ['openRefused', 'open', 'receipt'])
  if (seen.openings.some(({ outcome }) => outcome === 'opened')) add(done, ['openRefused', 'open'])
  if (seen.openings.some(({ outcome }) => outcome === 'receipted')) add(done, ['openRefused', 'open', 'receipt'])
  return done
}

function add(done: Set<Step>, steps: readonly Step[]): void {
  for (const step of steps) done.add(step)
}

/** The first step that is not done; null when all are. */
export function nextStep(seen: Seen): Step | null {
  const done = doneSteps(seen)
  return STEPS.find((step) => !done.has(step)) ?? null
}

/** What a step is about, where this node knows it: the draft to approve, the item to look at. */
export function targetOf(step: Step, seen: Seen): { readonly draft: string } | { readonly item: string } | null {
  if (step === 'look' || step === 'approveFirst' || step === 'approveSecond') {
    const [draft] = seen.drafts
    return draft === undefined ? null : { draft: draft.id }
  }
  if (step === 'order' || step === 'breakProof') return null
  const [item] = seen.items
  return item === undefined ? null : { item: item.id }
}
