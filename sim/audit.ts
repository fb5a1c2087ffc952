/** Runs the auditors: those that read rows during a run, and those that scan every byte at its end. */
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

/**
 * In this order: the first auditor that objects reports, because later objections may follow from its own.
 */
const AUDITORS: readonly Auditor[] = [
  auditLogs,
  auditReleases,
  auditAccess,
  auditLinks,
  auditExactlyOnce,
  auditMatters,
  auditRegisters,
]

/** Reads all disks and runs the auditors. Throws the first `Violation`. */
export async function audit(nations: readonly Nation[], about: Omit<Audited, 'views'>): Promise<Audited> {
  const views: [string, Awaited<ReturnType<typeof readView>>][] = []
  for (const { name, disk } of nations) views.push([name, await readView(name, disk)])
  const network = { ...about, views: new Map(views) }
  for (const auditor of AUDITORS) auditor(network)
  return network
}

/** Runs the auditors that scan every byte. */
export async function auditEverything(nations: readonly Nation[]): Promise<void> {
  for (const { name, disk } of nations) {
    await auditDecisions(name, disk)
    await auditPlaintext(name, disk)
  }
}
