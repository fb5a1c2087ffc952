/** Every address of the console, built in one place; patterns for the router, functions for links. */

/** The patterns that the router matches; the names after `$` are parameters. */
export const patterns = {
  desk: '/',
  compose: '/compose',
  draft: '/drafts/$draft',
  items: '/items',
  item: '/items/$item',
  register: '/register',
  reconciliation: '/register/reconciliation',
  assurances: '/register/assurances',
  links: '/links',
  link: '/links/$partner',
  agreements: '/agreements',
  agreement: '/agreements/$instrument',
  people: '/people',
  person: '/people/$person',
  orders: '/orders',
  decision: '/decisions/$decision',
} as const

type Query = Readonly<Record<string, string | undefined>>

/** Appends what is set of a query, in the order given. */
function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, value)
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

const part = encodeURIComponent

export const paths = {
  desk: () => '/',
  /** A new report; `derivedFrom` is the control number of a received item that it draws on. */
  compose: (query?: { partner?: string; derivedFrom?: string }) => withQuery('/compose', query),
  draft: (draft: string) => `/drafts/${part(draft)}`,
  items: (query?: { direction?: string; partner?: string; search?: string }) => withQuery('/items', query),
  item: (item: string) => `/items/${part(item)}`,
  register: (query?: { partner?: string; search?: string }) => withQuery('/register', query),
  reconciliation: () => '/register/reconciliation',
  assurances: () => '/register/assurances',
  links: () => '/links',
  link: (partner: string, query?: { direction?: string }) => withQuery(`/links/${part(partner)}`, query),
  agreements: (query?: { on?: string }) => withQuery('/agreements', query),
  agreement: (instrument: string, query?: { on?: string; at?: string }) =>
    withQuery(`/agreements/${part(instrument)}`, query),
  people: () => '/people',
  person: (person: string) => `/people/${part(person)}`,
  orders: (query?: { partner?: string }) => withQuery('/orders', query),
  /** Why the gate decided as it did, decided again. */
  decision: (decision: string) => `/decisions/${part(decision)}`,
  /** Another path, for whoever signs in on it: the form proposes the person. */
  as: (person: string, path: string) => `${path}${path.includes('?') ? '&' : '?'}as=${part(person)}`,
} as const
