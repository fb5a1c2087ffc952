/** Calls routes from pages: cached, retried where that is safe, refetched after hints. */
import {
  QueryCache,
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { Hint } from '#api/console.ts'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal, RefusalCode } from '#api/refusals.ts'
import type { RefusalsOf, ReplyOf, Route } from '#api/route.ts'
import { RefusedError, call, callOrThrow } from './client.ts'
import type { CallInput } from './client.ts'

/** The codes after which the console asks the node who is signed in. */
const SIGNED_OUT: readonly RefusalCode[] = ['not_signed_in', 'session_expired']
/** The codes after which a read is retried. */
const PASSING: readonly RefusalCode[] = ['unavailable', 'internal']

/** The prefix of the frame's routes: the partners' chips, the desk and its count. */
const FRAME = 'console'

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => noticeSignedOut(refusalOf(error)) }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) =>
        failures < 2 && PASSING.includes(refusalOf(error)?.reasons[0].code ?? 'internal'),
    },
  },
})

/** Whether a refusal says that nobody is signed in. */
export function isSignedOut(refusal: Refusal): boolean {
  return SIGNED_OUT.includes(refusal.reasons[0].code)
}

function noticeSignedOut(refusal: Refusal | null): void {
  if (refusal === null || !isSignedOut(refusal)) return
  void refresh(([name]) => name === identity.me.name)
}

/** The refusal in an error; null if there is no error. Any unexpected error becomes `internal`. */
export function refusalOf(error: unknown): Refusal | null {
  if (error === null || error === undefined) return null
  if (error instanceof RefusedError) return error.refusal
  return { refused: true, reasons: [{ code: 'internal', because: [] }] }
}

/** The key of a route's reply in the cache: its name, then its input. */
export function queryKeyOf<R extends Route>(route: R, input: CallInput<R>) {
  return [route.name, input] as const
}

export interface ReadOptions {
  /** If false, the route is not called yet. */
  readonly enabled?: boolean
  /** Shows the reply to the last input until the new one arrives. For searches, never for one matter. */
  readonly keepsLast?: boolean
}

/** Reads a route. `data` is the reply; a refusal is in `error` (see `refusalOf`). */
export function useRoute<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: ReadOptions = {},
): UseQueryResult<ReplyOf<R>> {
  return useQuery<ReplyOf<R>>({
    queryKey: queryKeyOf(route, input),
    queryFn: ({ signal }) => callOrThrow(route, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepsLast === true ? { placeholderData: keepPreviousData } : {}),
  })
}

/** A route whose reply is a page of rows, with the cursor of the next. */
type RowOf<R extends Route> =
  ReplyOf<R> extends { rows: readonly (infer Row)[]; next: string | null } ? Row : never
interface PageReply<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly total: number | null
}

export interface Rows<Row> {
  readonly rows: readonly Row[]
  readonly total: number | null
  readonly isLoading: boolean
  readonly refusal: Refusal | null
  /** `VirtualTable` fetches the next page with this. */
  readonly more: { readonly has: boolean; readonly isLoading: boolean; load(): void }
}

/** Reads a list page by page as the reader scrolls. */
export function useRows<R extends Route>(route: R, input: CallInput<R>): Rows<RowOf<R>> {
  const pages = useInfiniteQuery({
    queryKey: [...queryKeyOf(route, input), 'rows'],
    queryFn: async ({ pageParam, signal }) => {
      const asked = { ...(input as object), ...(pageParam === null ? {} : { cursor: pageParam }) }
      return (await callOrThrow(route, asked as CallInput<R>, { signal })) as PageReply<RowOf<R>>
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
  const read = pages.data?.pages
  return {
    rows: useMemo(() => (read ?? []).flatMap((page) => page.rows), [read]),
    total: read?.[0]?.total ?? null,
    isLoading: pages.isPending,
    refusal: refusalOf(pages.error),
    more: {
      has: pages.hasNextPage,
      isLoading: pages.isFetchingNextPage,
      load: () => void pages.fetchNextPage(),
    },
  }
}

export interface Command<R extends Route> {
  /** Calls the route. Resolves to the reply or the refusal; never throws. */
  run(input: CallInput<R>): Promise<ReplyOf<R> | Refusal<RefusalsOf<R>>>
  /** Why the last run was refused. */
  readonly refusal: Refusal<RefusalsOf<R>> | null
  readonly reply: ReplyOf<R> | null
  readonly isRunning: boolean
  /** Forgets the last outcome. */
  clear(): void
}

/**
 * A route that changes something. A run that did not reach the node keeps its idempotency key, so that a
 * second press has no second effect. Afterwards the queries of the routes with the same prefix are refetched.
 */
export function useCommand<R extends Route>(route: R): Command<R> {
  const attempt = useRef<{ input: string; key: string } | null>(null)
  const mutation = useMutation({
    mutationFn: async (input: CallInput<R>) => {
      const text = JSON.stringify(input)
      if (attempt.current?.input !== text) attempt.current = { input: text, key: crypto.randomUUID() }
      const reply = await call(route, input, { idempotencyKey: attempt.current.key })
      const isLost = isRefusal(reply) && reply.reasons[0].code === 'unavailable'
      if (!isLost) attempt.current = null
      if (isRefusal(reply)) noticeSignedOut(reply)
      return reply
    },
    onSuccess: () => refreshRoutes(prefixOf(route.name)),
  })
  const last: ReplyOf<R> | Refusal<RefusalsOf<R>> | undefined = mutation.data
  return {
    run: (input) => mutation.mutateAsync(input),
    // `run` returns what the contract declares. Any other error becomes `internal`, which every contract
    // declares.
    refusal: (isRefusal(last) ? last : refusalOf(mutation.error)) as Refusal<RefusalsOf<R>> | null,
    reply: last === undefined || isRefusal(last) ? null : last,
    isRunning: mutation.isPending,
    clear: mutation.reset,
  }
}

/**
 * Refetches the stale queries that are shown. A first read that is in flight is cancelled and sent again: its
 * answer may be older than the change, and the library would treat it as fresh.
 */
export async function refresh(isStale: (queryKey: readonly unknown[]) => boolean): Promise<void> {
  await queryClient.cancelQueries(
    { predicate: ({ queryKey, state }) => state.data === undefined && isStale(queryKey) },
    { silent: true },
  )
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => isStale(queryKey) })
}

/** Refetches the queries of the routes with this prefix, of the frame and of the desk. */
export function refreshRoutes(prefix: string): Promise<void> {
  return refresh((queryKey) => mayBeStale(queryKey, { routes: prefix, id: null }))
}

/** True if a cached reply may be stale. A reply about one matter is not stale when another matter changed. */
export function mayBeStale([name, input]: readonly unknown[], { routes, id }: Hint): boolean {
  if (typeof name !== 'string') return false
  const prefix = prefixOf(name)
  if (prefix === FRAME || routes === null) return true
  if (prefix !== routes) return false
  const isSingle = /\.(get|read)(?![a-z])/.test(name)
  if (!isSingle || id === null || typeof input !== 'object' || input === null) return true
  return Object.values(input).includes(id)
}

/** The first part of a route's name. */
function prefixOf(name: string): string {
  return name.split('.', 1)[0] ?? name
}
