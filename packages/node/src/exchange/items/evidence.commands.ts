/**
 * Exporting the evidence of an item (EVI-40 to EVI-44): what both nations said of it that the other has
 * cosigned, with everything it rests on, as one file that needs no node and no network to be checked.
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
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { readProfileText } from '#node/law/law.store.ts'
import { contentKey } from '../content/content.ts'
import { readContent } from '../drafts/draft.store.ts'
import { EXCHANGE } from '../permissions.ts'
import { readCards, readSupporting } from './evidence.store.ts'
import type { LogStatement } from './evidence.store.ts'
import { partnerOf } from './item.ts'
import type { Item } from './item.ts'
import { readItem } from './item.store.ts'
import { askToTell } from './open.commands.ts'
import { openSeal } from './opened.ts'
import type { Services } from '#node/services.ts'

export interface EvidenceOptions {
  /**
   * Tell title, file name and salt, so that the content itself can be compared; only to whom it may be
   * opened.
   */
  readonly includeOpening: boolean
}

/** A file to be given to whoever has to be convinced. */
export interface ExportedEvidence {
  readonly fileName: string
  readonly text: string
}

/**
 * Exports the evidence of an item that this node sent or received. Refuses `not_yet_cosigned` while the partner has not cosigned a head that covers the offer: until then nothing
 * can be proved.
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
  const parts = await gather(act, services, item, opening)
  if (parts === null) return refuse('not_yet_cosigned')
  const at = new Date(act.world.now()).toISOString()
  const text = writeEvidence(parts, { nation: act.nation, keys: services.keys.suite, at })
  const exported = { what: 'evidence_exported', item: item.id, control: item.control, by: by.personId }
  recordNational(act, { ...exported, opening: opening !== null })
  return { fileName: `${item.control}.entente-evidence.json`, text }
}

/** The exact metadata text, if the gate lets this person open the item. */
async function openingOf(act: Act, services: Services, by: SignedIn, item: Item): Promise<string | Refusal> {
  const refusal = await askToTell(act, services, by, item)
  if (refusal !== null) return refusal
  if (item.direction === 'received') return openSeal(services.keys, item).metadataText
  const content = await readContent(act.tx, item.content!)
  return openMetadata(contentKey(services.keys, content), content.metadataSealed).text
}

async function gather(
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
  const told = await toldAbout(act, item)
  const logs = {
    [outLog(partner)]: own === null ? null : await logOf(act, outLog(partner), own, told, item),
    [inLog(partner)]: theirs === null ? null : await logOf(act, inLog(partner), theirs, told, item),
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
    item: { id: item.id, home: item.originator, partner: item.recipient },
    cards: isHome ? { home: ours, other: theirCard } : { home: theirCard, other: ours },
    logs: { home, other },
    profile,
    opening,
    pending: told
      .filter(({ log, index }) => index === null || index >= sizeOf(log === inLog(partner) ? theirs : own))
      .map(({ statement }) => ({ by: statement.from, kind: statement.kind, statement: statement.id })),
  }
}

/** A head that is signed by its log and cosigned by the other nation. */
interface CosignedHead {
  readonly note: Note
  readonly size: number
}

function sizeOf(head: CosignedHead | null): number {
  return head?.size ?? 0
}

/** The newest head of what we say that the partner has cosigned. */
async function ownHead(act: Act, partner: string): Promise<CosignedHead | null> {
  const head = await readNotedHead(act.tx, outLog(partner))
  if (head === null || head.witnessedNote === null) return null
  return { note: parseNote(Buffer.from(head.witnessedNote)), size: head.noteSize }
}

/** The newest head of what the partner says; we hold all of its entries, so we cosign it now (LOG-43). */
async function partnersHead(act: Act, services: Services, partner: string): Promise<CosignedHead | null> {
  const head = await readNotedHead(act.tx, inLog(partner))
  if (head === null || head.checkpoint === null || head.frontier.size === 0) return null
  const note = parseNote(Buffer.from(head.checkpoint))
  const timeS = Math.floor(act.world.now() / 1000)
  const cosigned = addSignatures(note, cosign(note.text, timeS, cosigner(services.keys)))
  return { note: cosigned, size: head.frontier.size }
}

/** A statement about the item, by either side, with its place if it has one. */
interface ToldStatement {
  readonly log: string
  readonly index: number | null
  readonly bytes: Uint8Array
  readonly statement: Statement
}

async function toldAbout(act: Act, item: Item): Promise<ToldStatement[]> {
  const ordered = await readMatter(act, item.id)
  return ordered.map(({ statement: { log, index, bytes } }) => {
    return { log, index, bytes, statement: decodeStatement(bytes) }
  })
}

/** The entries of one log that are about the item or support it, each with its proof to the head. */
async function logOf(
  act: Act,
  log: string,
  head: CosignedHead,
  told: readonly ToldStatement[],
  item: Item,
): Promise<EvidenceParts['logs']['home']> {
  const about = told.flatMap((each) =>
    each.log === log && each.index !== null && each.index < head.size ? [{ ...each, index: each.index }] : [],
  )
  const supporting = supportOf(await readSupporting(act.tx, log, head.size), log, about, told, item)
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

/**
 * Who signed, what was declared and assured, and what could not be applied: no more than the item rests on.
 */
function supportOf(
  all: readonly LogStatement[],
  log: string,
  about: readonly { readonly statement: Statement }[],
  told: readonly ToldStatement[],
  item: Item,
): readonly LogStatement[] {
  const assurances = all.filter(({ statement }) => isAssuranceFor(statement, item))
  const assured = new Set(assurances.map(({ statement }) => assuranceOf(statement)))
  const keys = new Set([...about, ...assurances].flatMap(({ statement }) => keysOf(statement)))
  const answered = new Set(told.filter((each) => each.log !== log).map(({ index }) => index))
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

/** Whether a statement is an assurance that covers the item. */
function isAssuranceFor(statement: Statement, item: Item): boolean {
  if (statement.kind !== 'assurance.given' || statement.from !== item.recipient) return false
  const { text } = statement.body
  const said = orNull(() => AssuranceText.parse(parseJson(text, 'assurance')))
  const released = item.releasedAt ?? 0
  return (
    said !== null &&
    said.instrument === item.instrument &&
    said.organisation === item.organisation &&
    said.markings.includes(item.receiverMarking) &&
    said.purposes.includes(item.purpose) &&
    Date.parse(said.from) <= released &&
    released < Date.parse(said.until)
  )
}

function assuranceOf(statement: Statement): string | null {
  return statement.kind === 'assurance.given' ? statement.body.assurance : null
}

/** The key ids that a statement's acts claim; an act that cannot be read claims none. */
function keysOf(statement: Statement): readonly string[] {
  return (statement.acts ?? []).flatMap((signed) => orNull(() => [parseActText(signed, 'act').key]) ?? [])
}

/** What the partner said may have been parked because it could not be read: it supports nothing. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
