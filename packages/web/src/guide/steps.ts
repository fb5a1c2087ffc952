/**
 * The steps of the opening of the exercise. The next step follows from what this node can see and from the
 * ticks. Pure.
 */

/** The nation in which a step is done: the reporter or the receiver. */
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

/** Steps that a node may not see, so the visitor ticks them off. */
export const TICKED: readonly Step[] = ['look', 'openRefused', 'opened', 'evidence', 'order', 'breakProof']

/** Ticked only if the visitor has released the report. */
const PAST: readonly Step[] = ['openRefused', 'opened', 'evidence', 'order', 'breakProof']

export interface Where {
  readonly nation: string
  /** The office to sign in as: its id in the cast of the exercise. */
  readonly person: string
}

export const WHERE: Readonly<Record<Step, Where>> = {
  look: { nation: REPORTER, person: 'release-authority-1' },
  approveFirst: { nation: REPORTER, person: 'release-authority-1' },
  approveSecond: { nation: REPORTER, person: 'release-authority-2' },
  openRefused: { nation: RECEIVER, person: 'officer-elsewhere' },
  open: { nation: RECEIVER, person: 'officer' },
  receipt: { nation: RECEIVER, person: 'officer' },
  opened: { nation: REPORTER, person: 'registrar' },
  evidence: { nation: REPORTER, person: 'registrar' },
  order: { nation: REPORTER, person: 'supply-officer' },
  breakProof: { nation: REPORTER, person: 'registrar' },
}

/** What the guide knows from this node. */
export interface Seen {
  /** Drafts that wait for approval, with their number of valid approvals. */
  readonly drafts: readonly { readonly id: string; readonly approvals: number }[]
  /** Items from the reporter to the receiver, newest first. */
  readonly items: readonly { readonly id: string; readonly control: string; readonly state: string }[]
  /** On the receiver's node: who was refused, who opened, who signed the receipt. */
  readonly openings: readonly { readonly outcome: string }[]
  readonly ticked: ReadonlySet<string>
}

/** The steps that are done, as far as this node and this visitor know. */
export function doneSteps({ drafts, items, openings, ticked }: Seen): ReadonlySet<Step> {
  const done = new Set<Step>(TICKED.filter((step) => ticked.has(step)))
  const add = (holds: boolean, steps: readonly Step[]): void => {
    if (holds) for (const step of steps) done.add(step)
  }
  const hasOutcome = (outcome: string): boolean => openings.some((opening) => opening.outcome === outcome)
  const [item] = items
  // A waiting report comes first, unless the visitor has already released it: another report may have crossed
  // before.
  const isPast = PAST.some((step) => ticked.has(step)) || item?.state === 'receipted'
  const hasCrossed = item !== undefined && (drafts.length === 0 || isPast)
  add(hasCrossed || drafts.some((draft) => draft.approvals > 0), ['look', 'approveFirst'])
  add(hasCrossed, ['approveSecond'])
  add(hasOutcome('refused'), ['openRefused'])
  add(hasOutcome('opened'), ['openRefused', 'open'])
  // Both nations see the receipt, so the opening counts as done.
  add(item?.state === 'receipted' || hasOutcome('receipted'), ['openRefused', 'open', 'receipt'])
  return done
}

/** The first step that is not done; null if all are. */
export function nextStep(seen: Seen): Step | null {
  const done = doneSteps(seen)
  return STEPS.find((step) => !done.has(step)) ?? null
}

export type Target =
  | { readonly draft: string }
  | { readonly item: string }
  | { readonly order: string }
  | null

/** The matter of a step, if this node knows it; null for the desk. */
export function targetOf(step: Step, { drafts, items }: Seen): Target {
  switch (step) {
    case 'look':
    case 'approveFirst':
    case 'approveSecond':
      return drafts[0] === undefined ? null : { draft: drafts[0].id }
    case 'order':
      return { order: RECEIVER }
    default:
      return items[0] === undefined ? null : { item: items[0].id }
  }
}

/**
 * The command of a step, to be run in the checkout; null if it has none. `fingerprint` is the link's,
 * according to this node; without it the verifier does not compare keys.
 */
export function commandOf(step: Step, control: string, fingerprint: string | null): string | null {
  const file = `${control}.entente-evidence.json`
  const held = fingerprint === null ? '' : ` --fingerprint "${fingerprint}"`
  if (step === 'evidence') return `node run.mjs packages/cli/src/main.ts verify ${file}${held}`
  if (step !== 'breakProof') return null
  const change = `const fs=require('fs');const b=fs.readFileSync('${file}');b[b.length>>1]^=1;fs.writeFileSync('broken.json',b)`
  return `node -e "${change}" && node run.mjs packages/cli/src/main.ts verify broken.json`
}
