/** Releasing: the seal is made out to the partner and the offer appended to what is said to it (EXC-30 to EXC-33). */
import type { Refusal } from '#api/refusals.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { buildManifest } from '#wire/seal/manifest.ts'
import { segmentTableFromText } from '#wire/seal/table.ts'
import { enterMatter, newMatter } from '#node/federation/matter.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import { newId, sayAbout } from '#node/federation/say.ts'
import type { Saying } from '#node/federation/say.ts'
import type { Act } from '#node/kernel/command.ts'
import { keeping } from '#node/kernel/command.ts'
import { partReasons } from '#node/gate/facts.ts'
import type { GateFacts } from '#node/gate/facts.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { beganToHold, nextToHold } from '../assurances/assurance.store.ts'
import { contentKey } from '../content/content.ts'
import type { ContentRow } from '../content/content.ts'
import type { GatedMatter } from '../situation/facts.ts'
import { gatedDraft } from '../drafts/gatedDraft.commands.ts'
import { listDrafts, putDraft, readApprovals, readContentRow, readDraft } from '../drafts/draft.store.ts'
import type { Approval, Draft } from '../drafts/draft.store.ts'
import type { ExchangeServices } from '../services.ts'
import { actorOf, situationOf } from '../situation/situation.commands.ts'
import { surroundingsReader } from '../situation/surroundings.store.ts'
import type { ReadSurroundings } from '../situation/surroundings.store.ts'

/** Signatures that a release needs beside the author's. */
export const APPROVALS_NEEDED = 2

/** The approvals that stand under the digest of a draft as it is. */
export function standingApprovals(draft: Draft, approvals: readonly Approval[]): readonly Approval[] {
  return approvals.filter((each) => each.digest === draft.proposalDigest && each.verdict === 'approve')
}

/** Whose signature was the last, as the gate sees them. */
export interface LastSigner {
  readonly id: string
  readonly facts: GateFacts['actor']
  readonly read: ReadSurroundings
}

/** A locked draft with what was signed under it, and what its release needs. */
export interface Signed {
  readonly draft: Draft
  /** The draft as the gate sees it. */
  readonly matter: GatedMatter
  readonly content: ContentRow
  readonly approvals: readonly Approval[]
}

/** Releases a locked draft that has its approvals, if the gate permits; otherwise leaves it as it is. */
export async function releaseIfReady(
  act: Act,
  services: ExchangeServices,
  { draft, matter, content, approvals }: Signed,
  last: LastSigner,
): Promise<Draft | Refusal> {
  const standing = standingApprovals(draft, approvals)
  if (standing.length < APPROVALS_NEEDED) return draft
  const authorAmong = standing.some((each) => each.person === draft.author)
  const situation = await situationOf(act, services, {
    act: 'release',
    matter,
    actor: last.facts,
    approvals: { count: standing.length, authorAmong },
    read: last.read,
  })
  const profile = situation.governed?.instrument.profile ?? null
  const answer = ask(act, services, situation.facts, profile, { actor: last.id, matter: draft.id })
  const { blocking } = partReasons(answer.decision)
  const [first, ...rest] = blocking
  if (first !== undefined) return keeping({ refused: true, reasons: [first, ...rest], decision: answer.id })
  if (!answer.decision.permitted) return draft
  const submission = approvals.find(
    (each) => each.digest === draft.proposalDigest && each.verdict === 'submit',
  )
  const acts = [submission!, ...standing].map((each) => JSON.parse(each.act) as SignedAct)
  return release(act, services, draft, { acts, content, partner: situation.partner! })
}

interface Releasing {
  readonly acts: SignedAct[]
  readonly content: ContentRow
  readonly partner: Partner
}

function release(
  act: Act,
  services: ExchangeServices,
  draft: Draft,
  { acts, content, partner }: Releasing,
): Draft {
  const manifest = manifestFor(act, services, draft, content, partner)
  const at = act.world.now()
  const item = newId(act)
  act.append('item', {
    id: item,
    control: draft.control,
    originator: act.nation,
    recipient: draft.partner,
    organisation: draft.organisation,
    instrument: draft.instrument,
    profile: profileOf(services, draft),
    marking: draft.marking,
    receiver_marking: draft.receiverMarking,
    category: draft.category,
    purpose: draft.purpose,
    registered: null,
    proposal: draft.proposal!,
    manifest,
    payload_digest: content.payload_digest,
    payload_size_bytes: content.size_bytes,
    content: content.id,
    direction: 'sent',
    state: 'offered',
    released_at: at,
    received_at: null,
    accepted_at: null,
    opened_at: null,
    plain_digest: content.plain_digest,
  })
  const offer: Omit<Saying<'exchange.offered'>, 'matter'> = {
    kind: 'exchange.offered',
    agreement: { instrument: draft.instrument, profile: profileOf(services, draft) },
    acts,
    body: { proposal: draft.proposal!, manifest },
    blobs: [content.payload_digest],
  }
  const opened = newMatter({ id: item, kind: 'item', home: act.nation, partner: draft.partner })
  enterMatter(act, sayAbout(act, draft.partner, offer, opened).matter, 'offered')
  const next: Draft = { ...draft, state: 'released', updatedAt: at }
  putDraft(act, next)
  act.hint({ slice: 'items', id: item })
  act.hint({ slice: 'register', id: item })
  return next
}

function profileOf(services: ExchangeServices, draft: Draft): string {
  return services.law.instruments.find((each) => each.id === draft.instrument)!.profile.hash
}

/** Makes the seal out to the partner's node, bound to the exact proposal that was approved. */
function manifestFor(
  act: Act,
  services: ExchangeServices,
  draft: Draft,
  content: ContentRow,
  partner: Partner,
): string {
  return buildManifest({
    dek: contentKey(services.keys, content),
    table: segmentTableFromText(content.segment_table),
    metadataSealed: content.metadata_sealed,
    labelDigest: draft.proposalDigest!,
    recipients: [{ key: partner.seal, url: partner.card.address }],
    random: (sizeBytes) => act.world.random(sizeBytes),
  })
}

/**
 * Releases what waited for an assurance that did not hold yet when it came. Each call looks at the assurances that
 * began to hold since the one before; the first at all of them. Returns when the next begins to hold.
 */
export function createDueReleases(services: ExchangeServices): (act: Act) => Promise<number | null> {
  let lookedAt = 0
  return async (act) => {
    const now = act.world.now()
    const nations = await beganToHold(act.tx, act.nation, lookedAt, now)
    for (const nation of nations) await releaseWaiting(act, services, nation)
    lookedAt = now
    return nextToHold(act.tx, act.nation, now)
  }
}

/** An assurance has come: what only waited for it goes out now. */
export async function releaseWaiting(act: Act, services: ExchangeServices, partner: string): Promise<void> {
  const drafts = await listDrafts(act.tx, { states: ['submitted'] }, 500)
  for (const each of drafts.filter((draft) => draft.partner === partner)) {
    const draft = await readDraft(act.tx, each.id, 'lock')
    if (draft?.state !== 'submitted') continue
    const approvals = await readApprovals(act.tx, draft.id)
    const last = standingApprovals(draft, approvals).at(-1)
    if (last === undefined) continue
    const facts = await actorOf(act, services, last.person, { category: draft.category, author: false })
    const signer = { id: last.person, facts, read: surroundingsReader(act) }
    const matter = await gatedDraft(act, draft)
    const content = await readContentRow(act.tx, draft.content)
    await releaseIfReady(act, services, { draft, matter, content, approvals }, signer)
    // The next draft is read from the table that this one is written to.
    await act.flush()
  }
}
