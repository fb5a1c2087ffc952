/** A report being written and approved. Pure. */
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { national, permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Instant } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'

export type DraftState = 'writing' | 'submitted' | 'released'

/** What a person chooses about a report beside its content. */
export interface Routing {
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  /** Absent or empty until one is chosen, where the agreement leaves a choice. */
  readonly receiverMarking?: string | undefined
  readonly category: string
  readonly purpose: string
  /** Control numbers of received items that the content derives from. */
  readonly derivedFrom: readonly string[]
}

export interface Draft extends Routing {
  readonly id: string
  readonly author: string
  readonly state: DraftState
  readonly receiverMarking: string
  readonly instrument: string
  readonly content: string
  /** Given when it is first submitted; null before. */
  readonly control: string | null
  /** The exact text that is approved; null while it is written. */
  readonly proposal: string | null
  readonly proposalDigest: Sha384 | null
  readonly updatedAt: Instant
}

/** A signature under a digest of a draft. */
export interface Approval {
  readonly digest: string
  readonly person: string
  /** The signed act; empty where the verdict is a refusal. */
  readonly act: string
  readonly verdict: 'approve' | 'refuse' | 'submit'
  readonly reason: string | null
  readonly at: Instant
}

/** Signatures that a release needs beside the author's. */
export const APPROVALS_NEEDED = 2

/** The approvals under the digest of a draft as it is. */
export function standingApprovals(draft: Draft, approvals: readonly Approval[]): readonly Approval[] {
  return approvals.filter(({ digest, verdict }) => digest === draft.proposalDigest && verdict === 'approve')
}

type By = Pick<SignedIn, 'personId' | 'roles'>

/** Whether a person may see a draft at all: its author, and whoever approves. */
export function maySee(draft: Draft, by: By): Can {
  return draft.author === by.personId ? true : permit(by.roles, EXCHANGE['exchange.approve'])
}

/** Whether a person may change a draft. */
export function mayEdit(draft: Draft | null, by: By): Can {
  if (draft === null) return refuse('not_found')
  const can = permit(by.roles, EXCHANGE['exchange.compose'])
  if (can !== true) return can
  if (draft.author !== by.personId) return refuse('not_permitted', national('EXC-21'))
  return draft.state === 'released' ? refuse('wrong_state') : true
}

/** Whether a person may submit a draft. */
export function maySubmit(draft: Draft | null, by: By): Can {
  const can = mayEdit(draft, by)
  return can === true && draft?.state !== 'writing' ? refuse('wrong_state') : can
}

/**
 * Whether a verdict is still due from a person: the draft is submitted and they have not signed its digest. Whether
 * this person may give one is the gate's answer.
 */
export function awaitsVerdict(draft: Draft, approvals: readonly Approval[], by: By): Can {
  if (draft.state !== 'submitted') return refuse('wrong_state')
  const signed = approvals.some(
    ({ digest, person }) => digest === draft.proposalDigest && person === by.personId,
  )
  return signed ? refuse('already_done') : true
}
