/**
 * Exactly once: what was acknowledged to a person is on the disk, every statement exists once at its origin
 * and once at its receiver, and no entry of an honest partner is parked.
 */
import type { SimulatedPillar } from '../pillar.ts'
import { Violation } from '../violation.ts'
import { allApplied, allSaid, isRestored, pairsOf } from './view.ts'
import type { Auditor, Network, Said, View } from './view.ts'

/** @param pillars say what else their commands acknowledge, and which statements were dropped before they left */
export function auditExactlyOnce(pillars: readonly SimulatedPillar[]): Auditor {
  return (network) => {
    for (const view of network.views.values()) {
      auditAcknowledged(network, view, new Set(pillars.flatMap(({ facts }) => facts(view))))
      // A restored nation receives entries about matters that it lost, until it learns what it lost.
      for (const { nation, index, code } of network.restored.has(view.nation) ? [] : view.parked) {
        throw new Violation('exactly once', `${view.nation} parked entry ${index} of ${nation}: ${code}`)
      }
    }
    for (const { here, there } of pairsOf(network)) {
      const dropped = pillars.flatMap((pillar) => pillar.dropped?.(here) ?? [])
      auditSaid(here, there.nation, new Set(dropped))
      auditHeard(here, there.nation)
      if (network.atRest && !isRestored(network, here, there)) auditArrived(here, there)
    }
  }
}

function auditAcknowledged({ model, atRest }: Network, view: View, ofPillars: ReadonlySet<string>): void {
  const ofRights = factsOfRights(view)
  for (const fact of model.acknowledged.get(view.nation) ?? []) {
    if (ofPillars.has(fact) || ofRights.has(fact)) continue
    throw new Violation(
      'exactly once',
      `${view.nation} acknowledged to a person and does not have${atRest ? ' at rest' : ''}: ${fact}`,
    )
  }
}

/** The facts that the commands on rights can acknowledge. */
function factsOfRights({ clearances, grants }: View): Set<string> {
  const rights = [...clearances, ...grants]
  const revoked = rights.filter(({ revoked_at }) => revoked_at !== null)
  return new Set([...rights.map(({ id }) => `granted ${id}`), ...revoked.map(({ id }) => `revoked ${id}`)])
}

function auditSaid(view: View, partner: string, dropped: ReadonlySet<string>): void {
  const counts = countById(allSaid(view, partner))
  for (const [id, count] of counts)
    if (count > 1) throw new Violation('exactly once', `${view.nation} made the statement ${id} twice`)
  for (const { statement, matter, log } of view.matterStatements) {
    if (log !== `out/${partner}` || counts.has(statement) || dropped.has(matter)) continue
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
}

function countById(said: readonly Said[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { id } of said) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
