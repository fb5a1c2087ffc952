/** Releasing: the seal is made out to the partner and the offer appended to what is said to it (EXC-30 to EXC-33). */
import type { Refusal } from '#api/refusals.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { buildManifest } from '#wire/seal/manifest.ts'
import { segmentTableFromText } from '#wire/seal/table.ts'
import { enterMatter, newMatter } from '#node/federation/matter.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import { newId, sayAbout } from '#node/federation/say.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { ask } from '#node/gate/ask.commands.ts'
import type { Actor } from '#node/gate/facts.ts'
import { partReasons } from '#node/gate/reasons.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Services } from '#node/services.ts'
import type { Instant } from '#node/world.ts'
import { beganToHold, nextToHold } from '../assurances/assurance.store.ts'
import { contentKey } from '../content/content.ts'
import type { Content } from '../content/content.ts'
import { APPROVALS_NEEDED, standingApprovals } from '../drafts/draft.ts'
import type { Approval, Draft } from '../drafts/draft.ts'
import { listWaiting, lockDraft, putDraft, readApprovals, readContent } from '../drafts/draft.store.ts'
import { gatedDraft } from '../drafts/gatedDraft.view.ts'
import { PENDING_CODES } from '../situation/facts.ts'
import type { GatedMatter } from '../situation/facts.ts'
import { situationOf } from '../situation/situation.view.ts'
import { surroundingsReader } from '../situation/surroundings.store.ts'
import type { ReadSurroundings } from '../situation/surroundings.store.ts'
import { appendItem } from './item.store.ts'

/** Whose signature was the last, as the gate sees them. */
export interface LastSigner {
  readonly id: string
  readonly facts: Actor
  readonly read: ReadSurroundings
}

/** A locked draft with its signatures, and what its release needs. */
export interface Signed {
  readonly draft: Draft
  /** The draft as the gate sees it. */
  readonly matter: GatedMatter
  readonly content: Content
  readonly approvals: readonly Approval[]
}

/** Releases a locked draft that has its approvals, if the gate permits; otherwise leaves it as it is. Null, or why not. */
export async function releaseIfReady(
  act: Act,
  services: Services,
  signed: Signed,
  last: LastSigner,
): Promise<Refusal | null> {
  const { draft, matter, approvals } = signed
  const standing = standingApprovals(draft, approvals)
  if (standing.length < APPROVALS_NEEDED) return null
  const authorAmong = standing.some(({ person }) => person === draft.author)
  const situation = await situationOf(act, services, {
    act: 'release',
    matter,
    actor: last.facts,
    approvals: { count: standing.length, authorAmong },
    read: last.read,
  })
  const { decision, id } = ask(act, services, situation, { actor: last.id, matter: draft.id })
  const [first, ...rest] = partReasons(decision, PENDING_CODES).blocking
  if (first !== undefined) return withRecord({ refused: true, reasons: [first, ...rest], decision: id })
  if (decision.permitted) release(act, services, signed, situation.partner!)
  return null
}

function release(act: Act, services: Services, signed: Signed, partner: Partner): void {
  const { draft, content } = signed
  const manifest = manifestFor(act, services, draft, content, partner)
  const at = act.world.now()
  const item = newId(act)
  const { profile } = JSON.parse(draft.proposal!) as { readonly profile: string }
  appendItem(act, {
    id: item,
    control: draft.control!,
    originator: act.nation,
    recipient: draft.partner,
    organisation: draft.organisation,
    instrument: draft.instrument,
    profile,
    marking: draft.marking,
    receiverMarking: draft.receiverMarking,
    category: draft.category,
    purpose: draft.purpose,
    registered: null,
    proposal: draft.proposal!,
    manifest,
    payloadDigest: content.payloadDigest,
    payloadSizeBytes: content.sizeBytes,
    content: content.id,
    direction: 'sent',
    state: 'offered',
    releasedAt: at,
    receivedAt: null,
    acceptedAt: null,
    openedAt: null,
    plainDigest: content.plainDigest,
  })
  const offer = {
    kind: 'exchange.offered' as const,
    agreement: { instrument: draft.instrument, profile },
    acts: actsUnder(signed),
    body: { proposal: draft.proposal!, manifest },
    blobs: [content.payloadDigest],
  }
  const opened = newMatter({ id: item, kind: 'item', home: act.nation, partner: draft.partner })
  enterMatter(act, sayAbout(act, draft.partner, offer, opened).matter, 'offered')
  putDraft(act, { ...draft, state: 'released', updatedAt: at })
  act.hint({ slice: 'items', id: item })
  act.hint({ slice: 'register', id: item })
}

/** The author's signature and those of the release authorities, over the digest as it is. */
function actsUnder({ draft, approvals }: Signed): SignedAct[] {
  const submission = approvals.find(
    ({ digest, verdict }) => digest === draft.proposalDigest && verdict === 'submit',
  )
  return [submission!, ...standingApprovals(draft, approvals)].map(({ act }) => JSON.parse(act) as SignedAct)
}

/** Makes the seal out to the partner's node, bound to the exact proposal that was approved. */
function manifestFor(act: Act, { keys }: Services, draft: Draft, content: Content, partner: Partner): string {
  return buildManifest({
    dek: contentKey(keys, content),
    table: segmentTableFromText(content.segmentTable),
    metadataSealed: content.metadataSealed,
    labelDigest: draft.proposalDigest!,
    recipients: [{ key: partner.seal, url: partner.card.address }],
    random: (sizeBytes) => act.world.random(sizeBytes),
  })
}

/**
 * Releases what waited for an assurance that did not hold yet when it came. Each call looks at the assurances that
 * began to hold since the call before; the first at all of them. Returns when the next begins to hold.
 */
export function createDueReleases(services: Services): (act: Act) => Promise<Instant | null> {
  let lookedAt = 0
  return async (act) => {
    const now = act.world.now()
    const nations = await beganToHold(act.tx, act.nation, lookedAt, now)
    for (const nation of nations) await releaseWaiting(act, services, nation)
    lookedAt = now
    return nextToHold(act.tx, act.nation, now)
  }
}

/** An assurance has come: releases what waited only for it. */
export async function releaseWaiting(act: Act, services: Services, partner: string): Promise<void> {
  for (const { id } of await listWaiting(act.tx, partner)) {
    const draft = await lockDraft(act, id)
    if (draft?.state !== 'submitted') continue
    const approvals = await readApprovals(act.tx, id)
    const last = standingApprovals(draft, approvals).at(-1)
    if (last === undefined) continue
    const facts = await actorOf(act, services, last.person, { category: draft.category, author: false })
    const signer = { id: last.person, facts, read: surroundingsReader(act) }
    const matter = await gatedDraft(act, draft)
    const content = await readContent(act.tx, draft.content)
    await releaseIfReady(act, services, { draft, matter, content, approvals }, signer)
    // The next draft is read from the table that this one is written to.
    await act.flush()
  }
}
