/** What the guide reads from the node, with the rights of whoever is signed in: what they may not see, it does not. */
import { exchange } from '#api/exchange.ts'
import { useRoute } from '../queries.ts'
import { RECEIVER, REPORTER } from './steps.ts'
import type { Seen } from './steps.ts'

const ITEM_COUNT = 5

/** The state of the opening as this node shows it; null until it has said. */
export function useSeen(nation: string, ticked: readonly string[]): Seen | null {
  const isReporter = nation === REPORTER
  const isReceiver = nation === RECEIVER
  const drafts = useRoute(exchange.listDrafts, {}, { enabled: isReporter })
  const items = useRoute(
    exchange.listItems,
    isReporter
      ? { direction: 'sent', partner: RECEIVER, limit: ITEM_COUNT }
      : { direction: 'received', partner: REPORTER, limit: ITEM_COUNT },
    { enabled: isReporter || isReceiver },
  )
  const standing = (items.data?.rows ?? []).filter((item) => item.state !== 'withdrawn')
  const newest = standing[0]?.id ?? ''
  const item = useRoute(exchange.getItem, { item: newest }, { enabled: isReceiver && newest !== '' })
  // A reading that is switched off, or was refused, is not waited for.
  if (drafts.isLoading || items.isLoading || item.isLoading) return null
  return {
    drafts: (drafts.data?.rows ?? [])
      .filter((draft) => draft.state === 'submitted' && draft.stamps.recipient === RECEIVER)
      .map((draft) => ({
        id: draft.id,
        approvals: draft.approvals.filter((each) => each.current && each.verdict === 'approve').length,
      })),
    items: standing,
    openings: item.data?.openings ?? [],
    ticked: new Set(ticked),
  }
}
