/** Evidence in a script: exported by the one who speaks, and checked as anyone would, with no node and no network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { items } from '#api/exchange/items.ts'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { runVerify } from '#cli/verify.ts'
import type { EvidenceReport } from '#wire/evidence/report.ts'
import type { Stage } from './stage.ts'
import { refusalLines } from './words.ts'

/** Exports as soon as the partner has cosigned what is to be proved. */
export async function exportEvidence(name: string, item: string, stage: Stage): Promise<string[]> {
  const session = stage.speaker()
  const look = () => session.download(items.exportEvidence, { item })
  const file = await stage.until(
    look,
    (seen) => !isRefusal(seen) || seen.reasons[0].code !== 'not_yet_cosigned',
  )
  if (isRefusal(file)) return refusalLines(file)
  stage.evidence.set(`${session.nation} ${name}`, file)
  return [`exported by ${session.nation}`]
}

/** Verifies the file that the speaker's nation exported, against the fingerprint of the link on its own screen. */
export async function verifyEvidenceOf(name: string, stage: Stage): Promise<string[]> {
  const report = await verify(name, stage, (bytes) => bytes)
  return isRefusal(report) ? refusalLines(report) : reportLines(report)
}

/** The same with one byte changed in the middle of the file; what else that breaks differs from file to file. */
export async function tamperEvidence(name: string, stage: Stage): Promise<string[]> {
  const report = await verify(name, stage, (bytes) => {
    const changed = bytes.slice()
    const middle = Math.floor(changed.length / 2)
    changed[middle] = changed[middle]! ^ 1
    return changed
  })
  return isRefusal(report)
    ? refusalLines(report)
    : [report.verdict, `proves ${report.proved.length === 0 ? 'nothing' : 'something'}`]
}

async function verify(
  name: string,
  stage: Stage,
  change: (bytes: Uint8Array) => Uint8Array,
): Promise<EvidenceReport | Refusal> {
  const session = stage.speaker()
  const bytes = stage.evidence.get(`${session.nation} ${name}`)
  const known = stage.items.get(name)
  if (bytes === undefined || known === undefined)
    throw new Error(`${session.nation} has exported no evidence of "${name}".`)
  const partner = known.nation === session.nation ? known.routing.partner : known.nation
  const link = await session.call(links.get, { partner })
  if (isRefusal(link)) return link
  const folder = mkdtempSync(join(tmpdir(), 'entente-evidence-'))
  try {
    const path = join(folder, 'evidence.json')
    writeFileSync(path, change(bytes))
    let said = ''
    runVerify([path, '--fingerprint', link.fingerprint, '--json'], { write: (text) => (said += text) })
    return JSON.parse(said) as EvidenceReport
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function reportLines(report: EvidenceReport): string[] {
  const broken = report.findings.filter((each) => !each.held)
  return [
    report.verdict,
    ...broken.map((each) => `${each.check}: ${each.fault}`),
    ...report.timeline.map(
      (each) => `${each.kind} by ${[each.nation, ...each.offices].join(', ')}: ${each.state}`,
    ),
    ...(report.proved.length === 0 ? [] : [`proves ${report.proved.join(', ')}`]),
    ...(report.unproved.length === 0 ? [] : [`does not prove ${report.unproved.join(', ')}`]),
  ]
}
