/** Releases: addresses the seal to the partner's node and appends the offer (EXC-30 to EXC-33). */
import type { Refusal } from '#api/refusals.ts'
import { APPROVALS_NEEDED, readProposal } from '#wire/exchange/proposal.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { buildManifest } from '#wire/seal/manifest.ts'
import { segmentTableFromText } from '#wire/seal/table.ts'
import { enterMatter, newMatter } from '#node/federation/matter.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import { newId, sayAbout } from '#node/federation/say.commands.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { ask } from '#node/gate/ask.commands.ts'
import type { Actor } from '#node/gate/facts.ts'
import { splitReasons } from '#node/gate/reasons.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Services } from '#node/services.ts'
import type { Instant } from '#node/world.ts'
import { newAssurers, nextToHold } from '../assurances/assurance.store.ts'
import { contentKey } from '../content/content.ts'
import type { Content } from '../content/content.ts'
import { currentApprovals } from '../drafts/draft.ts'
import type { Approval, Draft } from '../drafts/draft.ts'
import { listSubmitted, lockDraft, putDraft, readApprovals, readContent } from '../drafts/draft.store.ts'
import { gatedDraft } from '../drafts/gatedDraft.view.ts'
import { PENDING_CODES } from '../situation/facts.ts'
import type { GatedMatter } from '../situation/facts.ts'
import { situationOf } from '../situation/situation.view.ts'
import { partnerContextReader } from '../situation/partnerContext.store.ts'
import type { ReadPartnerContext } from '../situation/partnerContext.store.ts'
import { appendItem } from './item.store.ts'

/** The person whose approval was the last; the gate decides the release for them. */
export interface LastSigner {
  readonly id: string
  readonly facts: Actor
  readonly read: ReadPartnerContext
}

/** A locked draft with its verdicts and its content. */
export interface SignedDraft {
  readonly draft: Draft
  /** The draft as the gate sees it. */
  readonly matter: GatedMatter
  readonly content: Content
  readonly approvals: readonly Approval[]
}

/**
 * Releases a draft that has its approvals, if the gate permits. Null also if approvals or an assurance are missing: the
 * draft then stays submitted.
 */
export async function releaseIfReady(
  act: Act,
  services: Services,
  signed: SignedDraft,
  last: LastSigner,
): Promise<Refusal | null> {
  const { draft, matter, approvals } = signed
  const current = currentApprovals(draft, approvals)
  // With fewer the gate would answer `approvals_missing`; it is asked once it may permit.
  if (current.length < APPROVALS_NEEDED) return null
  const authorAmong = current.some(({ person }) => person === draft.author)
  const situation = await situationOf(act, services, {
    action: 'release',
    matter: { ...matter, profile: readProposal(draft.proposal!).profile },
    actor: last.facts,
    approvals: { count: current.length, authorAmong },
    read: last.read,
  })
  const { decision, id } = ask(act, services, situation, { actor: last.id, matter: draft.id })
  const [first, ...rest] = splitReasons(decision, PENDING_CODES).blocking
  if (first !== undefined) return withRecord({ refused: true, reasons: [first, ...rest], decision: id })
  if (decision.permitted) release(act, services, signed, situation.partner!)
  return null
}

function release(act: Act, services: Services, signed: SignedDraft, partner: Partner): void {
  const { draft, content } = signed
  const manifest = manifestFor(act, services, draft, content, partner)
  const at = act.world.now()
  const item = newId(act)
  const { profile } = readProposal(draft.proposal!)
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
    receiptedAt: null,
    plainDigest: content.plainDigest,
  })
  const offer = {
    kind: 'exchange.offered' as const,
    agreement: { instrument: draft.instrument, profile },
    acts: signedActsOf(signed),
    body: { proposal: draft.proposal!, manifest },
    blobs: [content.payloadDigest],
  }
  const opened = newMatter({ id: item, kind: 'item', home: act.nation, partner: draft.partner })
  enterMatter(act, sayAbout(act, draft.partner, offer, opened).matter, 'offered')
  putDraft(act, { ...draft, state: 'released', updatedAt: at })
  act.hint({ routes: 'exchange', id: item })
}

/** The signed acts over the current digest: first the author's, then those of the release authorities. */
function signedActsOf({ draft, approvals }: SignedDraft): SignedAct[] {
  const submission = approvals.find(
    ({ digest, verdict }) => digest === draft.proposalDigest && verdict === 'submit',
  )
  return [submission!, ...currentApprovals(draft, approvals)].map(
    ({ signedAct }) => JSON.parse(signedAct) as SignedAct,
  )
}

/** Builds the manifest: the content key wrapped to the partner's node, bound to the approved proposal. */
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
 * Releases drafts that waited for an assurance that came into force after `since`. Returns when the next assurance comes
 * into force.
 */
export async function releaseDue(act: Act, services: Services, since: Instant): Promise<Instant | null> {
  const now = act.world.now()
  const nations = await newAssurers(act.tx, act.nation, since, now)
  for (const nation of nations) await releaseWaiting(act, services, nation)
  return nextToHold(act.tx, act.nation, now)
}

/** Releases the drafts to a partner that waited only for an assurance. */
export async function releaseWaiting(act: Act, services: Services, partner: string): Promise<void> {
  for (const { id } of await listSubmitted(act.tx, partner)) {
    const draft = await lockDraft(act, id)
    if (draft?.state !== 'submitted') continue
    const approvals = await readApprovals(act.tx, id)
    const last = currentApprovals(draft, approvals).at(-1)
    if (last === undefined) continue
    const facts = await actorOf(act, services, last.person, { category: draft.category, author: false })
    const signer = { id: last.person, facts, read: partnerContextReader(act) }
    const matter = await gatedDraft(act, draft)
    const content = await readContent(act.tx, draft.content)
    await releaseIfReady(act, services, { draft, matter, content, approvals }, signer)
    // The next iteration reads the table of drafts, which this one may have changed.
    await act.flush()
  }
}
