/**
 * Route contracts as queries and acts of the pages: cached, retried where that is safe, refreshed by hints.
 */
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
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal, RefusalCode } from '#api/refusals.ts'
import type { RefusalsOf, ReplyOf, Route } from '#api/route.ts'
import { RefusedError, call, callOrThrow } from './client.ts'
import type { CallInput } from './client.ts'

/** The codes after which the console asks the node who is signed in. */
const SIGNED_OUT: readonly RefusalCode[] = ['not_signed_in', 'session_expired']
/** The codes after which a read is tried again. */
const PASSING: readonly RefusalCode[] = ['unavailable', 'internal']

/** The room of what the frame shows: the chips of the partners, the desk and its count. */
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

/**
 * The refusal that an error carries; null when there is no error. Anything unforeseen reads as `internal`.
 */
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
  /** False: the route is not called yet. */
  readonly enabled?: boolean
  /**
   * Shows the reply to the last input until the new reply is there: for searches, never for one
   * matter.
   */
  readonly keepsLast?: boolean
}

/** Reads a route. `data` is the reply; a refusal comes as `error` (see `refusalOf`). */
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
  /** What `VirtualTable` asks for the next page with. */
  readonly more: { readonly has: boolean; readonly isLoading: boolean; load(): void }
}

/** Reads a list page by page, as far as it is scrolled. */
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

export interface Act<R extends Route> {
  /** Does the act; resolves to the reply or the refusal, and never throws. */
  run(input: CallInput<R>): Promise<ReplyOf<R> | Refusal<RefusalsOf<R>>>
  /** Why the last run was refused. */
  readonly refusal: Refusal<RefusalsOf<R>> | null
  readonly reply: ReplyOf<R> | null
  readonly isRunning: boolean
  /** Forgets the last outcome. */
  clear(): void
}

/**
 * A route that changes something. A run that did not reach the node keeps its key, so that pressing again is
 * the same act; everything shown of the same slice is read again afterwards.
 */
export function useAct<R extends Route>(route: R): Act<R> {
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
    onSuccess: () => refreshRoom(route.name.split('.', 1)[0] ?? route.name),
  })
  const last: ReplyOf<R> | Refusal<RefusalsOf<R>> | undefined = mutation.data
  return {
    run: (input) => mutation.mutateAsync(input),
    // `run` answers what the contract declares; anything unforeseen reads as `internal`, which it declares
    // too.
    refusal: (isRefusal(last) ? last : refusalOf(mutation.error)) as Refusal<RefusalsOf<R>> | null,
    reply: last === undefined || isRefusal(last) ? null : last,
    isRunning: mutation.isPending,
    clear: mutation.reset,
  }
}

/**
 * Reads again what is shown and concerned. A first read that is under way may answer with what was before the
 * change, and the library would keep that as fresh: it begins anew.
 */
export async function refresh(concerns: (queryKey: readonly unknown[]) => boolean): Promise<void> {
  await queryClient.cancelQueries(
    { predicate: ({ queryKey, state }) => state.data === undefined && concerns(queryKey) },
    { silent: true },
  )
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => concerns(queryKey) })
}

/** Reads again what was read of a room, and the frame and the desk with it. */
export function refreshRoom(room: string): Promise<void> {
  return refresh((queryKey) => isConcerned(queryKey, [{ room, isWhole: true }], null))
}

/** A room of the API of which something has changed. */
export interface Concern {
  readonly room: string
  /** True where a change of one thing also changes what is said of others. */
  readonly isWhole: boolean
}

/**
 * True if a cached reply may have changed. A reply about a single thing has not when another thing changed;
 * `id` is the thing that changed, null when it is not known.
 */
export function isConcerned(
  queryKey: readonly unknown[],
  concerns: readonly Concern[],
  id: string | null,
): boolean {
  const [name, input] = queryKey
  if (typeof name !== 'string') return false
  const room = name.split('.', 1)[0]
  if (room === FRAME) return true
  const concern = concerns.find((candidate) => candidate.room === room)
  if (concern === undefined) return false
  const isSingle = /\.(get|read)[A-Z]?/.test(name)
  if (!isSingle || concern.isWhole || id === null || typeof input !== 'object' || input === null) return true
  return Object.values(input).includes(id)
}
