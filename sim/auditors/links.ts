/**
 * Links: open, unless a nation was restored from a backup. The links of a restored nation freeze, with
 * evidence, as soon as it learns what a partner holds of its logs (LINK-26, NAT-5); it never signs a second
 * history.
 */
import { Violation } from '../violation.ts'
import { isRestored, pairsOf } from './view.ts'
import type { Network, View } from './view.ts'

export function auditLinks(network: Network): void {
  for (const { here, there } of pairsOf(network)) {
    const link = here.partners.get(there.nation)
    if (link === undefined) throw new Violation('links', `${here.nation} has no link with ${there.nation}`)
    const where = `${here.nation} with ${there.nation}`
    if (link.state === 'frozen') {
      if (!isRestored(network, here, there)) throw new Violation('links', `${where} froze: ${link.code}`)
      if (!network.restored.has(here.nation))
        throw new Violation('links', `${where} saw a second history: ${link.code}`)
      if (link.code !== 'rolled_back' || link.evidence === null) {
        throw new Violation('links', `${where} froze without evidence: ${link.code}`)
      }
    } else if (network.atRest && isBehind(here, there)) {
      throw new Violation('links', `${where} lost history that ${there.nation} holds, and is not frozen`)
    }
  }
}

/** True if the partner holds more of our log than we do. */
function isBehind(here: View, there: View): boolean {
  const ours = here.logs.get(`out/${there.nation}`)?.size ?? 0
  const theirs = there.logs.get(`in/${here.nation}`)?.size ?? 0
  return theirs > ours
}
