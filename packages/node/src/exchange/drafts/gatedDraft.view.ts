/** A draft as the gate sees it: where it goes, and whose information it contains (EXC-22; Art. 6(a)). */
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import { findItem } from '../items/item.store.ts'
import type { GatedMatter } from '../situation/facts.ts'
import type { Routing } from './draft.ts'

export async function gatedDraft({ nation, tx }: View, draft: Routing): Promise<GatedMatter> {
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
    receivedUnder: await firstReceived(tx, derivedFrom),
  }
}

/** The instrument under which the first received source came; empty for an unknown source, which counts as received. */
async function firstReceived(reader: Reader, controls: readonly string[]): Promise<string | null> {
  for (const control of controls) {
    const item = await findItem(reader, control)
    if (item === null) return ''
    if (item.direction === 'received') return item.instrument
  }
  return null
}
