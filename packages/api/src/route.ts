/** Routes as data: what the console and the CLI may call. Server, client and OpenAPI document read the same value. */
import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Route<Input extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly method: Method
  /** `/api/items/:item`; the names after a colon are fields of the input. */
  readonly path: string
  /** One sentence for the API document. */
  readonly summary: string
  /** `anyone` needs no session; `person` needs one. */
  readonly access: 'anyone' | 'person'
  /** Path, query and body fields together. A GET takes the rest from the query string. */
  readonly input: Input
  readonly reply: Reply
  /** The request body, or the reply, is bytes (a file, an event stream) and not JSON. */
  readonly bytes?: 'request' | 'reply'
}

/** Declares a route and keeps its exact types. */
export function route<Input extends z.ZodType, Reply extends z.ZodType>(
  declared: Route<Input, Reply>,
): Route<Input, Reply> {
  return declared
}

export type InputOf<R> = R extends Route<infer Input, z.ZodType> ? z.infer<Input> : never
export type ReplyOf<R> = R extends Route<z.ZodType, infer Reply> ? z.infer<Reply> : never
