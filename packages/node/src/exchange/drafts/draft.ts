/** A draft: a report that is being written and approved. Pure. */
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { ententeRule, permit } from '#node/kernel/permission.ts'
import type { By } from '#node/kernel/caller.ts'
import type { Instant } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'

export type DraftState = 'writing' | 'submitted' | 'released'

/** Where a report goes, and under what; everything but its content. */
export interface Routing {
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  /** Absent or empty until one is chosen. */
  readonly receiverMarking?: string | undefined
  readonly category: string
  readonly purpose: string
  /** The control numbers of the items from which the content derives. */
  readonly derivedFrom: readonly string[]
}

export interface Draft extends Routing {
  readonly id: string
  readonly author: string
  readonly state: DraftState
  readonly receiverMarking: string
  readonly instrument: string
  readonly content: string
  /** Assigned when it is first submitted; null before. */
  readonly control: string | null
  /** The exact text to approve; null while the draft is being written. */
  readonly proposal: string | null
  readonly proposalDigest: Sha384 | null
  readonly updatedAt: Instant
}

/** A person's verdict on a digest; `submit` is the author's own signature. */
export interface Approval {
  readonly digest: string
  readonly person: string
  /** The signed act as JSON; `{}` for the verdict `refuse`. */
  readonly signedAct: string
  readonly verdict: 'approve' | 'refuse' | 'submit'
  readonly reason: string | null
  readonly at: Instant
}

/** The approvals of a draft's current digest. */
export function currentApprovals(draft: Draft, approvals: readonly Approval[]): readonly Approval[] {
  return approvals.filter(({ digest, verdict }) => digest === draft.proposalDigest && verdict === 'approve')
}

/** Whether a person may see a draft: its author, and release authorities. */
export function maySee(draft: Draft, by: By): Can {
  return draft.author === by.personId ? true : permit(by.roles, EXCHANGE['exchange.approve'])
}

/** Whether a person may change a draft. */
export function mayEdit(draft: Draft | null, by: By): Can {
  if (draft === null) return refuse('not_found')
  const can = permit(by.roles, EXCHANGE['exchange.compose'])
  if (can !== true) return can
  if (draft.author !== by.personId) return refuse('not_permitted', ententeRule('EXC-21'))
  return draft.state === 'released' ? refuse('wrong_state') : true
}

/** Whether a person may submit a draft. */
export function maySubmit(draft: Draft | null, by: By): Can {
  const can = mayEdit(draft, by)
  return can === true && draft?.state !== 'writing' ? refuse('wrong_state') : can
}

/**
 * Whether a draft still awaits a person's verdict: it is submitted, and they have given none on its digest. The gate
 * decides whether they may give one.
 */
export function awaitsVerdict(draft: Draft, approvals: readonly Approval[], by: By): Can {
  if (draft.state !== 'submitted') return refuse('wrong_state')
  const signed = approvals.some(
    ({ digest, person }) => digest === draft.proposalDigest && person === by.personId,
  )
  return signed ? refuse('already_done') : true
}
