/**
 * Routes as data: what the console and the CLI may call. Server, clients and OpenAPI document read the same
 * value.
 */
import type { z } from 'zod'
import type { RefusalCode } from './refusals.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** `anyone` needs no session; `person` needs one. */
export type Access = 'anyone' | 'person'

/** Refusals of every route, decided before its handler runs or after it fails. */
export const EVERY_ROUTE = [
  'invalid_input',
  'too_large',
  'too_many_requests',
  'unavailable',
  'internal',
] as const satisfies readonly RefusalCode[]
/** Refusals of every route that needs a session. */
const EVERY_PERSON = ['not_signed_in', 'session_expired'] as const satisfies readonly RefusalCode[]
/** Refusals of every route that changes something: a page of another site may not call it. */
const EVERY_CHANGE = ['not_permitted'] as const satisfies readonly RefusalCode[]
/** Refusals of every change by a person, who may send an idempotency key with it. */
const EVERY_CHANGE_BY_PERSON = ['key_reused'] as const satisfies readonly RefusalCode[]

type Always<M extends Method, A extends Access> =
  | (typeof EVERY_ROUTE)[number]
  | (A extends 'person' ? (typeof EVERY_PERSON)[number] : never)
  | (M extends 'GET' ? never : (typeof EVERY_CHANGE)[number])
  | (M extends 'GET' ? never : A extends 'person' ? (typeof EVERY_CHANGE_BY_PERSON)[number] : never)

interface Declared<
  Input extends z.ZodType,
  Reply extends z.ZodType,
  M extends Method,
  A extends Access,
  Code extends RefusalCode,
> {
  /**
   * The prefix of its room or pillar (GLOSSARY), optional subject, and verb: `exchange.items.open`. `get` and `read` answer
   * about the one matter whose id is in the input; the console keeps their reply when another matter changes.
   */
  readonly name: string
  readonly method: M
  /** For example `/api/items/:item`; a name after a colon is a field of the input. */
  readonly path: string
  /** One sentence for the API document. */
  readonly summary: string
  readonly access: A
  /** All fields. Those not in the path come from the query of a GET, else from the body. */
  readonly input: Input
  readonly reply: Reply
  /** The request body, or the reply, is bytes (a file, an event stream) and not JSON. */
  readonly bytes?: 'request' | 'reply'
  /** The codes with which the handler may refuse, besides those common to all such routes. */
  readonly refusals: readonly Code[]
}

/** A declared route. `refusals` are all the codes that a caller must expect. */
export type Route<
  Input extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Code extends RefusalCode = RefusalCode,
  A extends Access = Access,
> = Declared<Input, Reply, Method, A, Code>

/** Declares a route and keeps its exact types. */
export function route<
  Input extends z.ZodType,
  Reply extends z.ZodType,
  const M extends Method,
  const A extends Access,
  const Code extends RefusalCode = never,
>(declared: Declared<Input, Reply, M, A, Code>): Route<Input, Reply, Code | Always<M, A>, A> {
  const isPerson = declared.access === 'person'
  const isChange = declared.method !== 'GET'
  const refusals = new Set<RefusalCode>([
    ...declared.refusals,
    ...EVERY_ROUTE,
    ...(isPerson ? EVERY_PERSON : []),
    ...(isChange ? EVERY_CHANGE : []),
    ...(isChange && isPerson ? EVERY_CHANGE_BY_PERSON : []),
  ])
  return { ...declared, refusals: [...refusals] as (Code | Always<M, A>)[] }
}

export type InputOf<R> = R extends Route<infer Input, z.ZodType> ? z.infer<Input> : never
/** A deeply read-only value: a reply is built once and only read. */
export type Immutable<T> = T extends readonly unknown[] | Record<string, unknown>
  ? { readonly [Key in keyof T]: Immutable<T[Key]> }
  : T
export type ReplyOf<R> = R extends Route<z.ZodType, infer Reply> ? Immutable<z.infer<Reply>> : never
/** The codes with which a route may refuse. Its caller gets a `Refusal<RefusalsOf<R>>`. */
export type RefusalsOf<R> = R extends Route<z.ZodType, z.ZodType, infer Code> ? Code : never
