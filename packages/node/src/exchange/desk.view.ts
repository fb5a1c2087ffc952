/** The desk: what needs a person, what waits for others, and what is for information (EXC-90). */
import type { DeskEntry } from '#api/console.ts'
import { readPartners } from '#node/federation/federation.store.ts'
import { mayAsk } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { listAssurances } from './assurances/assurance.store.ts'
import { listDrafts, readApprovals } from './drafts/draft.store.ts'
import type { Approval, Draft } from './drafts/draft.store.ts'
import { readOpenings } from './items/item.store.ts'
import type { Item, Opening } from './items/item.store.ts'
import { mayOpen, mayReceipt } from './items/item.view.ts'
import type { ExchangeServices } from './services.ts'

export interface Desk {
  readonly needsMe: DeskEntry[]
  readonly waiting: DeskEntry[]
  readonly information: DeskEntry[]
}

const LIST_MAX = 100
const WEEK_MS = 7 * 86_400_000

/** The desk of one person. */
export async function deskOf(act: Act, services: ExchangeServices, by: SignedIn): Promise<Desk> {
  const desk: Desk = { needsMe: [], waiting: [], information: [] }
  await addDrafts(act, by, desk)
  await addReceived(act, services, by, desk)
  await addSent(act, by, desk)
  await addLinks(act, by, desk)
  await addAssurances(act, by, desk)
  return desk
}

async function addDrafts(act: Act, by: SignedIn, desk: Desk): Promise<void> {
  const drafts = await listDrafts(act.tx, { states: ['writing', 'submitted'] }, LIST_MAX)
  const approves = mayAsk(by.roles, 'exchange.approve')
  for (const draft of drafts) {
    const mine = draft.author === by.personId
    if (!mine && !approves) continue
    const approvals = await readApprovals(act.tx, draft.id)
    if (mine && draft.state === 'writing') {
      const refused = approvals.findLast((each) => each.verdict === 'refuse')
      desk.needsMe.push(draftEntry(draft, refused === undefined ? 'finish_draft' : 'draft_refused', null))
    } else if (draft.state === 'submitted') addSubmitted(draft, approvals, by, desk, approves)
  }
}

function addSubmitted(
  draft: Draft,
  approvals: readonly Approval[],
  by: SignedIn,
  desk: Desk,
  approves: boolean,
): void {
  const standing = approvals.filter((each) => each.digest === draft.proposalDigest)
  const signed = standing.some((each) => each.person === by.personId && each.verdict === 'approve')
  if (approves && !signed && draft.author !== by.personId)
    desk.needsMe.push(draftEntry(draft, 'approve', null))
  else if (signed || draft.author === by.personId) {
    desk.waiting.push(draftEntry(draft, 'await_approval', 'release_authority'))
  }
}

function draftEntry(draft: Draft, what: DeskEntry['what'], waitingOn: string | null): DeskEntry {
  return {
    id: `${what}-${draft.id}`,
    what,
    control: draft.control,
    marking: draft.marking,
    receiverMarking: draft.receiverMarking,
    partner: draft.partner,
    waitingOn,
    since: new Date(draft.updatedAt).toISOString(),
    due: null,
    target: { page: 'draft', id: draft.id },
  }
}

function itemEntry(item: Item, what: DeskEntry['what'], waitingOn: string | null, at: number): DeskEntry {
  return {
    id: `${what}-${item.id}`,
    what,
    control: item.control,
    marking: item.marking,
    receiverMarking: item.receiver_marking,
    partner: item.direction === 'sent' ? item.recipient : item.originator,
    waitingOn,
    since: new Date(at).toISOString(),
    due: null,
    target: { page: 'item', id: item.id },
  }
}

async function addReceived(act: Act, services: ExchangeServices, by: SignedIn, desk: Desk): Promise<void> {
  const items = await act.tx
    .selectFrom('item')
    .selectAll()
    .where('direction', '=', 'received')
    .where('state', 'in', ['accepted', 'opened'])
    .orderBy('received_at', 'desc')
    .limit(LIST_MAX)
    .execute()
  for (const item of items) {
    const openings = await readOpenings(act.tx, item.id)
    const mine = openings.filter((each) => each.person === by.personId)
    if (mayReceipt(by, item, openings) === true) {
      desk.needsMe.push(itemEntry(item, 'receipt', null, lastAt(mine, item)))
    } else if (mine.some((each) => each.outcome === 'receipted')) {
      desk.information.push(itemEntry(item, 'receipted', null, lastAt(mine, item)))
    } else if ((await mayOpen(act, services, by, item)) === true) {
      desk.needsMe.push(itemEntry(item, 'open', null, item.received_at ?? 0))
    } else if (mayAsk(by.roles, 'register.read') && item.opened_at === null) {
      desk.waiting.push(itemEntry(item, 'await_opening', 'officer', item.received_at ?? 0))
    }
  }
}

function lastAt(openings: readonly Opening[], item: Item): number {
  return openings.at(-1)?.at ?? item.received_at ?? 0
}

async function addSent(act: Act, by: SignedIn, desk: Desk): Promise<void> {
  const concerned = ['exchange.compose', 'exchange.approve', 'register.read'] as const
  if (!concerned.some((command) => mayAsk(by.roles, command))) return
  const items = await act.tx
    .selectFrom('item')
    .selectAll()
    .where('direction', '=', 'sent')
    .where('state', '!=', 'withdrawn')
    .orderBy('released_at', 'desc')
    .limit(LIST_MAX)
    .execute()
  for (const item of items) {
    const at = item.released_at ?? 0
    if (item.state === 'offered') desk.waiting.push(itemEntry(item, 'await_acceptance', item.recipient, at))
    else if (item.state === 'accepted')
      desk.waiting.push(itemEntry(item, 'await_opening', item.recipient, at))
    else if (item.state === 'opened')
      desk.information.push(itemEntry(item, 'receipted', null, item.opened_at ?? at))
    else desk.needsMe.push(itemEntry(item, 'refused_there', null, at))
  }
}

async function addLinks(act: Act, by: SignedIn, desk: Desk): Promise<void> {
  if (!mayAsk(by.roles, 'link.verify')) return
  for (const partner of await readPartners(act.tx)) {
    if (partner.state === 'frozen')
      desk.needsMe.push(linkEntry(partner.nation, 'link_frozen', act.world.now()))
    else if (partner.failures > 3)
      desk.information.push(linkEntry(partner.nation, 'link_silent', partner.lastContactAt ?? 0))
  }
  const parked = await act.tx.selectFrom('parked').selectAll().orderBy('at', 'desc').limit(20).execute()
  for (const each of parked) desk.information.push(linkEntry(each.nation, 'entry_parked', each.at))
}

function linkEntry(partner: string, what: DeskEntry['what'], at: number): DeskEntry {
  return {
    id: `${what}-${partner}-${at}`,
    what,
    control: null,
    marking: null,
    receiverMarking: null,
    partner,
    waitingOn: null,
    since: new Date(at).toISOString(),
    due: null,
    target: { page: 'link', id: partner },
  }
}

async function addAssurances(act: Act, by: SignedIn, desk: Desk): Promise<void> {
  if (!mayAsk(by.roles, 'assurance.give')) return
  const now = act.world.now()
  for (const { id, said, withdrawnAt } of await listAssurances(act.tx)) {
    const until = Date.parse(said.until)
    if (said.by !== act.nation || withdrawnAt !== null || until < now || until > now + WEEK_MS) continue
    desk.needsMe.push({
      ...linkEntry(said.to, 'assurance_ends', now),
      id: `assurance_ends-${id}`,
      due: said.until,
      target: { page: 'assurances', id },
    })
  }
}
