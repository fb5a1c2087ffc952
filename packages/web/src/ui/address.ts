/** State in the address: path parameters and query values. */
import { useParams, useRouter, useRouterState } from '@tanstack/react-router'

/** Goes to an address built by `paths.ts`. */
export function useGo(): (to: string, options?: { readonly replace?: boolean }) => void {
  const router = useRouter()
  return (to, options) => void router.navigate({ href: to, replace: options?.replace ?? false })
}

/** A parameter of the page's pattern. Throws if the pattern has no such parameter. */
export function usePathParam(name: string): string {
  const params: Readonly<Record<string, unknown>> = useParams({ strict: false })
  const value = params[name]
  if (typeof value !== 'string') throw new Error(`The address of this page has no "${name}".`)
  return value
}

/** Sets values in a query string and keeps the others; an empty value removes the name. */
export function changedQuery(search: string, changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

export interface AddressQuery {
  /** The value of a name; empty if absent. */
  get(name: string): string
  /** Changes values. Replaces the address; with `push`, adds to the history instead. */
  set(changes: Readonly<Record<string, string>>, options?: { readonly push?: boolean }): void
}

/** The query of the address: the state of filters, tabs and panels. */
export function useAddressQuery(): AddressQuery {
  const router = useRouter()
  const search = useRouterState({ select: (state) => state.location.searchStr })
  const query = new URLSearchParams(search)
  return {
    get: (name) => query.get(name) ?? '',
    set: (changes, options) => {
      const { pathname, searchStr } = router.state.location
      const href = pathname + changedQuery(searchStr, changes)
      void router.navigate({ href, replace: options?.push !== true, resetScroll: false })
    },
  }
}
