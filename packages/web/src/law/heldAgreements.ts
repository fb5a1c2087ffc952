/**
 * All agreements of the node with their texts, to look up organisations and articles named without an
 * agreement.
 */
import { useQueries } from '@tanstack/react-query'
import { agreements } from '#api/agreements.ts'
import type { ReplyOf } from '#api/route.ts'
import { callOrThrow } from '../core/client.ts'
import { queryKeyOf, useRoute } from '../core/queries.ts'

/** An agreement with its text, terms and facts. */
export type Agreement = ReplyOf<typeof agreements.get>
export type Term = Agreement['terms'][number]

/** The agreements that have been read so far. Reads nothing while `enabled` is false. */
export function useHeldAgreements(enabled = true): readonly Agreement[] {
  const list = useRoute(agreements.list, {}, { enabled })
  const replies = useQueries({
    queries: (list.data?.rows ?? []).map(({ instrument }) => ({
      queryKey: queryKeyOf(agreements.get, { instrument }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        callOrThrow(agreements.get, { instrument }, { signal }),
      enabled,
    })),
  })
  return replies.flatMap(({ data }) => (data === undefined ? [] : [data]))
}
