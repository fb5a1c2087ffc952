/**
 * The exchange's entries on a desk: drafts to finish and sign, items to open and receipt, assurances that end (EXC-90).
 */
import type { DeskEntry } from '#api/console.ts'
import { isRefusal } from '#api/refusals.ts'
import { deskOf } from '#node/desk.ts'
import type { Desk, DeskPart } from '#node/desk.ts'
import { mayAsk } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import { listAssurances } from './assurances/assurance.store.ts'
import { approvalsOf, listDrafts } from './drafts/draft.store.ts'
import { awaitsVerdict } from './drafts/draft.ts'
import type { Approval, Draft } from './drafts/draft.ts'
import { listByState, openingsOf } from './items/item.store.ts'
import { mayReceipt, partnerOf } from './items/item.ts'
import type { Item, Opening } from './items/item.ts'
import { mayOpen } from './items/item.view.ts'
import { EXCHANGE } from './permissions.ts'
import { lookupsOf } from './situation/lookups.view.ts'
import type { Lookups } from './situation/lookups.view.ts'
import { allPartnerContexts } from './situation/partnerContext.store.ts'

const LIST_MAX = 100
const WEEK_MS = 7 * 86_400_000

/** The exchange's part of a person's desk. */
export async function exchangeDesk(view: View, services: Services, by: SignedIn): Promise<Desk> {
  return deskOf([
    ...(await draftEntries(view, by)),
    ...(await receivedEntries(view, services, by)),
    ...(await sentEntries(view, by)),
    ...(await assuranceEntries(view, by)),
  ])
}

async function draftEntries(view: View, by: SignedIn): Promise<DeskPart[]> {
  const approves = mayAsk(by.roles, EXCHANGE['exchange.approve'])
  const author = approves ? undefined : by.personId
  const drafts = await listDrafts(view.tx, { author, states: ['writing', 'submitted'] }, LIST_MAX)
  const approvals = await approvalsOf(
    view.tx,
    drafts.map(({ id }) => id),
  )
  return drafts.flatMap((draft) => draftEntry(view.nation, draft, approvals.get(draft.id) ?? [], by))
}

function draftEntry(nation: string, draft: Draft, approvals: readonly Approval[], by: SignedIn): DeskPart[] {
  const approves = mayAsk(by.roles, EXCHANGE['exchange.approve'])
  const isMine = draft.author === by.personId
  if (draft.state === 'writing') {
    if (!isMine) return []
    const isRefused = approvals.some(({ verdict }) => verdict === 'refuse')
    return [['needsMe', entryOfDraft(nation, draft, isRefused ? 'draft_refused' : 'finish_draft', null)]]
  }
  const isDue = approves && !isMine && awaitsVerdict(draft, approvals, by) === true
  if (isDue) return [['needsMe', entryOfDraft(nation, draft, 'approve', null)]]
  return [['waiting', entryOfDraft(nation, draft, 'await_approval', 'release_authority')]]
}

function entryOfDraft(
  nation: string,
  draft: Draft,
  what: DeskEntry['what'],
  waitingOn: string | null,
): DeskEntry {
  return {
    id: `${what}-${draft.id}`,
    what,
    reference: draft.control,
    stamps: {
      originator: nation,
      recipient: draft.partner,
      marking: draft.marking,
      receiverMarking: draft.receiverMarking,
    },
    partner: draft.partner,
    waitingOn,
    since: iso(draft.updatedAt),
    due: null,
    target: { page: 'draft', id: draft.id },
  }
}

async function receivedEntries(view: View, services: Services, by: SignedIn): Promise<DeskPart[]> {
  const items = await listByState(view.tx, 'received', ['accepted', 'receipted'], LIST_MAX)
  const openings = await openingsOf(
    view.tx,
    items.map(({ id }) => id),
  )
  const lookups = lookupsOf(view, services, by.personId, allPartnerContexts(view))
  const parts: DeskPart[] = []
  for (const item of items)
    parts.push(...(await receivedEntry(view, services, by, item, openings.get(item.id) ?? [], lookups)))
  return parts
}

async function receivedEntry(
  view: View,
  services: Services,
  by: SignedIn,
  item: Item,
  openings: readonly Opening[],
  lookups: Lookups,
): Promise<DeskPart[]> {
  const mine = openings.filter(({ person }) => person === by.personId)
  const at = mine.at(-1)?.at ?? item.receivedAt ?? 0
  if (mayReceipt(by, item, openings) === true) return [['needsMe', entryOfItem(item, 'receipt', null, at)]]
  if (mine.some(({ outcome }) => outcome === 'receipted'))
    return [['information', entryOfItem(item, 'receipted', null, at)]]
  const arrived = item.receivedAt ?? 0
  if (!isRefusal(await mayOpen(view, services, item, lookups)))
    return [['needsMe', entryOfItem(item, 'open', null, arrived)]]
  const waits = mayAsk(by.roles, EXCHANGE['register.read']) && item.receiptedAt === null
  return waits ? [['waiting', entryOfItem(item, 'await_opening', 'officer', arrived)]] : []
}

function entryOfItem(item: Item, what: DeskEntry['what'], waitingOn: string | null, at: Instant): DeskEntry {
  return {
    id: `${what}-${item.id}`,
    what,
    reference: item.control,
    stamps: {
      originator: item.originator,
      recipient: item.recipient,
      marking: item.marking,
      receiverMarking: item.receiverMarking,
    },
    partner: partnerOf(item),
    waitingOn,
    since: iso(at),
    due: null,
    target: { page: 'item', id: item.id },
  }
}

async function sentEntries(view: View, by: SignedIn): Promise<DeskPart[]> {
  const concerned = ['exchange.compose', 'exchange.approve', 'register.read'] as const
  if (!concerned.some((command) => mayAsk(by.roles, EXCHANGE[command]))) return []
  const states = ['offered', 'accepted', 'receipted', 'refused', 'stopped', 'parked'] as const
  const items = await listByState(view.tx, 'sent', states, LIST_MAX)
  return items.map(sentEntry)
}

function sentEntry(item: Item): DeskPart {
  const at = item.releasedAt ?? 0
  switch (item.state) {
    case 'offered':
      return ['waiting', entryOfItem(item, 'await_acceptance', item.recipient, at)]
    case 'accepted':
      return ['waiting', entryOfItem(item, 'await_receipt', item.recipient, at)]
    case 'receipted':
      return ['information', entryOfItem(item, 'receipted', null, item.receiptedAt ?? at)]
    case 'stopped':
      return ['needsMe', entryOfItem(item, 'stopped_here', null, at)]
    case 'parked':
      return ['needsMe', entryOfItem(item, 'not_applied_there', null, at)]
    default:
      return ['needsMe', entryOfItem(item, 'refused_there', null, at)]
  }
}

async function assuranceEntries(view: View, by: SignedIn): Promise<DeskPart[]> {
  if (!mayAsk(by.roles, EXCHANGE['assurance.give'])) return []
  const now = view.world.now()
  const ending = (await listAssurances(view.tx)).filter(({ body, withdrawnAt }) => {
    const until = Date.parse(body.until)
    return body.by === view.nation && withdrawnAt === null && until >= now && until <= now + WEEK_MS
  })
  return ending.map(({ id, body }) => [
    'needsMe',
    {
      id: `assurance_ends-${id}`,
      what: 'assurance_ends',
      reference: null,
      partner: body.to,
      waitingOn: null,
      since: iso(now),
      due: body.until,
      target: { page: 'assurances', id },
    },
  ])
}
