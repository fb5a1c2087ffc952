/**
 * Exactly once: what was acknowledged to a person is on the disk, every statement is once at its origin and
 * once at its receiver, and no entry of an honest partner is parked.
 */
import { Violation } from '../violation.ts'
import { allApplied, allSaid, isRestored, pairsOf } from './view.ts'
import type { Network, Said, View } from './view.ts'

export function auditExactlyOnce(network: Network): void {
  for (const view of network.views.values()) {
    auditAcknowledged(network, view)
    // A restored nation receives entries about matters that it lost, until it learns what it lost.
    for (const { nation, index, code } of network.restored.has(view.nation) ? [] : view.parked) {
      throw new Violation('exactly once', `${view.nation} parked entry ${index} of ${nation}: ${code}`)
    }
  }
  for (const { here, there } of pairsOf(network)) {
    auditSaid(here, there.nation)
    auditHeard(here, there.nation)
    if (network.atRest && !isRestored(network, here, there)) auditArrived(here, there)
  }
}

/** The facts on a disk that the workload can acknowledge, by its names for them. */
function factsOf(view: View): Set<string> {
  const facts = new Set<string>()
  for (const { id } of view.drafts) facts.add(`draft ${id}`)
  for (const { digest, person, verdict } of view.approvals)
    facts.add(`verdict ${verdict} ${digest} ${person}`)
  for (const { control, direction } of view.items) if (direction === 'sent') facts.add(`released ${control}`)
  for (const { id } of view.openings) facts.add(`opening ${id}`)
  for (const right of [...view.clearances, ...view.grants]) {
    facts.add(`granted ${right.id}`)
    if (right.revoked_at !== null) facts.add(`revoked ${right.id}`)
  }
  for (const partner of view.partners.keys()) {
    for (const said of allSaid(view, partner)) facts.add(`said ${said.kind} ${subjectOf(said)}`)
  }
  return facts
}

function subjectOf({ kind, matter, body, acts }: Said): string {
  if (kind.startsWith('assurance.')) return String(body['assurance'])
  if (kind !== 'exchange.receipted') return matter?.id ?? ''
  return `${matter?.id} ${(JSON.parse(acts![0]!.text) as { person: string }).person}`
}

function auditAcknowledged({ model, atRest }: Network, view: View): void {
  const facts = factsOf(view)
  for (const fact of model.acknowledged.get(view.nation) ?? []) {
    // A withdrawal of an offer that is stopped at departure is dropped with it: neither ever left.
    if (fact.startsWith('said exchange.withdrawn') && isStopped(view, fact)) continue
    if (!facts.has(fact)) {
      throw new Violation(
        'exactly once',
        `${view.nation} acknowledged to a person and does not have${atRest ? ' at rest' : ''}: ${fact}`,
      )
    }
  }
}

function isStopped(view: View, fact: string): boolean {
  return view.items.some((item) => fact.endsWith(item.id) && item.state === 'stopped')
}

function auditSaid(view: View, partner: string): void {
  const counts = countById(allSaid(view, partner))
  for (const [id, count] of counts)
    if (count > 1) throw new Violation('exactly once', `${view.nation} made the statement ${id} twice`)
  const stopped = new Set(view.items.filter((item) => item.state === 'stopped').map((item) => item.id))
  for (const { statement, matter, log } of view.matterStatements) {
    if (log !== `out/${partner}` || counts.has(statement) || stopped.has(matter)) continue
    throw new Violation('exactly once', `${view.nation} has lost its statement ${statement} to ${partner}`)
  }
}

function auditHeard(view: View, partner: string): void {
  const parked = new Set(view.parked.filter(({ nation }) => nation === partner).map(({ index }) => index))
  const applied = allApplied(view, partner).filter((_said, index) => !parked.has(index))
  const kept = new Map<string, number>()
  for (const { statement, log } of view.matterStatements) {
    if (log === `in/${partner}`) kept.set(statement, (kept.get(statement) ?? 0) + 1)
  }
  const about = applied.filter((said) => said.matter !== undefined)
  if (kept.size !== about.length) {
    throw new Violation(
      'exactly once',
      `${view.nation} applied ${about.length} statements of ${partner} and keeps ${kept.size}`,
    )
  }
  for (const { id, kind } of about) {
    if (kept.get(id) !== 1)
      throw new Violation('exactly once', `${view.nation} does not keep ${kind} ${id} once`)
  }
  const offers = applied.filter((said) => said.kind === 'exchange.offered')
  for (const { matter } of offers) {
    if (!view.items.some((item) => item.id === matter?.id && item.direction === 'received')) {
      throw new Violation(
        'exactly once',
        `${view.nation} has not entered ${matter?.id}, which ${partner} offered`,
      )
    }
  }
}

/** At rest every statement has been applied. */
function auditArrived(here: View, there: View): void {
  const saidCount = allSaid(here, there.nation).length
  const heardCount = allApplied(there, here.nation).length
  if (saidCount !== heardCount) {
    throw new Violation(
      'liveness',
      `${there.nation} has applied ${heardCount} of ${saidCount} statements of ${here.nation}`,
    )
  }
  const given = here.assurances.filter(
    ({ by_nation, to_nation }) => by_nation === here.nation && to_nation === there.nation,
  )
  for (const { id, withdrawn_at } of given) {
    const copy = there.assurances.find((assurance) => assurance.id === id)
    if (copy === undefined) throw new Violation('exactly once', `${there.nation} lacks the assurance ${id}`)
    if ((copy.withdrawn_at === null) !== (withdrawn_at === null)) {
      throw new Violation('exactly once', `${there.nation} has another state of the assurance ${id}`)
    }
  }
}

function countById(said: readonly Said[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { id } of said) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
