/** A draft as the gate sees it: where it goes, and whose information it contains (EXC-22; Art. 6(a)). */
import type { View } from '#node/kernel/view.ts'
import { findItems } from '../items/item.store.ts'
import type { Item } from '../items/item.ts'
import type { GatedMatter } from '../situation/facts.ts'
import type { Routing } from './draft.ts'

export async function gatedDraft(view: View, draft: Routing): Promise<GatedMatter> {
  return (await gatedDrafts(view, [draft]))[0]!
}

/** Several drafts as the gate sees them, in their order; their sources are read in one query. */
export async function gatedDrafts(
  { nation, tx }: View,
  drafts: readonly Routing[],
): Promise<readonly GatedMatter[]> {
  const sources = await findItems(
    tx,
    drafts.flatMap(({ derivedFrom }) => derivedFrom),
  )
  return drafts.map((draft) => gatedOf(nation, draft, sources))
}

function gatedOf(nation: string, draft: Routing, sources: ReadonlyMap<string, Item>): GatedMatter {
  const { partner: to, receiverMarking = '', derivedFrom } = draft
  const { marking, category, purpose, organisation } = draft
  return {
    from: nation,
    to,
    originator: nation,
    marking,
    receiverMarking: receiverMarking === '' ? null : receiverMarking,
    category,
    purpose,
    organisation,
    receivedUnder: firstReceived(derivedFrom, sources),
    profile: null,
  }
}

/** The instrument under which the first received source came; empty for an unknown source, which counts as received. */
function firstReceived(controls: readonly string[], sources: ReadonlyMap<string, Item>): string | null {
  for (const control of controls) {
    const item = sources.get(control)
    if (item === undefined) return ''
    if (item.direction === 'received') return item.instrument
  }
  return null
}
