/** The guide's data from the node, read with the rights of the person who is signed in. */
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { useRoute } from '../core/queries.ts'
import { RECEIVER, REPORTER } from './steps.ts'
import type { Seen } from './steps.ts'

const ITEM_COUNT = 5

/** The state of the opening according to this node; null until it is known. */
export function useSeen(nation: string, ticked: readonly string[]): Seen | null {
  const isReporter = nation === REPORTER
  const isReceiver = nation === RECEIVER
  const reports = useRoute(drafts.list, {}, { enabled: isReporter })
  const crossed = useRoute(
    items.list,
    isReporter
      ? { direction: 'sent', partner: RECEIVER, limit: ITEM_COUNT }
      : { direction: 'received', partner: REPORTER, limit: ITEM_COUNT },
    { enabled: isReporter || isReceiver },
  )
  const standing = (crossed.data?.rows ?? []).filter((item) => item.state !== 'withdrawn')
  const newest = standing[0]?.id ?? ''
  const item = useRoute(items.get, { item: newest }, { enabled: isReceiver && newest !== '' })
  // Does not wait for a read that is disabled or was refused.
  if (reports.isLoading || crossed.isLoading || item.isLoading) return null
  return {
    drafts: (reports.data?.rows ?? [])
      .filter((draft) => draft.state === 'submitted' && draft.partner === RECEIVER)
      .map(({ id, approvals }) => ({ id, approvals })),
    items: standing,
    openings: item.data?.openings ?? [],
    ticked: new Set(ticked),
  }
}
