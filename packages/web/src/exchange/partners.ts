/** The partners of this node, and the choices that each of them leaves. */
import { useQueries } from '@tanstack/react-query'
import { agreements } from '#api/agreements.ts'
import { consoleApi } from '#api/console.ts'
import { callOrThrow } from '../client.ts'
import { queryKeyOf, useRoute } from '../queries.ts'
import { useNationName } from '../shell/nationName.ts'
import { rankOf } from '../ui/markingOrder.ts'
import type { Choice } from '../ui/tableModel.ts'

/** This nation's code; empty until the node has said it. */
export function useOwnNation(): string {
  return useRoute(consoleApi.shell, {}).data?.nation ?? ''
}

/** Every partner as a choice; null until the node has said. */
export function usePartnerChoices(): readonly Choice[] | null {
  const nationName = useNationName()
  const shell = useRoute(consoleApi.shell, {})
  if (shell.data === undefined) return null
  return shell.data.partners.map(({ nation }) => ({ value: nation, label: nationName(nation) }))
}

/** Every marking that can stand on an item here, as a choice, the highest first. */
export function useMarkingChoices(): readonly Choice[] {
  const partners = usePartnerChoices() ?? []
  const replies = useQueries({
    queries: partners.map(({ value }) => ({
      queryKey: queryKeyOf(agreements.choices, { partner: value }),
      queryFn: () => callOrThrow(agreements.choices, { partner: value }),
    })),
  })
  const markings = replies.flatMap((reply) =>
    (reply.data?.markings ?? []).flatMap((each) => [each.marking, ...each.receiverMarkings]),
  )
  return [...new Set(markings)]
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map((marking) => ({ value: marking, label: marking }))
}
