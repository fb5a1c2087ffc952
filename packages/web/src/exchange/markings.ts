/** The markings that an item can have here. */
import { useQueries } from '@tanstack/react-query'
import { drafts } from '#api/exchange/drafts.ts'
import { callOrThrow } from '../core/client.ts'
import { useLadder, usePartnerChoices } from '../core/nations.ts'
import { queryKeyOf } from '../core/queries.ts'
import type { Choice } from '../ui/tableModel.ts'

/** The markings as choices, highest first. */
export function useMarkingChoices(): readonly Choice[] {
  const ladder = useLadder().flat()
  const partners = usePartnerChoices() ?? []
  const replies = useQueries({
    queries: partners.map(({ value }) => ({
      queryKey: queryKeyOf(drafts.choices, { partner: value }),
      queryFn: () => callOrThrow(drafts.choices, { partner: value }),
    })),
  })
  const markings = new Set(
    replies.flatMap((reply) =>
      (reply.data?.markings ?? []).flatMap((choice) => [choice.marking, ...choice.receiverMarkings]),
    ),
  )
  return ladder
    .filter((marking) => markings.has(marking))
    .map((marking) => ({ value: marking, label: marking }))
}
