/** Items as pages show them: rows, and the passport of one (EXC-70). */
import type { ItemRow, ItemView } from '#api/exchange/shapes.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { decisionsAbout } from '#node/gate/decision.store.ts'
import { national, permit } from '#node/identity/role.ts'
import { hasBlob } from '#node/kernel/blobs.store.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { custodyOf } from './custody.view.ts'
import { readOpenings } from './item.store.ts'
import type { Item, Opening } from './item.store.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import type { ExchangeServices } from '../services.ts'
import { actorOf, situationOf } from '../situation/situation.commands.ts'
import type { SituationOptions } from '../situation/situation.commands.ts'

/** A row of a list. */
export function itemRow(item: Item): ItemRow {
  const at = item.received_at ?? item.released_at ?? 0
  return {
    id: item.id,
    control: item.control,
    registered: item.registered,
    direction: item.direction as 'sent' | 'received',
    state: item.state,
    stamps: stampsOf(item),
    organisation: item.organisation,
    category: item.category,
    purpose: item.purpose,
    at: new Date(at).toISOString(),
    openedAt: item.opened_at === null ? null : new Date(item.opened_at).toISOString(),
  }
}

/** Both markings, exactly as the agreement writes them. */
function stampsOf(item: Item) {
  return {
    originator: item.originator,
    recipient: item.recipient,
    marking: item.marking,
    receiverMarking: item.receiver_marking,
  }
}

/** The passport of an item for one person. */
export async function itemView(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  item: Item,
): Promise<ItemView> {
  const openings = await readOpenings(act.tx, item.id)
  const decisions = await decisionsAbout(act.tx, item.id)
  const situation = await situationOf(act, services, openQuestion(item))
  const profile = situation.governed?.instrument.profile ?? null
  const crossing = {
    ...situation.facts,
    act: item.direction === 'sent' ? ('send' as const) : ('accept' as const),
  }
  return {
    ...itemRow(item),
    instrument: item.instrument,
    profile: item.profile,
    proposal: item.proposal,
    proposalDigest: proposalDigest(item.proposal),
    payload: {
      digest: item.payload_digest,
      sizeBytes: item.payload_size_bytes,
      here: await hasBlob(act.tx, item.payload_digest as Sha384),
    },
    custody: await custodyOf(act, services, item),
    because: [...services.gate.relyOn(crossing, profile)],
    derivedFrom: readProposal(item.proposal).derivedFrom,
    openings: openings.map((each) => ({
      office: each.office,
      outcome: each.outcome,
      code: each.code,
      at: new Date(each.at).toISOString(),
    })),
    decisions: decisions.map((each) => ({
      id: each.id,
      act: each.act,
      permitted: each.permitted,
      at: new Date(each.at).toISOString(),
    })),
    can: {
      open: plain(await mayOpen(act, services, by, item)),
      receipt: plain(mayReceipt(by, item, openings)),
      withdraw: plain(mayWithdraw(by, item)),
      forward: plain(
        item.direction === 'received'
          ? refuse('third_party_release', thirdParty(situation))
          : permit(by.roles, 'exchange.compose'),
      ),
      evidence: plain(permit(by.roles, 'evidence.export')),
    },
  }
}

function thirdParty(situation: Awaited<ReturnType<typeof situationOf>>) {
  const { governed } = situation
  const articles = governed?.instrument.profile.articles['third_party'] ?? []
  return articles.map((article) => ({ instrument: governed!.instrument.id, article }))
}

/** The question whether somebody may open an item, without the somebody. */
function openQuestion(item: Item): SituationOptions {
  return {
    act: 'open',
    instrument: item.instrument,
    matter: {
      from: item.originator,
      to: item.recipient,
      originator: item.originator,
      marking: item.marking,
      receiverMarking: item.receiver_marking,
      category: item.category,
      purpose: item.purpose,
      organisation: item.organisation,
      receivedUnder: null,
    },
  }
}

/** Whether a person could open an item now; asked without recording, since nothing is attempted. */
export async function mayOpen(
  act: Act,
  services: ExchangeServices,
  by: Pick<SignedIn, 'personId' | 'roles'>,
  item: Item,
): Promise<Can> {
  if (item.direction !== 'received') return refuse('not_permitted', national('EXC-60'))
  if (!['accepted', 'opened'].includes(item.state)) return refuse('wrong_state')
  const actor = await actorOf(act, services, by.personId, {
    matter: item.id,
    category: item.category,
    author: false,
  })
  const situation = await situationOf(act, services, { ...openQuestion(item), actor })
  const decision = services.gate.decide(situation.facts, situation.governed?.instrument.profile ?? null)
  const [first, ...rest] = decision.reasons
  if (first !== undefined) return { refused: true, reasons: [first, ...rest] }
  return permit(by.roles, 'exchange.open')
}

/** Whether a person may sign the receipt: they have opened it, and have not signed yet. */
export function mayReceipt(by: SignedIn, item: Item, openings: readonly Opening[]): Can {
  const can = permit(by.roles, 'exchange.open')
  if (can !== true) return can
  const mine = openings.filter((each) => each.person === by.personId)
  if (item.direction !== 'received' || !mine.some((each) => each.outcome === 'opened'))
    return refuse('wrong_state')
  return mine.some((each) => each.outcome === 'receipted') ? refuse('already_done') : true
}

function mayWithdraw(by: SignedIn, item: Item): Can {
  const can = permit(by.roles, 'exchange.withdraw')
  if (can !== true) return can
  return item.direction === 'sent' && item.state === 'offered' ? true : refuse('wrong_state')
}

/** A capability as it crosses to the client. */
export function plain(can: Can): Can {
  return can
}
