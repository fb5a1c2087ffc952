/** The address of a call: what of its input is in the path, the query and the body. Pure. */
import type { Route } from './route.ts'

export interface Address {
  /** The path, with the query. */
  readonly url: string
  /** The fields of the JSON body. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A field in a path or a query; anything but a string is written as JSON. */
function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * Divides the input of a route into path, query and body. A GET has no body; the body of an upload is the file.
 * @throws Error if a field of the path is missing
 */
export function addressOf(route: Route, input: Readonly<Record<string, unknown>>): Address {
  const rest: Record<string, unknown> = { ...input }
  const path = route.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = rest[name]
    if (value === undefined || value === null || value === '') {
      throw new Error(`${route.name} needs the field "${name}".`)
    }
    delete rest[name]
    return encodeURIComponent(wordOf(value))
  })
  if (route.method !== 'GET' && route.bytes !== 'request') return { url: path, body: rest }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, wordOf(value))
  }
  const text = query.toString()
  return { url: text === '' ? path : `${path}?${text}`, body: {} }
}
