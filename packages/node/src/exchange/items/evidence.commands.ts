/**
 * Exports the evidence of an item (EVI-40 to EVI-44): the cosigned statements of both nations about it, and everything
 * they rest on, in one file that can be verified offline.
 */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { cosign } from '#wire/log/cosignature.ts'
import { EVIDENCE_FORMAT, writeEvidence } from '#wire/evidence/evidence.ts'
import type { EvidenceParts } from '#wire/evidence/evidence.ts'
import { parseJson } from '#wire/json.ts'
import { AssuranceText } from '#wire/exchange/assurance.ts'
import { formatLogProof } from '#wire/log/proof.ts'
import { addSignatures, formatNote, parseNote } from '#wire/log/note.ts'
import type { Note } from '#wire/log/note.ts'
import { parseActText } from '#wire/personAct.ts'
import { openMetadata } from '#wire/seal/metadata.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import { cosigner } from '#node/federation/keys.ts'
import { inLog, outLog } from '#node/federation/log.ts'
import { proveInclusion, readNotedHead } from '#node/federation/log.store.ts'
import { readMatter } from '#node/federation/matter.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { permit } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { readProfileText } from '#node/law/law.store.ts'
import { covers, isInForce } from '../assurances/assurance.ts'
import { contentKey } from '../content/content.ts'
import { readContent } from '../drafts/draft.store.ts'
import { EXCHANGE } from '../permissions.ts'
import { readCards, readSupporting } from './evidence.store.ts'
import type { LogStatement } from './evidence.store.ts'
import { partnerOf } from './item.ts'
import type { Item } from './item.ts'
import { readItem } from './item.store.ts'
import { askToReveal } from './open.commands.ts'
import { openSeal } from './opened.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'

export interface EvidenceOptions {
  /**
   * Include title, file name and salt, so that the content can be compared. The gate decides for whom (EVI-44).
   */
  readonly includeOpening: boolean
}

/** An evidence file. */
export interface ExportedEvidence {
  readonly fileName: string
  readonly text: string
}

/**
 * Exports the evidence of an item that this node sent or received. Refused `not_yet_cosigned` until the partner has
 * cosigned a checkpoint that covers the offer: before that nothing can be proved.
 */
export async function exportEvidence(
  act: Act,
  services: Services,
  by: SignedIn,
  itemId: string,
  options: EvidenceOptions,
): Promise<ExportedEvidence | Refusal> {
  const can = permit(by.roles, EXCHANGE['evidence.export'])
  if (can !== true) return can
  const item = await readItem(act.tx, itemId)
  if (item === null) return refuse('not_found')
  const opening = options.includeOpening ? await openingOf(act, services, by, item) : null
  if (opening !== null && typeof opening !== 'string') return opening
  const parts = await gatherParts(act, services, item, opening)
  if (parts === null) return refuse('not_yet_cosigned')
  const at = iso(act.world.now())
  const text = writeEvidence(parts, { nation: act.nation, keys: services.keys.suite, at })
  const exported = { what: 'evidence.exported', item: item.id, control: item.control, by: by.personId }
  recordNational(act, { ...exported, opening: opening !== null })
  return { fileName: `${item.control}.entente-evidence.json`, text }
}

/** The exact metadata text, if the gate permits that evidence for this person includes it. */
async function openingOf(act: Act, services: Services, by: SignedIn, item: Item): Promise<string | Refusal> {
  const refusal = await askToReveal(act, services, by, item)
  if (refusal !== null) return refusal
  if (item.direction === 'received') return openSeal(services.keys, item).metadataText
  const content = await readContent(act.tx, item.content!)
  return openMetadata(contentKey(services.keys, content), content.metadataSealed).text
}

async function gatherParts(
  act: Act,
  services: Services,
  item: Item,
  opening: string | null,
): Promise<EvidenceParts | null> {
  const partner = partnerOf(item)
  const cards = await readCards(act.tx, partner)
  const own = await ownHead(act, partner)
  const theirs = await partnersHead(act, services, partner)
  if (cards === null) return null
  const statements = await statementsAbout(act, item)
  const logs = {
    [outLog(partner)]: own === null ? null : await logOf(act, outLog(partner), own, statements, item),
    [inLog(partner)]: theirs === null ? null : await logOf(act, inLog(partner), theirs, statements, item),
  }
  const isHome = item.direction === 'sent'
  const home = logs[isHome ? outLog(partner) : inLog(partner)] ?? null
  const other = logs[isHome ? inLog(partner) : outLog(partner)] ?? null
  if (home === null || !home.entries.some(({ statement }) => statement.includes('"exchange.offered"')))
    return null
  const profile = (await readProfileText(act.tx, item.profile)) ?? ''
  const { ours, theirs: theirCard } = cards
  return {
    format: EVIDENCE_FORMAT,
    matter: { id: item.id, home: item.originator, partner: item.recipient },
    cards: isHome ? { home: ours, other: theirCard } : { home: theirCard, other: ours },
    logs: { home, other },
    profile,
    opening,
    pending: statements
      .filter(({ log, index }) => index === null || index >= sizeOf(log === inLog(partner) ? theirs : own))
      .map(({ statement }) => ({ by: statement.from, kind: statement.kind, statement: statement.id })),
  }
}

/** A checkpoint that its log has signed and the other nation has cosigned. */
interface CosignedHead {
  readonly note: Note
  readonly size: number
}

function sizeOf(head: CosignedHead | null): number {
  return head?.size ?? 0
}

/** The newest checkpoint of our log that the partner has cosigned. */
async function ownHead(act: Act, partner: string): Promise<CosignedHead | null> {
  const head = await readNotedHead(act.tx, outLog(partner))
  if (head === null || head.witnessedNote === null) return null
  return { note: parseNote(Buffer.from(head.witnessedNote)), size: head.noteSize }
}

/** The newest checkpoint of the partner's log. We have all of its entries, so we cosign it here (LOG-43). */
async function partnersHead(act: Act, services: Services, partner: string): Promise<CosignedHead | null> {
  const head = await readNotedHead(act.tx, inLog(partner))
  if (head === null || head.checkpoint === null || head.frontier.size === 0) return null
  const note = parseNote(Buffer.from(head.checkpoint))
  const timeS = Math.floor(act.world.now() / 1000)
  const cosigned = addSignatures(note, cosign(note.text, timeS, cosigner(services.keys)))
  return { note: cosigned, size: head.frontier.size }
}

/** A statement about the item, by either side. */
interface MatterStatement {
  readonly log: string
  /** Null until it is sequenced. */
  readonly index: number | null
  readonly bytes: Uint8Array
  readonly statement: Statement
}

async function statementsAbout(act: Act, item: Item): Promise<MatterStatement[]> {
  const ordered = await readMatter(act, item.id)
  return ordered.map(({ statement: { log, index, bytes } }) => {
    return { log, index, bytes, statement: decodeStatement(bytes) }
  })
}

/** The entries of one log that are about the item or support it, with their inclusion proofs. */
async function logOf(
  act: Act,
  log: string,
  head: CosignedHead,
  statements: readonly MatterStatement[],
  item: Item,
): Promise<EvidenceParts['logs']['home']> {
  const about = statements.flatMap(({ index, ...rest }) =>
    rest.log === log && index !== null && index < head.size ? [{ ...rest, index }] : [],
  )
  const supporting = supportOf(await readSupporting(act.tx, log, head.size), log, about, statements, item)
  const entries = [...about, ...supporting].sort((one, other) => one.index - other.index)
  const checkpoint = Buffer.from(formatNote(head.note)).toString('utf8')
  const proved = []
  for (const { index, bytes } of entries) {
    const proof = await proveInclusion(act.tx, log, index, head.size)
    const whole = Buffer.from(formatLogProof({ index, proof, checkpoint: head.note })).toString('utf8')
    const statement = Buffer.from(bytes).toString('utf8')
    proved.push({ proof: whole.slice(0, whole.length - checkpoint.length), statement })
  }
  return { checkpoint, entries: proved }
}

/** The entries that the item rests on: its signers' keys, declarations, assurances, and refused entries. */
function supportOf(
  all: readonly LogStatement[],
  log: string,
  about: readonly { readonly statement: Statement }[],
  statements: readonly MatterStatement[],
  item: Item,
): readonly LogStatement[] {
  const assurances = all.filter(({ statement }) => isAssuranceFor(statement, item))
  const assured = new Set(assurances.map(({ statement }) => assuranceOf(statement)))
  const keys = new Set([...about, ...assurances].flatMap(({ statement }) => keysOf(statement)))
  const answered = new Set(statements.filter((known) => known.log !== log).map(({ index }) => index))
  return all.filter(({ statement }) => {
    switch (statement.kind) {
      case 'directory.entered':
      case 'directory.withdrawn':
        return keys.has(statement.body.keyId)
      case 'agreement.declared':
        return statement.body.instrument === item.instrument
      case 'assurance.given':
      case 'assurance.withdrawn':
        return assured.has(statement.body.assurance)
      case 'entry.refused':
        return answered.has(statement.body.index)
      default:
        return false
    }
  })
}

/** Whether a statement is an assurance that covered the item at its release. A later withdrawal does not matter. */
function isAssuranceFor(statement: Statement, item: Item): boolean {
  if (statement.kind !== 'assurance.given' || statement.from !== item.recipient) return false
  const { text } = statement.body
  const body = orNull(() => AssuranceText.parse(parseJson(text, 'assurance')))
  return (
    body !== null &&
    body.instrument === item.instrument &&
    body.organisation === item.organisation &&
    covers(body, item.receiverMarking, item.purpose) &&
    isInForce({ body, withdrawnAt: null }, item.releasedAt ?? 0)
  )
}

function assuranceOf(statement: Statement): string | null {
  return statement.kind === 'assurance.given' ? statement.body.assurance : null
}

/** The key ids that a statement's signed acts claim. */
function keysOf(statement: Statement): readonly string[] {
  return (statement.acts ?? []).flatMap((signed) => orNull(() => [parseActText(signed, 'act').key]) ?? [])
}

/** Null if `read` throws: an entry of the partner that was parked as malformed supports nothing. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
