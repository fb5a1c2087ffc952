/** Asks the auditors: those that read rows often, those that look through everything at the end of a run. */
import { auditAccess } from './auditors/access.ts'
import { auditDecisions } from './auditors/decisions.ts'
import { auditExactlyOnce } from './auditors/exactlyOnce.ts'
import { auditLinks } from './auditors/links.ts'
import { auditLogs } from './auditors/log.ts'
import { auditMatters } from './auditors/matter.ts'
import { auditPlaintext } from './auditors/plaintext.ts'
import { auditRegisters } from './auditors/register.ts'
import { auditReleases } from './auditors/release.ts'
import { readView } from './auditors/view.ts'
import type { Auditor, Network as Audited } from './auditors/view.ts'
import type { Nation } from './nation.ts'

/** In this order: the first that objects is who reports, and what comes later may follow from it. */
const AUDITORS: readonly Auditor[] = [
  auditLogs,
  auditReleases,
  auditAccess,
  auditLinks,
  auditExactlyOnce,
  auditMatters,
  auditRegisters,
]

/** Reads all disks and asks the auditors; throws the first `Violation`. */
export async function audit(nations: readonly Nation[], about: Omit<Audited, 'views'>): Promise<Audited> {
  const views: [string, Awaited<ReturnType<typeof readView>>][] = []
  for (const { name, disk } of nations) views.push([name, await readView(name, disk)])
  const network = { ...about, views: new Map(views) }
  for (const auditor of AUDITORS) auditor(network)
  return network
}

/** Asks the auditors that look through every byte. */
export async function auditEverything(nations: readonly Nation[]): Promise<void> {
  for (const { name, disk } of nations) {
    await auditDecisions(name, disk)
    await auditPlaintext(name, disk)
  }
}
