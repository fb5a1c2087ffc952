/** The typed client of the command line: the console's contracts, with its own session. */
import { addressOf } from '#api/address.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { InputOf, RefusalsOf, ReplyOf, Route } from '#api/route.ts'

export interface Client {
  /** Calls a route. Returns the reply, or the node's refusal. */
  call<R extends Route>(route: R, input: InputOf<R>): Promise<ReplyOf<R> | Refusal<RefusalsOf<R>>>
  /** As `call`, for a route that replies with bytes. */
  bytes<R extends Route>(route: R, input: InputOf<R>): Promise<Uint8Array | Refusal<RefusalsOf<R>>>
}

/** A client of the node whose console answers at `base`, for example `http://localhost:8100`. */
export function createClient(base: string): Client {
  let cookie = ''
  async function send(route: Route, input: Record<string, unknown>): Promise<Response> {
    const { url, body } = addressOf(route, input)
    const isGet = route.method === 'GET'
    const response = await fetch(new URL(url, base), {
      method: route.method,
      headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
      ...(isGet ? {} : { body: JSON.stringify(body) }),
    })
    const set = response.headers.get('set-cookie')
    if (set !== null) cookie = set.split(';', 1)[0]!
    return response
  }
  return {
    async call(route, input) {
      return (await (await send(route, input as Record<string, unknown>)).json()) as never
    },
    async bytes(route, input) {
      const response = await send(route, input as Record<string, unknown>)
      if (response.ok) return new Uint8Array(await response.arrayBuffer())
      const refusal: unknown = await response.json()
      if (isRefusal(refusal)) return refusal as never
      throw new Error(`The node answered ${response.status}.`)
    },
  }
}
