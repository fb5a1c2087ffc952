/** Writes, submits and approves reports. The second approval releases (EXC-20 to EXC-26). */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { controlNumber, proposalDigest, proposalText } from '#wire/exchange/proposal.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId } from '#node/federation/say.commands.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { refusalOf } from '#node/gate/reasons.ts'
import type { Actor } from '#node/gate/facts.ts'
import { ententeRule, permit } from '#node/kernel/permission.ts'
import type { By, SignedIn } from '#node/kernel/caller.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import { takeNumbers } from '#node/kernel/number.store.ts'
import { governing } from '#node/law/governing.ts'
import { calendarYear } from '#node/law/nations.ts'
import type { Services } from '#node/services.ts'
import { retitled } from '../content/content.ts'
import type { Content, FreshContent } from '../content/content.ts'
import { equivalentMarkings, receiverMarkingOf } from '../equivalence.ts'
import { receivedWithSameContent } from '../items/item.store.ts'
import { releaseIfReady } from '../items/release.commands.ts'
import type { SignedDraft } from '../items/release.commands.ts'
import { EXCHANGE } from '../permissions.ts'
import { situationOf } from '../situation/situation.view.ts'
import { partnerContextReader } from '../situation/partnerContext.store.ts'
import type { ReadPartnerContext } from '../situation/partnerContext.store.ts'
import { awaitsVerdict, mayEdit, maySubmit } from './draft.ts'
import type { Approval, Draft, Routing } from './draft.ts'
import {
  appendApproval,
  insertContent,
  lockDraft,
  putDraft,
  readApprovals,
  readContent,
  updateContent,
} from './draft.store.ts'
import { gatedDraft } from './gatedDraft.view.ts'

/** Creates a draft of content that has just been sealed; returns its id. */
export async function createDraft(
  act: Act,
  services: Services,
  by: SignedIn,
  routing: Routing,
  fresh: FreshContent,
): Promise<string | Refusal> {
  const can = permit(by.roles, EXCHANGE['exchange.compose'])
  if (can !== true) return can
  await insertContent(act, fresh.content, fresh.blob)
  const identity = { id: newId(act), author: by.personId, control: null }
  return store(act, await composed(act, services, { ...identity, routing, content: fresh.content }))
}

/** A change of a draft. `fresh` replaces the content, `title` renames it. */
export interface DraftChange {
  readonly routing?: Routing
  readonly title?: string
  readonly fresh?: FreshContent
}

/** Changes a draft; returns its id. The draft returns to writing, and earlier signatures are void (EXC-21). */
export async function editDraft(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
  change: DraftChange,
): Promise<string | Refusal> {
  const draft = await lockDraft(act, id)
  const can = mayEdit(draft, by)
  if (can !== true) return can
  const { author, control, partner, content: before } = draft!
  // The control number names the partner.
  if (control !== null && (change.routing?.partner ?? partner) !== partner)
    return refuse('invalid_input', [], 'partner')
  const content = await changedContent(act, services, before, change)
  const routing = change.routing ?? draft!
  return store(act, await composed(act, services, { id, author, control, routing, content }))
}

async function changedContent(
  act: Act,
  { keys }: Services,
  id: string,
  { fresh, title }: DraftChange,
): Promise<Content> {
  if (fresh !== undefined) {
    await insertContent(act, fresh.content, fresh.blob)
    return fresh.content
  }
  const content = await readContent(act.tx, id)
  if (title === undefined) return content
  const renamed = retitled(keys, act.world, content, title)
  await updateContent(act, renamed)
  return renamed
}

function store(act: Act, draft: Draft): string {
  putDraft(act, draft)
  act.hint({ routes: 'exchange', id: draft.id })
  return draft.id
}

/** An unsigned draft under the instrument that governs now. */
async function composed(
  act: Act,
  services: Services,
  input: Pick<Draft, 'id' | 'author' | 'control'> & {
    readonly routing: Routing
    readonly content: Content
  },
): Promise<Draft> {
  const { id, author, control, routing, content } = input
  const { partner, organisation, marking, category, purpose } = routing
  const law = await services.readLaw(act.tx)
  const governed = governing(law, act.nation, partner, 'information', act.world.now())
  const equivalents = equivalentMarkings(governed?.instrument.profile ?? null, act.nation, marking, partner)
  const received = await receivedWithSameContent(act.tx, content.plainDigest)
  return {
    id,
    author,
    control,
    state: 'writing',
    partner,
    organisation,
    instrument: governed?.instrument.id ?? '',
    marking,
    receiverMarking: receiverMarkingOf(routing.receiverMarking, equivalents),
    category,
    purpose,
    derivedFrom: [...new Set([...routing.derivedFrom, ...received])].sort(),
    content: content.id,
    proposal: null,
    proposalDigest: null,
    updatedAt: act.world.now(),
  }
}

/** The author signs the proposal and submits it to the release authorities. Returns the draft's id. */
export async function submitDraft(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
): Promise<string | Refusal> {
  const draft = await lockDraft(act, id)
  const can = maySubmit(draft, by)
  if (can !== true) return can
  const profile = await askToSubmit(act, services, by, draft!)
  if (isRefusal(profile)) return withRecord(profile)
  const numbered = { ...draft!, control: draft!.control ?? (await newControl(act, services, draft!)) }
  const proposal = proposalOf(act, numbered, profile, await readContent(act.tx, draft!.content))
  const digest = proposalDigest(proposal)
  const at = act.world.now()
  const signed = JSON.stringify(by.sign('exchange.submit', digest, at))
  const submission = {
    digest,
    person: by.personId,
    signedAct: signed,
    verdict: 'submit',
    reason: null,
    at,
  } as const
  appendApproval(act, id, submission)
  return store(act, { ...numbered, state: 'submitted', proposal, proposalDigest: digest, updatedAt: at })
}

/** The hash of the governing profile, or the gate's refusal (EXC-24). */
async function askToSubmit(
  act: Act,
  services: Services,
  by: SignedIn,
  draft: Draft,
): Promise<string | Refusal> {
  const matter = await gatedDraft(act, draft)
  const actor = actorOf(act, services, by.personId, { category: draft.category, author: true })
  const situation = await situationOf(act, services, { action: 'submit', matter, actor })
  const answer = ask(act, services, situation, { actor: by.personId, matter: draft.id })
  return answer.decision.permitted ? situation.profile!.hash : refusalOf(answer)
}

/** Assigns the next control number of the calendar year of this nation's government (EXC-3). */
async function newControl(act: Act, { nations }: Services, { id, partner }: Draft): Promise<string> {
  const year = calendarYear(nations, act.nation, act.world.now())
  const [number] = await takeNumbers(act, 'control', year, 1)
  const control = controlNumber(act.nation, partner, year, number!)
  recordNational(act, { what: 'control_number.assigned', draft: id, control })
  return control
}

function proposalOf(act: Act, draft: Draft, profile: string, content: Content): string {
  const { control, partner, organisation, instrument, marking, receiverMarking, category, purpose } = draft
  return proposalText({
    v: 1,
    control: control!,
    originator: act.nation,
    recipient: { nation: partner, organisation },
    instrument,
    profile,
    marking,
    receiverMarking,
    category,
    purpose,
    commitment: content.commitment,
    payload: { digest: content.payloadDigest, sizeBytes: content.sizeBytes },
    derivedFrom: [...draft.derivedFrom],
  })
}

/** A release authority signs the digest. The second approval releases if the gate permits. Returns the draft's id. */
export async function approveDraft(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
  digest: string,
): Promise<string | Refusal> {
  const review = await lockForReview(act, services, by, id, digest)
  if (isRefusal(review)) return review
  const at = act.world.now()
  const signed = JSON.stringify(by.sign('exchange.approve', digest, at))
  const approval: Approval = {
    digest,
    person: by.personId,
    signedAct: signed,
    verdict: 'approve',
    reason: null,
    at,
  }
  appendApproval(act, id, approval)
  act.hint({ routes: 'exchange', id })
  const approved = { ...review, approvals: [...review.approvals, approval] }
  const signer = { id: by.personId, facts: { ...review.actor, author: false }, read: review.read }
  const refusal = await releaseIfReady(act, services, approved, signer)
  return refusal ?? id
}

/** A release authority refuses, with a reason; the draft returns to its author. Returns the draft's id. */
export async function refuseDraft(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
  { digest, reason }: { readonly digest: string; readonly reason: string },
): Promise<string | Refusal> {
  const review = await lockForReview(act, services, by, id, digest)
  if (isRefusal(review)) return review
  const at = act.world.now()
  appendApproval(act, id, { digest, person: by.personId, signedAct: '{}', verdict: 'refuse', reason, at })
  recordNational(act, { what: 'draft.refused', draft: id, by: by.personId })
  return store(act, {
    ...review.draft,
    state: 'writing',
    proposal: null,
    proposalDigest: null,
    updatedAt: at,
  })
}

/** A locked draft on which a person may give a verdict. */
interface Review extends SignedDraft {
  readonly actor: Actor
  readonly read: ReadPartnerContext
}

/** Locks a draft for a verdict on this digest, if the gate permits this person to give one. */
async function lockForReview(
  act: Act,
  services: Services,
  by: By,
  id: string,
  digest: string,
): Promise<Review | Refusal> {
  const [draft, approvals] = await Promise.all([lockDraft(act, id), readApprovals(act.tx, id)])
  if (draft === null) return refuse('not_found')
  if (draft.state !== 'submitted') return refuse('wrong_state')
  if (draft.proposalDigest !== digest) return refuse('digest_differs', ententeRule('EXC-23'))
  const matter = await gatedDraft(act, draft)
  const read = partnerContextReader(act)
  const isAuthor = draft.author === by.personId
  const looking = actorOf(act, services, by.personId, { category: draft.category, author: isAuthor })
  const [situation, actor, content] = await Promise.all([
    situationOf(act, services, { action: 'approve', matter, actor: looking, read }),
    looking,
    readContent(act.tx, draft.content),
  ])
  const answer = ask(act, services, situation, { actor: by.personId, matter: draft.id })
  if (!answer.decision.permitted) return withRecord(refusalOf(answer))
  // The draft is locked, so nobody else can sign it now.
  const can = awaitsVerdict(draft, approvals, by)
  return can === true ? { draft, matter, content, approvals, actor, read } : withRecord(can)
}
