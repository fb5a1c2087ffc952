/** Sentences on evidence: the speaker exports it, and the command line verifies it offline. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { items } from '#api/exchange/items.ts'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { runVerify } from '#cli/verify.ts'
import type { EvidenceReport } from '#wire/evidence/report.ts'
import type { Answers, Scene } from '../form.ts'
import type { Stage } from '../stage.ts'
import { refusalLines } from '../words.ts'
import { itemOf, reportsOf } from './reports.ts'

interface Named {
  readonly name: string
}

/** Waits until the partner has cosigned the entries to be proved, then exports. */
export async function exportEvidence({ name }: Named, { stage }: Scene): Promise<Answers> {
  const session = stage.speaker()
  const item = itemOf(name, stage)
  const look = () => session.download(items.exportEvidence, { item })
  const file = await stage.until(
    look,
    (seen) => !isRefusal(seen) || seen.reasons[0].code !== 'not_yet_cosigned',
  )
  if (isRefusal(file)) return refusalLines(file)
  reportsOf(stage).evidence.set(`${session.nation} ${name}`, file)
  return [`exported by ${session.nation}`]
}

/** Verifies the file that the speaker's nation exported, against that nation's fingerprint of the link. */
export async function verifyEvidenceOf({ name }: Named, { stage }: Scene): Promise<Answers> {
  const report = await verify(name, stage, (bytes) => bytes)
  return isRefusal(report) ? refusalLines(report) : reportLines(report)
}

/** Verifies with the middle byte changed. Leaves out the findings, which differ between runs. */
export async function tamperEvidence({ name }: Named, { stage }: Scene): Promise<Answers> {
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
  const { evidence, items: known } = reportsOf(stage)
  const bytes = evidence.get(`${session.nation} ${name}`)
  const item = known.get(name)
  if (bytes === undefined || item === undefined)
    throw new Error(`${session.nation} has exported no evidence of "${name}".`)
  const partner = item.nation === session.nation ? item.routing.partner : item.nation
  const link = await session.call(links.get, { partner })
  if (isRefusal(link)) return link
  const folder = mkdtempSync(join(tmpdir(), 'entente-evidence-'))
  try {
    const path = join(folder, 'evidence.json')
    writeFileSync(path, change(bytes))
    let output = ''
    runVerify([path, '--fingerprint', link.fingerprint, '--json'], { write: (text) => (output += text) })
    return JSON.parse(output) as EvidenceReport
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function reportLines(report: EvidenceReport): string[] {
  const failed = report.findings.filter(({ held }) => !held)
  return [
    report.verdict,
    ...failed.map(({ check, fault }) => `${check}: ${fault}`),
    ...report.timeline.map(
      ({ kind, nation, offices, state }) => `${kind} by ${[nation, ...offices].join(', ')}: ${state}`,
    ),
    ...(report.proved.length === 0 ? [] : [`proves ${report.proved.join(', ')}`]),
    ...(report.unproved.length === 0 ? [] : [`does not prove ${report.unproved.join(', ')}`]),
  ]
}
