/**
 * The custody of an item, step by step. The proof of every step is checked as the page is made (EXC-70): the entry is
 * read from the log and hashed, its inclusion in the newest cosigned checkpoint proved, and both signatures verified.
 */
import type { CustodyStep } from '#api/exchange/shapes.ts'
import { equalBytes } from '#wire/digest.ts'
import { verifyCheckpoint } from '#wire/log/checkpoint.ts'
import { verifyCosignature } from '#wire/log/cosignature.ts'
import { leafHash, verifyInclusion } from '#wire/log/merkle.ts'
import { parseNote } from '#wire/log/note.ts'
import { publicKeysOf, verifierOf } from '#wire/suite.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { linkSigner, partnerCosigner, partnerLog } from '#node/federation/keys.ts'
import { outLog } from '#node/federation/log.ts'
import { proveInclusion, readEntries, readNotedHead } from '#node/federation/log.store.ts'
import { readOrdered } from '#node/federation/matter.store.ts'
import type { KeptStatement } from '#node/federation/matter.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'
import { partnerOf } from './item.ts'
import type { Item, Opening } from './item.ts'

type Proof = NonNullable<CustodyStep['proof']>

/** Every step of an item's custody that this nation knows of, in the order on which both nations agree. */
export async function custodyOf(
  view: View,
  services: Services,
  item: Item,
  openings: readonly Opening[],
): Promise<CustodyStep[]> {
  const partner = await readPartner(view.tx, partnerOf(item))
  const steps: CustodyStep[] = []
  for (const { statement } of await readOrdered(view.tx, item.id)) {
    const proof = partner === null ? null : await prove(view, services, partner, statement)
    steps.push(...stepsOf(decodeStatement(statement.bytes), proof, item, statement))
  }
  for (const { office, code, outcome, at: instant } of openings) {
    if (outcome !== 'refused') continue
    const at = iso(instant)
    // Attempts are at this nation only, so its clock orders them among the steps.
    const later = steps.findIndex((step) => step.at > at)
    const attempt = {
      step: 'attempted',
      nation: view.nation,
      office,
      organisation: null,
      at,
      code,
      proof: null,
    } as const
    steps.splice(later < 0 ? steps.length : later, 0, attempt)
  }
  return steps
}

function stepsOf(
  statement: Statement,
  proof: Proof | null,
  item: Item,
  stored: KeptStatement,
): CustodyStep[] {
  const base = { nation: statement.from, organisation: null, code: null, at: statement.at, proof }
  switch (statement.kind) {
    case 'exchange.offered':
      return [
        ...(statement.acts ?? []).map((signed) => actStep(signed, statement.from, proof)),
        { ...base, step: 'released', office: null },
        ...carriedSteps(item, statement, stored, proof),
      ]
    case 'exchange.accepted':
      return [{ ...base, step: 'accepted', office: null, code: statement.body.registered }]
    case 'exchange.refused':
      return [{ ...base, step: 'refused', office: null, code: statement.body.code }]
    case 'exchange.withdrawn':
      return [{ ...base, step: 'withdrawn', office: null }]
    case 'exchange.receipted':
      return [
        {
          ...base,
          step: 'receipted',
          office: statement.body.office,
          organisation: statement.body.organisation,
        },
      ]
    default:
      return []
  }
}

function actStep(signed: SignedAct, nation: string, proof: Proof | null): CustodyStep {
  const text = JSON.parse(signed.text) as { act: string; office: string; at: string }
  const step = text.act === 'exchange.submit' ? 'submitted' : 'approved'
  return { step, nation, office: text.office, organisation: null, at: text.at, code: null, proof }
}

/** The receiver knows when the offer arrived; the sender, when it was sequenced and when the partner cosigned it. */
function carriedSteps(
  item: Item,
  { from, to }: Statement,
  stored: KeptStatement,
  proof: Proof | null,
): CustodyStep[] {
  const step = { office: null, organisation: null, code: null }
  const { organisation } = item
  if (item.direction === 'received') {
    if (item.receivedAt === null) return []
    return [{ ...step, step: 'received', nation: to, organisation, at: iso(item.receivedAt), proof: null }]
  }
  const { placedAt = null, cosignedAt = null } = stored
  return [
    ...(placedAt === null
      ? []
      : [{ ...step, step: 'sent' as const, nation: from, at: iso(placedAt), proof }]),
    ...(cosignedAt === null
      ? []
      : [{ ...step, step: 'received' as const, nation: to, organisation, at: iso(cosignedAt), proof }]),
  ]
}

/** Proves the inclusion of a statement in the newest checkpoint; null while it has no index in the log. */
async function prove(
  view: View,
  services: Pick<Services, 'keys' | 'nation'>,
  partner: Partner,
  statement: KeptStatement,
): Promise<Proof | null> {
  if (statement.index === null) return null
  const head = await readNotedHead(view.tx, statement.log)
  const ours = statement.log === outLog(partner.nation)
  const text = ours ? head?.witnessedNote : head?.checkpoint
  if (head === null || text === null || text === undefined) return null
  const note = parseNote(Buffer.from(text))
  const own = linkSigner(services.keys, partner.nation).name
  const verifier = ours
    ? verifierOf(own, publicKeysOf(services.keys.suite))
    : partnerLog(partner, services.nation)
  const verdict = verifyCheckpoint(note, verifier)
  const cosigned = ours && verifyCosignature(note, partnerCosigner(partner)).ok
  const size = verdict.ok ? verdict.value.size : 0
  const checks = [{ check: 'checkpoint_signed', held: verdict.ok }]
  if (ours) checks.push({ check: 'cosigned_by_partner', held: cosigned })
  if (verdict.ok && statement.index < size) {
    checks.push(...(await checkEntry(view, statement, size, verdict.value.root)))
  } else checks.push({ check: 'not_yet_covered', held: false })
  return {
    log: head.origin,
    index: statement.index,
    checkpointSize: size,
    cosigned: ours ? cosigned : verdict.ok,
    checks,
  }
}

async function checkEntry(view: View, statement: KeptStatement, size: number, root: Uint8Array) {
  const index = statement.index!
  const [entry] = await readEntries(view.tx, statement.log, index, 1)
  const leaf = leafHash(statement.bytes)
  const proof = await proveInclusion(view.tx, statement.log, index, size)
  return [
    { check: 'entry_is_statement', held: entry !== undefined && equalBytes(entry.bytes, statement.bytes) },
    { check: 'included_in_log', held: verifyInclusion({ index, size, leaf, proof, root }) },
  ]
}
