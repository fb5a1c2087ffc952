/** The filters of a list in the address. Pure. */
import type { AddressQuery } from '../ui/address.ts'

type Direction = 'sent' | 'received'

/** The filters for the node: the named ones that are set, and a known direction. */
export function listQuery<Name extends string>(
  query: Pick<AddressQuery, 'get'>,
  names: readonly Name[],
): Partial<Record<Name, string>> & { direction?: Direction } {
  const set = names.map((name) => [name, query.get(name)] as const).filter(([, value]) => value !== '')
  const direction = query.get('direction')
  return {
    ...(Object.fromEntries(set) as Partial<Record<Name, string>>),
    ...(direction === 'sent' || direction === 'received' ? { direction } : {}),
  }
}
