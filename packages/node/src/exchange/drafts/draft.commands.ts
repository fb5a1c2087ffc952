/** Writing, submitting and approving a report; the second approval releases it (EXC-20 to EXC-26). */
import type { Refusal } from '#api/refusals.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { keeping } from '#node/kernel/command.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId } from '#node/federation/say.ts'
import { partReasons } from '#node/gate/facts.ts'
import type { GateFacts } from '#node/gate/facts.ts'
import { national, permit } from '#node/identity/role.ts'
import { ask, refusalOf } from '#node/gate/ask.commands.ts'
import type { ContentRow, FreshContent } from '../content/content.ts'
import { retitled } from '../content/content.ts'
import {
  appendApproval,
  insertContent,
  putDraft,
  readApprovals,
  readContentRow,
  readDraft,
  receivedWithSameContent,
  updateContent,
} from './draft.store.ts'
import type { Approval, Draft } from './draft.store.ts'
import { nextControlNumbers } from '../items/item.store.ts'
import { governing, receiverMarkings } from '#node/law/governing.ts'
import { controlNumber, proposalDigest, proposalText } from '#wire/exchange/proposal.ts'
import { releaseIfReady } from '../items/release.commands.ts'
import type { Signed } from '../items/release.commands.ts'
import type { ExchangeServices } from '../services.ts'
import { actorOf, situationOf } from '../situation/situation.commands.ts'
import { surroundingsReader } from '../situation/surroundings.store.ts'
import type { ReadSurroundings } from '../situation/surroundings.store.ts'
import { gatedDraft } from './gatedDraft.commands.ts'
import type { Routing } from './gatedDraft.commands.ts'

/** Begins a report whose content has just been sealed. */
export async function createDraft(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  routing: Routing,
  fresh: FreshContent,
): Promise<Draft | Refusal> {
  const can = permit(by.roles, 'exchange.compose')
  if (can !== true) return can
  await insertContent(act.tx, fresh)
  const year = new Date(act.world.now()).getUTCFullYear()
  const [number] = await nextControlNumbers(act.tx, 1)
  const control = controlNumber(act.nation, routing.partner, year, number!)
  const draft = await routed(act, services, routing, fresh.row, {
    id: newId(act),
    author: by.personId,
    control,
    content: fresh.id,
  })
  putDraft(act, draft)
  act.hint({ slice: 'items', id: draft.id })
  return draft
}

/**
 * Changes a report. Whatever was signed before says nothing of it any more: the draft is being written again, and its
 * next proposal has another digest. `fresh` replaces the content, `title` renames it.
 */
export async function editDraft(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  id: string,
  change: { routing?: Routing; title?: string; fresh?: FreshContent },
): Promise<Draft | Refusal> {
  const draft = await readDraft(act.tx, id, 'lock')
  const can = mayEdit(draft, by)
  if (can !== true) return can
  let row = await readContentRow(act.tx, draft!.content)
  if (change.fresh !== undefined) {
    await insertContent(act.tx, change.fresh)
    row = change.fresh.row
  } else if (change.title !== undefined) {
    const renamed = retitled(services.keys, act.world, row, change.title)
    await updateContent(act.tx, row.id, renamed)
    row = { ...row, ...renamed }
  }
  const identity = { id, author: draft!.author, control: draft!.control, content: row.id }
  const next = await routed(act, services, change.routing ?? draft!, row, identity)
  putDraft(act, next)
  act.hint({ slice: 'items', id })
  act.hint({ slice: 'desk', id })
  return next
}

/** Whether a person may change a draft. */
export function mayEdit(draft: Draft | null, by: Pick<SignedIn, 'personId' | 'roles'>): true | Refusal {
  if (draft === null) return refuse('not_found')
  const can = permit(by.roles, 'exchange.compose')
  if (can !== true) return can
  if (draft.author !== by.personId) return refuse('not_permitted', national('EXC-21'))
  return draft.state === 'writing' || draft.state === 'submitted' ? true : refuse('wrong_state')
}

async function routed(
  act: Act,
  services: ExchangeServices,
  routing: Routing,
  content: ContentRow,
  identity: Pick<Draft, 'id' | 'author' | 'control' | 'content'>,
): Promise<Draft> {
  const governed = governing(services.law, act.nation, routing.partner, 'information', act.world.now())
  const possible = receiverMarkings(governed, act.nation, routing.marking, routing.partner)
  const only = possible.length === 1 ? possible[0]! : ''
  const same = await receivedWithSameContent(act.tx, content.plain_digest)
  return {
    ...identity,
    state: 'writing',
    partner: routing.partner,
    organisation: routing.organisation,
    instrument: governed?.instrument.id ?? '',
    marking: routing.marking,
    receiverMarking: routing.receiverMarking ?? only,
    category: routing.category,
    purpose: routing.purpose,
    derivedFrom: [...new Set([...routing.derivedFrom, ...same])].sort(),
    proposal: null,
    proposalDigest: null,
    updatedAt: act.world.now(),
  }
}

/** The author signs the proposal and puts it before the release authorities. */
export async function submitDraft(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  id: string,
): Promise<Draft | Refusal> {
  const draft = await readDraft(act.tx, id, 'lock')
  const can = mayEdit(draft, by)
  if (can !== true) return can
  if (draft!.state !== 'writing') return refuse('wrong_state')
  const refusal = await refusedAtSubmission(act, services, by, draft!)
  if (refusal !== null) return keeping(refusal)
  const content = await readContentRow(act.tx, draft!.content)
  const governed = governing(services.law, act.nation, draft!.partner, 'information', act.world.now())
  const proposal = proposalText({
    v: 1,
    control: draft!.control,
    originator: act.nation,
    recipient: { nation: draft!.partner, organisation: draft!.organisation },
    instrument: draft!.instrument,
    profile: governed!.instrument.profile.hash,
    marking: draft!.marking,
    receiverMarking: draft!.receiverMarking,
    category: draft!.category,
    purpose: draft!.purpose,
    commitment: content.commitment,
    payload: { digest: content.payload_digest, sizeBytes: content.size_bytes },
    derivedFrom: [...draft!.derivedFrom],
  })
  const digest = proposalDigest(proposal)
  const at = act.world.now()
  const signed = by.sign('exchange.submit', digest, at)
  appendApproval(act, id, {
    digest,
    person: by.personId,
    act: JSON.stringify(signed),
    verdict: 'submit',
    reason: null,
    at,
  })
  const next: Draft = { ...draft!, state: 'submitted', proposal, proposalDigest: digest, updatedAt: at }
  putDraft(act, next)
  act.hint({ slice: 'desk', id })
  act.hint({ slice: 'items', id })
  return next
}

/** What refuses the release already now; what is only pending does not. */
async function refusedAtSubmission(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  draft: Draft,
): Promise<Refusal | null> {
  const matter = await gatedDraft(act, draft)
  const actor = actorOf(act, services, by.personId, { category: draft.category, author: true })
  const situation = await situationOf(act, services, { act: 'release', matter, actor })
  const answer = ask(act, services, situation.facts, situation.governed?.instrument.profile ?? null, {
    actor: by.personId,
    matter: draft.id,
  })
  const [first, ...rest] = partReasons(answer.decision).blocking
  if (first === undefined) return null
  return { refused: true, reasons: [first, ...rest], decision: answer.id }
}

/** A release authority signs the digest. The second signature releases, if the gate permits. */
export async function approveDraft(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  id: string,
  digest: string,
): Promise<Draft | Refusal> {
  const asked = await askForVerdict(act, services, by, id, digest)
  if (isRefusal(asked)) return keeping(asked)
  const signed = by.sign('exchange.approve', digest, act.world.now())
  const approval: Approval = {
    digest,
    person: by.personId,
    act: JSON.stringify(signed),
    verdict: 'approve',
    reason: null,
    at: act.world.now(),
  }
  appendApproval(act, id, approval)
  act.hint({ slice: 'desk', id })
  const approved = { ...asked, approvals: [...asked.approvals, approval] }
  return releaseIfReady(act, services, approved, {
    id: by.personId,
    facts: { ...asked.actor, author: false },
    read: asked.read,
  })
}

/** A release authority refuses, with a reason; the draft returns to its author. */
export async function refuseDraft(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  id: string,
  verdict: { digest: string; reason: string },
): Promise<Draft | Refusal> {
  const asked = await askForVerdict(act, services, by, id, verdict.digest)
  if (isRefusal(asked)) return keeping(asked)
  const { draft } = asked
  const at = act.world.now()
  appendApproval(act, id, {
    digest: verdict.digest,
    person: by.personId,
    act: '{}',
    verdict: 'refuse',
    reason: verdict.reason,
    at,
  })
  recordNational(act, { what: 'draft_refused', draft: id, by: by.personId })
  const next: Draft = { ...draft, state: 'writing', proposal: null, proposalDigest: null, updatedAt: at }
  putDraft(act, next)
  act.hint({ slice: 'desk', id })
  act.hint({ slice: 'items', id })
  return next
}

/** A draft on which a person may give a verdict now, with what was looked up to know it. */
interface Verdict extends Signed {
  readonly actor: GateFacts['actor']
  readonly read: ReadSurroundings
}

/** Locks a draft and asks whether a person may give a verdict on this digest, and why not. */
async function askForVerdict(
  act: Act,
  services: ExchangeServices,
  by: Pick<SignedIn, 'personId' | 'roles'>,
  id: string,
  digest: string,
): Promise<Verdict | Refusal> {
  const [draft, approvals] = await Promise.all([readDraft(act.tx, id, 'lock'), readApprovals(act.tx, id)])
  if (draft === null) return refuse('not_found')
  if (draft.state !== 'submitted') return refuse('wrong_state')
  if (draft.proposalDigest !== digest) return refuse('digest_differs', national('EXC-23'))
  const matter = await gatedDraft(act, draft)
  const isAuthor = draft.author === by.personId
  const read = surroundingsReader(act)
  const asking = actorOf(act, services, by.personId, { category: draft.category, author: isAuthor })
  const [situation, actor, content] = await Promise.all([
    situationOf(act, services, { act: 'approve', matter, actor: asking, read }),
    asking,
    readContentRow(act.tx, draft.content),
  ])
  const profile = situation.governed?.instrument.profile ?? null
  const answer = ask(act, services, situation.facts, profile, { actor: by.personId, matter: draft.id })
  if (!answer.decision.permitted) return refusalOf(answer)
  // The draft is locked: nobody else signs it meanwhile.
  const hasSigned = approvals.some((each) => each.digest === digest && each.person === by.personId)
  return hasSigned ? refuse('already_done') : { draft, matter, content, approvals, actor, read }
}

/** Whether a value is a draft and not a refusal. */
export function isDraft(value: Draft | Refusal): value is Draft {
  return !isRefusal(value)
}
