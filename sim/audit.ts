/** Runs the auditors: those that read rows during a run, and those that scan every byte at its end. */
import { auditDecisions } from './auditors/decisions.ts'
import { auditExactlyOnce } from './auditors/exactlyOnce.ts'
import { auditLinks } from './auditors/links.ts'
import { auditLogs } from './auditors/log.ts'
import { auditPlaintext } from './auditors/plaintext.ts'
import { readView } from './auditors/view.ts'
import type { Auditor, Network as Audited, View } from './auditors/view.ts'
import type { PreparedNation } from './nation.ts'
import { PILLARS } from './pillars.ts'

/** A nation. Auditors see only its disk. */
type OnDisk = Pick<PreparedNation, 'name' | 'disk'>

/** The auditors in order. Only the first violation is reported, because later ones may follow from it. */
const AUDITORS: readonly Auditor[] = [
  auditLogs,
  auditLinks,
  auditExactlyOnce(PILLARS),
  ...PILLARS.flatMap(({ auditors }) => auditors),
]

/** Reads all disks and runs the auditors. Throws the first `Violation`. */
export async function audit(nations: readonly OnDisk[], about: Omit<Audited, 'views'>): Promise<Audited> {
  const readers = PILLARS.map(({ rows }) => rows)
  const views: [string, View][] = []
  for (const { name, disk } of nations) views.push([name, await readView(name, disk, readers)])
  const network = { ...about, views: new Map(views) }
  for (const auditor of AUDITORS) auditor(network)
  return network
}

/** Runs the auditors that scan every byte. */
export async function auditEverything(nations: readonly OnDisk[]): Promise<void> {
  for (const { name, disk } of nations) {
    await auditDecisions(name, disk)
    await auditPlaintext(name, disk)
  }
}
