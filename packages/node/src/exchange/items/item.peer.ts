/** Handles a partner's statements about items (EXC-40 to EXC-44). Everything is verified before any effect. */
import { isRefusal } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { foldItem } from '#wire/exchange/item.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import { Malformed } from '#wire/json.ts'
import { orderOf } from '#wire/matter.ts'
import { SealError } from '#wire/seal/error.ts'
import { parseManifest } from '#wire/seal/manifest.ts'
import type { Statement } from '#wire/statement.ts'
import { oneByOne } from '#node/federation/apply.commands.ts'
import type { Handler, Handlers, Heard, HeardStatement } from '#node/federation/apply.commands.ts'
import { wantContent } from '#node/federation/content.store.ts'
import { inLog } from '#node/federation/log.ts'
import {
  enterMatter,
  hearMatter,
  heardAbout,
  lockMatter,
  lockMatters,
  newMatter,
  readTold,
  storeMatter,
  storeMatters,
} from '#node/federation/matter.store.ts'
import type { HeldMatter, KeptStatement } from '#node/federation/matter.store.ts'
import { sayAbout } from '#node/federation/say.commands.ts'
import { openDirectory, verifySignedAct } from '#node/identity/directory.view.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Services } from '#node/services.ts'
import { partnerContextKey, partnerContextReader } from '../situation/partnerContext.store.ts'
import { answerOffers, objectionTo, verifySigners } from './accept.commands.ts'
import type { ItemAnswer, Objection } from './accept.commands.ts'
import type { Item } from './item.ts'
import { hintItem, refold, setItemState } from './itemState.commands.ts'
import {
  appendItem,
  findItem,
  readItem,
  readItems,
  readTaken,
  storeAccepted,
  updateItem,
} from './item.store.ts'

type ItemStatement = Extract<Statement, { kind: `exchange.${string}` }>

/** An offer whose content is here. */
interface Answerable {
  readonly item: Item
  readonly matter: HeldMatter
  readonly objection: Objection | null
}

/** The partner offers items: they are verified and entered, and answered at once if their content is here. */
function onOffered(services: Services): Handler<'exchange.offered'> {
  return async (act, heard) => {
    const items = heard.map((offer) => offeredItem(act, offer))
    const directory = openDirectory(act, heard[0]!.from)
    const read = partnerContextReader(act)
    directory.prefetch(heard.flatMap(({ statement }) => statement.acts ?? []))
    for (const { originator: from, recipient: to, organisation, instrument } of items)
      void read(partnerContextKey({ from, to, organisation }, act.nation, instrument))
    const known = await readTaken(act.tx, items)
    const answerable: Answerable[] = []
    for (const [index, offer] of heard.entries()) {
      const item = items[index]!
      if (known.controls.has(item.control)) throw new Malformed('control_taken', 'proposal.control')
      if (known.matters.has(item.id)) throw new Malformed('matter_taken', 'statement.matter.id')
      const { from, statement } = offer
      const signers = await verifySigners(act, from, item.proposal, statement.acts ?? [], directory)
      const opened = newMatter({ id: item.id, kind: 'item', home: from, partner: from })
      const matter = hearMatter(act, opened, 0, storedOf(offer, statement))
      if (known.contents.has(item.payloadDigest)) {
        const objection = await objectionTo(act, services, item, signers, read)
        answerable.push({ item, matter, objection })
      } else {
        enterMatter(act, matter, 'offered')
        appendItem(act, item)
        await wantContent(act.tx, from, item.payloadDigest, item.payloadSizeBytes)
      }
      hintItem(act, item.id)
    }
    const answers = await answerOffers(act, services, answerable)
    for (const [index, answer] of answers.entries()) enterAnswered(act, answerable[index]!, answer)
  }
}

/** Says the answer, and stores the answered item and its matter. */
function enterAnswered(act: Act, { item, matter }: Answerable, { registered, saying }: ItemAnswer): void {
  const answered = sayAbout(act, item.originator, saying, matter)
  const state = foldItem([
    { byHome: true, provisional: false, statement: { kind: 'exchange.offered' } },
    { byHome: false, provisional: true, statement: { kind: saying.kind } },
  ])
  enterMatter(act, answered.matter, state)
  const acceptedAt = registered === null ? null : act.world.now()
  appendItem(act, { ...item, registered, acceptedAt, state })
}

/**
 * The item of an offer. Its fields come from the exact proposal that people signed, never from the statement beside it.
 */
function offeredItem(act: Act, { statement, from }: HeardStatement<'exchange.offered'>): Item {
  const { matter } = statement
  if (matter === undefined || matter.home !== from) throw new Malformed('wrong_home', 'statement.matter')
  const { proposal: text, manifest } = statement.body
  const proposal = readProposal(text)
  if (proposal.recipient.nation !== act.nation || proposal.originator !== from) {
    throw new Malformed('not_for_us', 'statement.body.proposal')
  }
  const prefix = `${from}-${act.nation}-`
  if (!proposal.control.startsWith(prefix)) throw new Malformed('control_invalid', 'proposal.control')
  checkManifest(manifest, text)
  return {
    id: matter.id,
    control: proposal.control,
    originator: proposal.originator,
    recipient: act.nation,
    organisation: proposal.recipient.organisation,
    instrument: proposal.instrument,
    profile: proposal.profile,
    marking: proposal.marking,
    receiverMarking: proposal.receiverMarking,
    category: proposal.category,
    purpose: proposal.purpose,
    registered: null,
    proposal: text,
    manifest,
    payloadDigest: proposal.payload.digest as Sha384,
    payloadSizeBytes: proposal.payload.sizeBytes,
    content: null,
    direction: 'received',
    state: 'arriving',
    releasedAt: Date.parse(statement.at),
    receivedAt: act.world.now(),
    acceptedAt: null,
    receiptedAt: null,
    plainDigest: null,
  }
}

function checkManifest(manifest: string, proposal: string): void {
  try {
    if (parseManifest(manifest).labelDigest !== proposalDigest(proposal)) {
      throw new Malformed('seal_label_mismatch', 'statement.body.manifest')
    }
  } catch (error) {
    if (error instanceof SealError) throw new Malformed(error.code, 'statement.body.manifest', error)
    throw error
  }
}

function storedOf({ from, index, bytes }: Heard, statement: ItemStatement): KeptStatement {
  const at = Date.parse(statement.at)
  return { kind: statement.kind, statement: statement.id, bytes, log: inLog(from), index, at }
}

/** Throws unless the statement's matter is one that the two nodes share. */
function checkShared(matter: HeldMatter | undefined, statement: ItemStatement, from: string): HeldMatter {
  if (matter === undefined || matter.partner !== from || matter.home !== statement.matter?.home) {
    throw new Malformed('unknown_matter', 'statement.matter')
  }
  return matter
}

/** Adds a partner's statement to its matter, which must be one that the two nodes share. */
async function addStatement(act: Act, statement: ItemStatement, heard: Heard): Promise<Item> {
  const { matter } = statement
  const item = matter === undefined ? null : await readItem(act.tx, matter.id)
  if (matter === undefined || item === null) throw new Malformed('unknown_matter', 'statement.matter')
  const shared = checkShared(await lockMatter(act.tx, matter.id), statement, heard.from)
  await storeMatter(act, hearMatter(act, shared, matter.seen, storedOf(heard, statement)))
  return item
}

/** As `addStatement`; the statement must name the item's control number. */
async function addStatementAbout(
  act: Act,
  statement: ItemStatement,
  heard: Heard,
  control: string,
): Promise<Item> {
  const item = await addStatement(act, statement, heard)
  if (item.control !== control) throw new Malformed('unknown_matter', 'statement.body.control')
  return item
}

/** The receiver accepted items, with its own register numbers and markings. */
const onAccepted: Handler<'exchange.accepted'> = async (act, heard) => {
  const ids = heard.map(({ statement }) => statement.matter?.id ?? '')
  const [items, locked, statements] = await Promise.all([
    readItems(act.tx, ids),
    lockMatters(act.tx, ids),
    readTold(act.tx, ids),
  ])
  const states: ReturnType<typeof foldItem>[] = []
  const matters = heard.map((answer, index) => {
    const { statement, from } = answer
    const item = items.get(ids[index]!)
    const matter = checkShared(locked.get(ids[index]!), statement, from)
    if (item?.control !== statement.body.control)
      throw new Malformed('unknown_matter', 'statement.body.control')
    if (statement.body.marking !== item.receiverMarking) {
      throw new Malformed('marking_differs', 'statement.body.marking')
    }
    const stored = storedOf(answer, statement)
    const { seen } = statement.matter!
    states.push(foldItem(orderOf([...(statements.get(matter.id) ?? []), heardAbout(matter, seen, stored)])))
    return hearMatter(act, matter, seen, stored)
  })
  storeMatters(act, matters, states)
  storeAccepted(
    act,
    heard.map(({ statement }, index) => ({
      id: ids[index]!,
      registered: statement.body.registered,
      acceptedAt: Date.parse(statement.at),
      state: states[index]!,
    })),
  )
  for (const id of ids) hintItem(act, id)
}

/** The receiver refused an item. */
const onRefused: Handler<'exchange.refused'> = oneByOne(async (act, statement, heard) => {
  const item = await addStatementAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})

/** The originator withdraws an item. The fold gives it no effect if the originator had heard of our acceptance. */
const onWithdrawn: Handler<'exchange.withdrawn'> = oneByOne(async (act, statement, heard) => {
  const item = await addStatementAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})

/** A person of the receiver signed the receipt. The signature is verified with the receiver's directory (Art. 12). */
const onReceipted: Handler<'exchange.receipted'> = oneByOne(async (act, statement, heard) => {
  const [signed] = statement.acts ?? []
  if (signed === undefined) throw new Malformed('unknown_signer', 'statement.acts')
  const known = await findItem(act.tx, statement.body.control)
  if (known === null) throw new Malformed('unknown_matter', 'statement.body.control')
  const over = proposalDigest(known.proposal)
  const expected = { act: 'exchange.receipt', over } as const
  const verified = await verifySignedAct(act, heard.from, signed, expected)
  if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, 'statement.acts.0')
  const item = await addStatementAbout(act, statement, heard, statement.body.control)
  if (item.receiptedAt === null) await updateItem(act, item.id, { receiptedAt: Date.parse(statement.at) })
  await refold(act, item.id)
})

/** What a partner's statements about items do, by kind. */
export function itemHandlers(services: Services) {
  return {
    'exchange.offered': onOffered(services),
    'exchange.withdrawn': onWithdrawn,
    'exchange.accepted': onAccepted,
    'exchange.refused': onRefused,
    'exchange.receipted': onReceipted,
  } satisfies Partial<Handlers>
}

/** The partner parked our offer: the item is shown as parked and is in neither register (EXC-44). */
export async function onOfferParked(act: Act, matter: string): Promise<void> {
  await setItemState(act, matter, 'parked')
}
