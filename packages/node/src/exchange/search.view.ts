/** Finding matters, agreements, people and links by their words; never by content, which is sealed (EXC-95). */
import { listPeople } from '#node/identity/identity.store.ts'
import { mayAsk } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { listItems } from './register/register.store.ts'
import type { ExchangeServices } from './services.ts'

interface Hit {
  readonly page: 'item' | 'draft' | 'agreement' | 'person' | 'link'
  readonly id: string
  /** What is written the same in every language, or a name in each. */
  readonly title: string | Record<string, string>
  readonly detail: string
}

const HITS_MAX = 8

/** Up to a handful of hits of each kind that the person may see. */
export async function search(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  words: string,
): Promise<{ hits: Hit[] }> {
  const wanted = words.toLowerCase()
  const matches = (...texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(wanted))
  const hits: Hit[] = []
  if (mayAsk(by.roles, 'exchange.read_items')) {
    const page = await listItems(act.tx, { search: words }, undefined, HITS_MAX)
    for (const item of page.rows) {
      hits.push({
        page: 'item',
        id: item.id,
        title: item.control,
        detail: `${item.marking} → ${item.receiver_marking}`,
      })
    }
  }
  for (const { id, terms } of services.law.instruments) {
    const titles = [...Object.values(terms.title), ...Object.values(terms.shortTitle)]
    if (matches(id, ...titles))
      hits.push({ page: 'agreement', id, title: { ...terms.shortTitle }, detail: id })
  }
  const people = (await listPeople(act.tx)).filter((person) => matches(person.id, person.office))
  for (const person of people.slice(0, HITS_MAX)) {
    hits.push({ page: 'person', id: person.id, title: person.office, detail: person.organisation })
  }
  for (const each of services.law.nations.nations) {
    if (each.nation !== act.nation && matches(each.nation, ...Object.values(each.name))) {
      hits.push({ page: 'link', id: each.nation, title: { ...each.name }, detail: each.nation })
    }
  }
  return { hits }
}
