/**
 * The HTTP API for our own clients. Origin, session, size, JSON and shape are checked here, in this order, before a
 * handler runs (API-1 to API-5).
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import type { z } from 'zod'
import { failure, isRefusal, refuse } from '#api/refusals.ts'
import type { NodeCode, Refusal } from '#api/refusals.ts'
import type { Route } from '#api/route.ts'
import { statusOf } from '#api/status.ts'
import { sha384 } from '#wire/digest.ts'
import { Malformed, decodeUtf8, parseJson } from '#wire/json.ts'
import type { Binding } from './bind.ts'
import type { SignedIn } from './caller.ts'
import { isUnavailable } from './databaseError.ts'

export interface HttpOptions {
  /** Part of the cookie's name: consoles of several nations may share a host, and so a cookie jar. */
  readonly nation: string
  readonly bindings: readonly Binding[]
  /** The person behind a session token; null if the session is not valid. */
  authenticate(token: string): Promise<SignedIn | null>
  /** Logs an unexpected error for the operator; returns the id that the user sees. */
  report(error: unknown, route: string): string
  /** The OpenAPI document, served without a session. */
  readonly document: object
}

/** An idempotency key: printable ASCII, of bounded length. */
const KEY = /^[\x21-\x7e]{1,128}$/
const JSON_SIZE_BYTES_MAX = 256 * 1024

/** Builds the application that serves the bindings under their paths. */
export function createHttp(options: HttpOptions): Hono {
  const app = new Hono()
  for (const binding of options.bindings) {
    const { method, path, bytes } = binding.route
    if (bytes !== 'request') app.on(method, path, limited)
    app.on(method, path, (context) => answer(context, binding, options))
  }
  app.get('/api/openapi.json', (context) => context.json(options.document))
  app.all('/api/*', (context) => reply(context, refuse('not_found')))
  return app
}

const limited = bodyLimit({
  maxSize: JSON_SIZE_BYTES_MAX,
  onError: (context) => reply(context, refuse('too_large', [], 'body')),
})

async function answer(context: Context, binding: Binding, options: HttpOptions): Promise<Response> {
  try {
    const result = await handle(context, binding, options)
    if (result instanceof Response) return result
    checkDeclared(binding, result, options)
    return reply(context, result)
  } catch (error) {
    const malformed = malformedOf(error)
    if (malformed !== null) return reply(context, malformed)
    const id = options.report(error, binding.route.name)
    return reply(context, failure(isUnavailable(error) ? 'unavailable' : 'internal', id))
  }
}

/** Reports a refusal that the contract does not declare, which is our bug. The caller still gets it. */
function checkDeclared({ route }: Binding, result: unknown, { report }: HttpOptions): void {
  if (!isRefusal(result)) return
  for (const { code } of result.reasons) {
    if (route.refusals.includes(code)) continue
    report(
      new Error(`INVARIANT: ${route.name} returns only refusals that it declares, and not ${code}`),
      route.name,
    )
  }
}

async function handle(context: Context, binding: Binding, options: HttpOptions): Promise<unknown> {
  const { route } = binding
  if (route.method !== 'GET' && !isSameOrigin(context.req.raw)) return refuse('not_permitted')
  const cookie = `entente-${options.nation.toLowerCase()}`
  const token = getCookie(context, cookie, 'host') ?? null
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
    setToken: (next) => setToken(context, cookie, next),
    once:
      key === null ? null : { key, request: sha384(Buffer.from(JSON.stringify([route.name, input.data]))) },
  })
}

/** True for a page of this node, and for a client that is not a browser. */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const origin = request.headers.get('origin')
  return origin === null || (URL.canParse(origin) && new URL(origin).host === request.headers.get('host'))
}

async function readInput(context: Context, route: Route): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = { ...context.req.query(), ...context.req.param() }
  if (route.method === 'GET' || route.bytes === 'request') return fields
  const body = new Uint8Array(await context.req.arrayBuffer())
  if (body.length === 0) return fields
  const value = parseJson(decodeUtf8(body, 'body'), 'body')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed('not_json', 'body')
  }
  return { ...value, ...context.req.param() }
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
  const { refused, reasons, place, reference, decision } = result
  return context.json(
    { refused, reasons, place, reference, decision },
    statusOf(reasons[0].code) as 403,
    headers,
  )
}

/** Sets the session cookie: host-only, secure (TLS or loopback), not readable by scripts, not sent by other sites. */
function setToken(context: Context, cookie: string, token: string | null): void {
  const rest = token === null ? { maxAge: 0 } : {}
  const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', prefix: 'host' } as const
  setCookie(context, cookie, token ?? '', { ...options, ...rest })
}
