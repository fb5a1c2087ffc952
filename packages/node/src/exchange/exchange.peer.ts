/** What a partner says of items, assurances and profiles (EXC-40 to EXC-52). Nothing is done before it is verified. */
import { isRefusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import { foldItem } from '#wire/exchange/item.ts'
import { Malformed, parseJson } from '#wire/json.ts'
import { AssuranceText } from '#wire/kinds.ts'
import { orderOf } from '#wire/matter.ts'
import { parseManifest } from '#wire/seal/manifest.ts'
import { SealError } from '#wire/seal/error.ts'
import type { Statement } from '#wire/statement.ts'
import { oneByOne } from '#node/federation/apply.ts'
import type { Handler, Heard, HeardStatement } from '#node/federation/apply.ts'
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
import { wantContent } from '#node/federation/content.store.ts'
import { inLog, outLog } from '#node/federation/log.ts'
import { sayAbout } from '#node/federation/say.ts'
import { partnerDirectory, verifyPersonAct } from '#node/identity/identity.peer.ts'
import type { Act } from '#node/kernel/command.ts'
import { answerOffer, hintItem, refold, verifySigners } from './items/accept.commands.ts'
import type { Answered } from './items/accept.commands.ts'
import { insertAssurance, readAssurance, withdrawAssuranceRow } from './assurances/assurance.store.ts'
import {
  findItem,
  nextControlNumbers,
  putPartnerProfile,
  readItem,
  readItems,
  readTaken,
  storeAccepted,
  updateItem,
} from './items/item.store.ts'
import type { Item } from './items/item.store.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import { releaseWaiting } from './items/release.commands.ts'
import type { ExchangeServices } from './services.ts'
import { placeOf, surroundingsReader } from './situation/surroundings.store.ts'

type MatterStatement = Extract<Statement, { kind: `exchange.${string}` }>

/** Offers: verified, entered, and answered at once where their content is here. */
export function onOffered(services: ExchangeServices): Handler<'exchange.offered'> {
  return async (act, heard) => {
    const items = heard.map((each) => offeredItem(act, each))
    const directory = partnerDirectory(act, heard[0]!.from)
    const read = surroundingsReader(act)
    directory.expect(heard.flatMap(({ statement }) => statement.acts ?? []))
    for (const { originator: from, recipient: to, organisation, instrument } of items)
      void read(placeOf({ from, to, organisation }, act.nation, instrument))
    const [known, numbers] = await Promise.all([
      readTaken(act.tx, items),
      nextControlNumbers(act.tx, items.length),
    ])
    const given = { directory, read, numbers }
    for (const [place, each] of heard.entries()) {
      const item = items[place]!
      if (known.controls.has(item.control)) throw new Malformed('control_taken', 'proposal.control')
      if (known.matters.has(item.id)) throw new Malformed('matter_taken', 'statement.matter.id')
      const acts = each.statement.acts ?? []
      const signers = await verifySigners(act, each.from, item.proposal, acts, given.directory)
      const opened = newMatter({ id: item.id, kind: 'item', home: each.from, partner: each.from })
      const matter = hearMatter(act, opened, 0, keptOf(each, each.statement))
      if (known.contents.has(item.payload_digest)) {
        const rest = { number: given.numbers[place]!, read: given.read }
        const answered = await answerOffer(act, services, item, signers, rest)
        enterAnswered(act, item, matter, answered)
      } else {
        enterMatter(act, matter, 'offered')
        act.append('item', item)
        await wantContent(act.tx, each.from, item.payload_digest, item.payload_size_bytes)
      }
      hintItem(act, item.id)
    }
  }
}

/** Says the answer, and stores the item and its matter as they are after it. */
function enterAnswered(act: Act, item: Item, matter: HeldMatter, { registered, saying }: Answered): void {
  const told = sayAbout(act, item.originator, saying, matter)
  const state = foldItem([
    { byHome: true, provisional: false, statement: { kind: 'exchange.offered' } },
    { byHome: false, provisional: true, statement: { kind: saying.kind } },
  ])
  enterMatter(act, told.matter, state)
  const acceptedAt = registered === null ? null : act.world.now()
  act.append('item', { ...item, registered, accepted_at: acceptedAt, state })
}

/** Reads an offer into an item; every field that is believed comes from the exact proposal that people signed. */
function offeredItem(act: Act, { statement, from }: HeardStatement<'exchange.offered'>): Item {
  const matter = statement.matter
  if (matter === undefined || matter.home !== from) throw new Malformed('wrong_home', 'statement.matter')
  const text = statement.body.proposal
  const proposal = readProposal(text)
  if (proposal.recipient.nation !== act.nation || proposal.originator !== from) {
    throw new Malformed('not_for_us', 'statement.body.proposal')
  }
  const prefix = `${from}-${act.nation}-`
  if (!proposal.control.startsWith(prefix)) throw new Malformed('control_invalid', 'proposal.control')
  checkManifest(statement.body.manifest, text)
  return {
    id: matter.id,
    control: proposal.control,
    originator: proposal.originator,
    recipient: act.nation,
    organisation: proposal.recipient.organisation,
    instrument: proposal.instrument,
    profile: proposal.profile,
    marking: proposal.marking,
    receiver_marking: proposal.receiverMarking,
    category: proposal.category,
    purpose: proposal.purpose,
    registered: null,
    proposal: text,
    manifest: statement.body.manifest,
    payload_digest: proposal.payload.digest,
    payload_size_bytes: proposal.payload.sizeBytes,
    content: null,
    direction: 'received',
    state: 'arriving',
    released_at: Date.parse(statement.at),
    received_at: act.world.now(),
    accepted_at: null,
    opened_at: null,
    plain_digest: null,
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

function keptOf({ from, index, bytes }: Heard, statement: MatterStatement): KeptStatement {
  const at = Date.parse(statement.at)
  return { kind: statement.kind, statement: statement.id, bytes, log: inLog(from), index, at }
}

/** The matter that a statement is about must be one that the two nodes share. */
function checkShared(matter: HeldMatter | undefined, statement: MatterStatement, from: string): HeldMatter {
  if (matter === undefined || matter.partner !== from || matter.home !== statement.matter?.home) {
    throw new Malformed('unknown_matter', 'statement.matter')
  }
  return matter
}

/** Adds a partner's statement to its matter; throws when the matter is not one the two nodes share. */
async function hear(act: Act, statement: MatterStatement, heard: Heard): Promise<Item | null> {
  const matter = statement.matter
  const item = matter === undefined ? null : await readItem(act.tx, matter.id)
  if (matter === undefined || item === null) throw new Malformed('unknown_matter', 'statement.matter')
  const held = checkShared(await lockMatter(act.tx, matter.id), statement, heard.from)
  await storeMatter(act, hearMatter(act, held, matter.seen, keptOf(heard, statement)))
  return item
}

async function hearAbout(act: Act, statement: MatterStatement, heard: Heard, control: string): Promise<Item> {
  const item = await hear(act, statement, heard)
  if (item === null || item.control !== control)
    throw new Malformed('unknown_matter', 'statement.body.control')
  return item
}

/** The receiver registered them, under its own numbers and markings. */
export const onAccepted: Handler<'exchange.accepted'> = async (act, heard) => {
  const ids = heard.map(({ statement }) => statement.matter?.id ?? '')
  const [items, held, told] = await Promise.all([
    readItems(act.tx, ids),
    lockMatters(act.tx, ids),
    readTold(act.tx, ids),
  ])
  const states: string[] = []
  const matters = heard.map((each, place) => {
    const { statement, from } = each
    const item = items.get(ids[place]!)
    const matter = checkShared(held.get(ids[place]!), statement, from)
    if (item?.control !== statement.body.control)
      throw new Malformed('unknown_matter', 'statement.body.control')
    if (statement.body.marking !== item.receiver_marking) {
      throw new Malformed('marking_differs', 'statement.body.marking')
    }
    const kept = keptOf(each, statement)
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
      accepted_at: Date.parse(statement.at),
      state: states[place]!,
    })),
  )
  for (const id of ids) hintItem(act, id)
}

/** The receiver's gate said no. */
export const onRefused: Handler<'exchange.refused'> = oneByOne(async (act, statement, heard) => {
  const item = await hearAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})

/** The originator takes it back; too late if we had accepted and it had heard of that. */
export const onWithdrawn: Handler<'exchange.withdrawn'> = oneByOne(async (act, statement, heard) => {
  const item = await hearAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})

/** A person of the receiver signed the receipt: verified against its directory before it counts (Art. 12). */
export const onOpened: Handler<'exchange.opened'> = oneByOne(async (act, statement, heard) => {
  const [signed] = statement.acts ?? []
  if (signed === undefined) throw new Malformed('unknown_signer', 'statement.acts')
  const known = await findItem(act.tx, statement.body.control)
  if (known === null) throw new Malformed('unknown_matter', 'statement.body.control')
  const over = proposalDigest(known.proposal)
  const expected = { act: 'exchange.receipt', over, authority: 'receipt' } as const
  const verified = await verifyPersonAct(act, heard.from, signed, expected)
  if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, 'statement.acts.0')
  const item = await hearAbout(act, statement, heard, statement.body.control)
  if (item.opened_at === null) await updateItem(act.tx, item.id, { opened_at: Date.parse(statement.at) })
  await refold(act, item.id)
})

/** Which profile the partner's node compiled. */
export const onDeclared: Handler<'agreement.declared'> = oneByOne(async (act, statement, heard) => {
  await putPartnerProfile(act.tx, { nation: heard.from, ...statement.body, at: act.world.now() })
  act.hint({ slice: 'agreements', id: statement.body.instrument })
})

/** The receiver's assurance before provision, signed by its security officer (Art. 7.5). */
export function onAssured(services: ExchangeServices): Handler<'assurance.given'> {
  return oneByOne(async (act, statement, heard) => {
    const [signed] = statement.acts ?? []
    if (signed === undefined) throw new Malformed('unknown_signer', 'statement.acts')
    const text = statement.body.text
    const over = sha384(Buffer.from(text))
    const expected = { act: 'assurance.give', over, authority: 'assure' } as const
    const verified = await verifyPersonAct(act, heard.from, signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, 'statement.acts.0')
    const parsed = AssuranceText.safeParse(parseJson(text, 'assurance'))
    if (!parsed.success) throw new Malformed('assurance_invalid', 'statement.body.text', parsed.error)
    const said = parsed.data
    if (said.by !== heard.from || said.to !== act.nation || said.assurance !== statement.body.assurance) {
      throw new Malformed('assurance_invalid', 'statement.body.text')
    }
    const id = said.assurance
    const isNew = await insertAssurance(act.tx, {
      id,
      text,
      said,
      act: JSON.stringify(signed),
      withdrawnAt: null,
      enteredIndex: heard.index,
    })
    if (!isNew) throw new Malformed('assurance_taken', 'statement.body.assurance')
    act.hint({ slice: 'agreements', id })
    await releaseWaiting(act, services, heard.from)
  })
}

/** The receiver withdraws an assurance; nothing further is provided under it. */
export const onAssuranceWithdrawn: Handler<'assurance.withdrawn'> = oneByOne(
  async (act, statement, heard) => {
    const assurance = await readAssurance(act.tx, statement.body.assurance)
    if (assurance === null || assurance.said.by !== heard.from) {
      throw new Malformed('unknown_matter', 'statement.body.assurance')
    }
    await withdrawAssuranceRow(act.tx, assurance.id, act.world.now())
    act.hint({ slice: 'agreements', id: assurance.id })
  },
)

/**
 * The partner could not apply an entry of ours. If that was an offer, the item is not there: it is shown as parked,
 * and the two registers do not hold it against each other (EXC-44).
 */
export const onEntryRefused: Handler<'entry.refused'> = oneByOne(async (act, statement, heard) => {
  const told = await act.tx
    .selectFrom('matter_statement')
    .select(['matter', 'kind'])
    .where('log', '=', outLog(heard.from))
    .where('log_index', '=', statement.body.index)
    .executeTakeFirst()
  if (told?.kind === 'exchange.offered') {
    await setMatterState(act.tx, told.matter, 'parked')
    await updateItem(act.tx, told.matter, { state: 'parked' })
    act.hint({ slice: 'items', id: told.matter })
    act.hint({ slice: 'desk', id: told.matter })
  }
  act.hint({ slice: 'links', id: heard.from })
})
