/** The categories of supplies and services in the agreements of this node, in force or not. */
import { useQueries } from '@tanstack/react-query'
import { agreements } from '#api/agreements.ts'
import { categoriesIn } from '../law/termFields.ts'
import { callOrThrow } from '../core/client.ts'
import { queryKeyOf, useRoute } from '../core/queries.ts'

/** The unique categories, in the order of the agreements. */
export function useOrderCategories(): readonly string[] {
  const list = useRoute(agreements.list, {})
  const instruments = (list.data?.rows ?? [])
    .filter((row) => row.subject === 'logistics')
    .map((row) => row.instrument)
  const replies = useQueries({
    queries: instruments.map((instrument) => ({
      queryKey: queryKeyOf(agreements.get, { instrument }),
      queryFn: () => callOrThrow(agreements.get, { instrument }),
    })),
  })
  const categories = replies.flatMap((reply) => categoriesIn(reply.data?.terms ?? []))
  return [...new Set(categories)]
}
