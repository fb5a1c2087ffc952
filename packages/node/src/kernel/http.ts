/**
 * The HTTP door for our own clients: route contracts bound to handlers. Origin, session, size, JSON and shape are
 * checked here, in this order, before a handler sees anything (API-1 to API-5).
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { z } from 'zod'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { NodeCode, Refusal, RefusalCode } from '#api/refusals.ts'
import type { InputOf, ReplyOf, Route } from '#api/route.ts'
import { sha384 } from '#wire/digest.ts'
import { Malformed, decodeUtf8, parseJson } from '#wire/json.ts'
import type { Caller, PersonCaller, SignedIn } from './caller.ts'
import { isUnavailable } from './databaseError.ts'

/** A route with the code that answers it. */
export interface Binding {
  readonly route: Route
  readonly handle: (input: unknown, caller: Caller) => Promise<unknown>
}

type CallerOf<R extends Route> = R['access'] extends 'anyone' ? Caller : PersonCaller

/** Binds a handler to a contract. It returns the reply, a refusal, or a `Response` where the reply is bytes. */
export function bind<R extends Route>(
  route: R,
  handle: (input: InputOf<R>, caller: PersonCaller) => Promise<ReplyOf<R> | Refusal | Response>,
): Binding {
  return { route, handle: (input, caller) => handle(input as InputOf<R>, caller as PersonCaller) }
}

/** As `bind`, for a route that anyone may call. */
export function bindOpen<R extends Route>(
  route: R,
  handle: (input: InputOf<R>, caller: CallerOf<R>) => Promise<ReplyOf<R> | Refusal | Response>,
): Binding {
  return { route, handle: (input, caller) => handle(input as InputOf<R>, caller as CallerOf<R>) }
}

export interface HttpOptions {
  /** The nation is in the cookie's name: consoles of several nations may share a host, and so a cookie jar. */
  readonly nation: string
  readonly bindings: readonly Binding[]
  /** Resolves a session cookie; null when there is none that is valid. */
  authenticate(token: string): Promise<SignedIn | null>
  /** Called with what an operator has to know of an unexpected error; returns the id shown to the user. */
  report(error: unknown, route: string): string
}

/** A client's own key: printable, and no longer than a row should be. */
const KEY = /^[\x21-\x7e]{1,128}$/
const JSON_SIZE_BYTES_MAX = 256 * 1024
const STATUS: Partial<Record<RefusalCode, number>> = {
  not_signed_in: 401,
  session_expired: 401,
  wrong_credentials: 401,
  locked_out: 429,
  too_many_requests: 429,
  not_found: 404,
  invalid_input: 400,
  statement_invalid: 400,
  too_large: 413,
  wrong_state: 409,
  already_done: 409,
  digest_differs: 409,
  content_missing: 409,
  unavailable: 503,
  internal: 500,
}

/** The HTTP status that carries a refusal. */
function statusOf(code: RefusalCode): number {
  return STATUS[code] ?? 403
}

/** Builds the application that serves the bindings under their paths. */
export function createHttp(options: HttpOptions): Hono {
  const app = new Hono()
  for (const binding of options.bindings) {
    app.on(binding.route.method, binding.route.path, (context) => answer(context, binding, options))
  }
  app.all('/api/*', (context) => reply(context, refuse('not_found')))
  return app
}

async function answer(context: Context, binding: Binding, options: HttpOptions): Promise<Response> {
  try {
    const result = await ask(context, binding, options)
    if (result instanceof Response) return withCookies(context, result)
    return reply(context, result)
  } catch (error) {
    const malformed = malformedOf(error)
    if (malformed !== null) return reply(context, malformed)
    const id = options.report(error, binding.route.name)
    return reply(context, refuse(isUnavailable(error) ? 'unavailable' : 'internal', [], id))
  }
}

async function ask(context: Context, binding: Binding, options: HttpOptions): Promise<unknown> {
  const { route } = binding
  if (route.method !== 'GET' && !isSameOrigin(context.req.raw)) return refuse('not_permitted')
  const cookie = `__Host-entente-${options.nation.toLowerCase()}`
  const token = cookieOf(context.req.raw, cookie)
  const session = token === null ? null : await options.authenticate(token)
  if (route.access === 'person' && session === null) {
    return refuse(token === null ? 'not_signed_in' : 'session_expired')
  }
  const input = route.input.safeParse(await readInput(context, route))
  if (!input.success) return refuse('invalid_input', [], placeOf(input.error))
  const key = context.req.header('idempotency-key') ?? null
  if (key !== null && !KEY.test(key)) return refuse('invalid_input', [], 'idempotency-key')
  return binding.handle(input.data, {
    session,
    token,
    request: context.req.raw,
    setToken: (next) => setCookie(context, cookie, next),
    once:
      key === null ? null : { key, request: sha384(Buffer.from(JSON.stringify([route.name, input.data]))) },
  })
}

/** A change comes only from a page of this node, or from a client that is no browser. */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const origin = request.headers.get('origin')
  return origin === null || (URL.canParse(origin) && new URL(origin).host === request.headers.get('host'))
}

async function readInput(context: Context, route: Route): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = { ...context.req.query(), ...context.req.param() }
  if (route.method === 'GET' || route.bytes === 'request') return fields
  const body = await readBody(context.req.raw)
  if (body.length === 0) return fields
  const value = parseJson(decodeUtf8(body, 'body'), 'body')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed('not_json', 'body')
  }
  return { ...value, ...context.req.param() }
}

async function readBody(request: Request): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > JSON_SIZE_BYTES_MAX) throw new Malformed('too_large', 'body')
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  if (request.body !== null) {
    for await (const chunk of request.body) {
      sizeBytes += chunk.length
      if (sizeBytes > JSON_SIZE_BYTES_MAX) throw new Malformed('too_large', 'body')
      chunks.push(chunk)
    }
  }
  return Buffer.concat(chunks)
}

function malformedOf(error: unknown): Refusal | null {
  if (!(error instanceof Malformed)) return null
  const code: NodeCode = error.code === 'too_large' ? 'too_large' : 'invalid_input'
  return refuse(code, [], error.place)
}

function placeOf(error: z.ZodError): string {
  const issue = error.issues[0]
  const place = issue?.path.join('.') ?? ''
  return place === '' ? 'body' : place
}

function reply(context: Context, result: unknown): Response {
  const headers = { 'cache-control': 'no-store' }
  if (!isRefusal(result)) return context.json(result ?? {}, 200, headers)
  const { refused, reasons, place, decision } = result
  return context.json({ refused, reasons, place, decision }, statusOf(reasons[0].code) as 403, headers)
}

function cookieOf(request: Request, cookie: string): string | null {
  const header = request.headers.get('cookie') ?? ''
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === cookie && value !== undefined && value !== '') return value
  }
  return null
}

function setCookie(context: Context, cookie: string, token: string | null): void {
  const value = token === null ? `${cookie}=; Max-Age=0` : `${cookie}=${token}`
  context.header('set-cookie', `${value}; Path=/; Secure; HttpOnly; SameSite=Strict`)
}

/** A handler that built its own response still carries the cookie that it set. */
function withCookies(context: Context, response: Response): Response {
  const cookie = context.res.headers.get('set-cookie')
  if (cookie !== null) response.headers.set('set-cookie', cookie)
  return response
}
