/** Addresses of pages. One declaration has the router's pattern and the function that builds links. */

type ParameterOf<Pattern extends string> = Pattern extends `${string}/$${string}` ? [id: string] : []
type Query<Name extends string> = Readonly<Partial<Record<Name, string | undefined>>>

export interface Address<Pattern extends string = string, Name extends string = string> {
  /** Builds the address. Omits unset values of the query. */
  (...args: [...ParameterOf<Pattern>, query?: Query<Name>]): string
  readonly pattern: Pattern
}

/**
 * Declares an address: `address('/links/$partner', ['direction'])` is called as `link('KR', { direction:
 * 'ours' })`. A pattern has at most one parameter. `names` are those of the query, in their order in the URL.
 */
export function address<const Pattern extends string, const Name extends string = never>(
  pattern: Pattern,
  names: readonly Name[] = [],
): Address<Pattern, Name> {
  const hasParameter = pattern.includes('$')
  const build = (...args: readonly (string | Query<Name> | undefined)[]): string => {
    const id = hasParameter ? (args[0] as string) : ''
    const query = (hasParameter ? args[1] : args[0]) as Query<Name> | undefined
    return withQuery(pattern.replace(/\$\w+/, encodeURIComponent(id)), names, query)
  }
  return Object.assign(build, { pattern })
}

function withQuery<Name extends string>(path: string, names: readonly Name[], query?: Query<Name>): string {
  const search = new URLSearchParams()
  for (const name of names) {
    const value = query?.[name]
    if (value !== undefined && value !== '') search.set(name, value)
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The desk: everyone's first page. */
export const HOME = '/'

/** The sign-in page of another console, with the person filled in. */
export function signingInAs(person: string, path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}as=${encodeURIComponent(person)}`
}
