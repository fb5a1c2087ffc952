/** A draft as the gate sees it: where it is to go, and whose information it contains (EXC-22; Art. 6(a)). */
import type { Act } from '#node/kernel/command.ts'
import type { GatedMatter } from '../situation/facts.ts'
import { findItem } from '../items/item.store.ts'

/** What a person chooses about a report beside its content. */
export interface Routing {
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  readonly receiverMarking?: string | undefined
  readonly category: string
  readonly purpose: string
  readonly derivedFrom: readonly string[]
}

/** A draft as the gate sees it. Content that was received from another stays that nation's (Art. 6(a)). */
export async function gatedDraft(act: Act, draft: Routing): Promise<GatedMatter> {
  const receivedUnder = await firstReceived(act, draft.derivedFrom)
  return {
    from: act.nation,
    to: draft.partner,
    originator: act.nation,
    marking: draft.marking,
    receiverMarking: draft.receiverMarking === '' ? null : (draft.receiverMarking ?? null),
    category: draft.category,
    purpose: draft.purpose,
    organisation: draft.organisation,
    receivedUnder,
  }
}

/** The instrument under which the first source was received; a source that nobody knows counts as received. */
async function firstReceived(act: Act, controls: readonly string[]): Promise<string | null> {
  for (const control of controls) {
    const item = await findItem(act.tx, control)
    if (item === null) return ''
    if (item.direction === 'received') return item.instrument
  }
  return null
}
