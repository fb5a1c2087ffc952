/** What a partner says of items (EXC-40 to EXC-44). Nothing is done before it is verified. */
import { isRefusal } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { foldItem } from '#wire/exchange/item.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import { Malformed } from '#wire/json.ts'
import { orderOf } from '#wire/matter.ts'
import { SealError } from '#wire/seal/error.ts'
import { parseManifest } from '#wire/seal/manifest.ts'
import type { Statement } from '#wire/statement.ts'
import { oneByOne } from '#node/federation/apply.ts'
import type { Handler, Handlers, Heard, HeardStatement } from '#node/federation/apply.ts'
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
  setMatterState,
  storeMatter,
  storeMatters,
} from '#node/federation/matter.store.ts'
import type { HeldMatter, KeptStatement } from '#node/federation/matter.store.ts'
import { sayAbout } from '#node/federation/say.ts'
import { partnerDirectory, verifyPersonAct } from '#node/identity/identity.peer.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Services } from '#node/services.ts'
import { placeOf, surroundingsReader } from '../situation/surroundings.store.ts'
import { answerOffers, hintItem, objectionTo, refold, verifySigners } from './accept.commands.ts'
import type { ItemAnswer, Objection } from './accept.commands.ts'
import type { Item } from './item.ts'
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

/** An offer whose content is here, and what stands against it. */
interface Answerable {
  readonly item: Item
  readonly matter: HeldMatter
  readonly objection: Objection | null
}

/** Offers: verified, entered, and answered at once where their content is here. */
function onOffered(services: Services): Handler<'exchange.offered'> {
  return async (act, heard) => {
    const items = heard.map((offer) => offeredItem(act, offer))
    const directory = partnerDirectory(act, heard[0]!.from)
    const read = surroundingsReader(act)
    directory.expect(heard.flatMap(({ statement }) => statement.acts ?? []))
    for (const { originator: from, recipient: to, organisation, instrument } of items)
      void read(placeOf({ from, to, organisation }, act.nation, instrument))
    const known = await readTaken(act.tx, items)
    const answerable: Answerable[] = []
    for (const [place, offer] of heard.entries()) {
      const item = items[place]!
      if (known.controls.has(item.control)) throw new Malformed('control_taken', 'proposal.control')
      if (known.matters.has(item.id)) throw new Malformed('matter_taken', 'statement.matter.id')
      const { from, statement } = offer
      const signers = await verifySigners(act, from, item.proposal, statement.acts ?? [], directory)
      const opened = newMatter({ id: item.id, kind: 'item', home: from, partner: from })
      const matter = hearMatter(act, opened, 0, keptOf(offer, statement))
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
    for (const [place, answer] of answers.entries()) enterAnswered(act, answerable[place]!, answer)
  }
}

/** Says the answer, and stores the item and its matter as they are after it. */
function enterAnswered(act: Act, { item, matter }: Answerable, { registered, saying }: ItemAnswer): void {
  const told = sayAbout(act, item.originator, saying, matter)
  const state = foldItem([
    { byHome: true, provisional: false, statement: { kind: 'exchange.offered' } },
    { byHome: false, provisional: true, statement: { kind: saying.kind } },
  ])
  enterMatter(act, told.matter, state)
  const acceptedAt = registered === null ? null : act.world.now()
  appendItem(act, { ...item, registered, acceptedAt, state })
}

/** Reads an offer into an item; every field that is believed comes from the exact proposal that people signed. */
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
    openedAt: null,
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

function keptOf({ from, index, bytes }: Heard, statement: ItemStatement): KeptStatement {
  const at = Date.parse(statement.at)
  return { kind: statement.kind, statement: statement.id, bytes, log: inLog(from), index, at }
}

/** The matter that a statement is about must be one that the two nodes share. */
function checkShared(matter: HeldMatter | undefined, statement: ItemStatement, from: string): HeldMatter {
  if (matter === undefined || matter.partner !== from || matter.home !== statement.matter?.home) {
    throw new Malformed('unknown_matter', 'statement.matter')
  }
  return matter
}

/** Adds a partner's statement to its matter; throws when the matter is not one the two nodes share. */
async function hear(act: Act, statement: ItemStatement, heard: Heard): Promise<Item> {
  const { matter } = statement
  const item = matter === undefined ? null : await readItem(act.tx, matter.id)
  if (matter === undefined || item === null) throw new Malformed('unknown_matter', 'statement.matter')
  const held = checkShared(await lockMatter(act.tx, matter.id), statement, heard.from)
  await storeMatter(act, hearMatter(act, held, matter.seen, keptOf(heard, statement)))
  return item
}

async function hearAbout(act: Act, statement: ItemStatement, heard: Heard, control: string): Promise<Item> {
  const item = await hear(act, statement, heard)
  if (item.control !== control) throw new Malformed('unknown_matter', 'statement.body.control')
  return item
}

/** The receiver registered them, under its own numbers and markings. */
const onAccepted: Handler<'exchange.accepted'> = async (act, heard) => {
  const ids = heard.map(({ statement }) => statement.matter?.id ?? '')
  const [items, held, told] = await Promise.all([
    readItems(act.tx, ids),
    lockMatters(act.tx, ids),
    readTold(act.tx, ids),
  ])
  const states: ReturnType<typeof foldItem>[] = []
  const matters = heard.map((answer, place) => {
    const { statement, from } = answer
    const item = items.get(ids[place]!)
    const matter = checkShared(held.get(ids[place]!), statement, from)
    if (item?.control !== statement.body.control)
      throw new Malformed('unknown_matter', 'statement.body.control')
    if (statement.body.marking !== item.receiverMarking) {
      throw new Malformed('marking_differs', 'statement.body.marking')
    }
    const kept = keptOf(answer, statement)
    const { seen } = statement.matter!
    states.push(foldItem(orderOf([...(told.get(matter.id) ?? []), heardAbout(matter, seen, kept)])))
    return hearMatter(act, matter, seen, kept)
  })
  storeMatters(act, matters, states)
  storeAccepted(
    act,
    heard.map(({ statement }, place) => ({
      id: ids[place]!,
      registered: statement.body.registered,
      acceptedAt: Date.parse(statement.at),
      state: states[place]!,
    })),
  )
  for (const id of ids) hintItem(act, id)
}

/** The receiver's gate said no. */
const onRefused: Handler<'exchange.refused'> = oneByOne(async (act, statement, heard) => {
  const item = await hearAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})

/** The originator takes it back; too late if we had accepted and it had heard of that. */
const onWithdrawn: Handler<'exchange.withdrawn'> = oneByOne(async (act, statement, heard) => {
  const item = await hearAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})

/** A person of the receiver signed the receipt: verified against its directory before it counts (Art. 12). */
const onOpened: Handler<'exchange.opened'> = oneByOne(async (act, statement, heard) => {
  const [signed] = statement.acts ?? []
  if (signed === undefined) throw new Malformed('unknown_signer', 'statement.acts')
  const known = await findItem(act.tx, statement.body.control)
  if (known === null) throw new Malformed('unknown_matter', 'statement.body.control')
  const over = proposalDigest(known.proposal)
  const expected = { act: 'exchange.receipt', over } as const
  const verified = await verifyPersonAct(act, heard.from, signed, expected)
  if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, 'statement.acts.0')
  const item = await hearAbout(act, statement, heard, statement.body.control)
  if (item.openedAt === null) await updateItem(act, item.id, { openedAt: Date.parse(statement.at) })
  await refold(act, item.id)
})

/** What a partner's statements about items do, by kind. */
export function itemHandlers(services: Services) {
  return {
    'exchange.offered': onOffered(services),
    'exchange.withdrawn': onWithdrawn,
    'exchange.accepted': onAccepted,
    'exchange.refused': onRefused,
    'exchange.opened': onOpened,
  } satisfies Partial<Handlers>
}

/**
 * The partner could not apply our offer: the item is not there. It is shown as parked, and the two registers do not
 * hold it against each other (EXC-44).
 */
export async function onOfferParked(act: Act, matter: string): Promise<void> {
  await setMatterState(act, matter, 'parked')
  await updateItem(act, matter, { state: 'parked' })
  hintItem(act, matter)
}
