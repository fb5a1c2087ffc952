/** Taking an item in at the receiver: the gate, the register, the answer (EXC-40 to EXC-42). */
import { isRefusal } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { foldItem } from '#wire/exchange/item.ts'
import { proposalDigest } from '#wire/exchange/proposal.ts'
import { Malformed } from '#wire/json.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { SealError } from '#wire/seal/error.ts'
import { openManifest } from '#wire/seal/manifest.ts'
import { readMatter, setMatterState } from '#node/federation/matter.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.ts'
import type { Saying } from '#node/federation/say.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { partnerDirectory } from '#node/identity/identity.peer.ts'
import type { Directory } from '#node/identity/identity.peer.ts'
import type { Act } from '#node/kernel/command.ts'
import { takeNumbers } from '#node/kernel/number.store.ts'
import { calendarYear } from '#node/law/nations.ts'
import type { Services } from '#node/services.ts'
import { situationOf } from '../situation/situation.view.ts'
import { surroundingsReader } from '../situation/surroundings.store.ts'
import type { ReadSurroundings } from '../situation/surroundings.store.ts'
import { gatedItem } from './item.ts'
import type { Item } from './item.ts'
import { itemsArriving, readItem, updateItem } from './item.store.ts'

/** Who bound the originator: verified against its directory. */
export interface Signers {
  readonly author: string
  readonly approvers: readonly string[]
}

/**
 * Verifies the author's and the release authorities' signatures under the exact proposal.
 * @throws Malformed with the code of the first that does not hold
 */
export async function verifySigners(
  act: Act,
  from: string,
  proposal: string,
  acts: readonly SignedAct[],
  directory: Directory = partnerDirectory(act, from),
): Promise<Signers> {
  const over = proposalDigest(proposal)
  const [first, ...others] = acts
  if (first === undefined) throw new Malformed('unknown_signer', 'statement.acts')
  const author = await directory.verify(first, { act: 'exchange.submit', over })
  if (isRefusal(author)) throw new Malformed(author.reasons[0].code, 'statement.acts.0')
  const approvers: string[] = []
  for (const [place, signed] of others.entries()) {
    const expected = { act: 'exchange.approve', over } as const
    const verified = await directory.verify(signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, `statement.acts.${place + 1}`)
    if (!approvers.includes(verified.person)) approvers.push(verified.person)
  }
  return { author: author.person, approvers }
}

/** What stands against taking an item in; null where nothing does. */
export interface Objection {
  readonly code: string
  readonly articles: readonly string[]
}

/** Asks the gate, and looks whether the seal opens. */
export async function objectionTo(
  act: Act,
  services: Services,
  item: Item,
  signers: Signers,
  read: ReadSurroundings,
): Promise<Objection | null> {
  const { author, approvers } = signers
  const situation = await situationOf(act, services, {
    act: 'accept',
    instrument: item.instrument,
    read,
    matter: gatedItem(item),
    approvals: { count: approvers.length, authorAmong: approvers.includes(author) },
  })
  const { decision } = ask(act, services, situation, { actor: 'node', matter: item.id })
  if (decision.permitted) {
    const code = sealFault(services, item)
    return code === null ? null : { code, articles: [] }
  }
  const [{ code, because } = { code: 'gate_error', because: [] }] = decision.reasons
  const articles = because.map(({ instrument, article }) => `${instrument} ${article}`)
  return { code, articles: articles.slice(0, 16) }
}

/** The answer to an offer, before it is said. */
export interface ItemAnswer {
  /** The register number; null where the item is refused. */
  readonly registered: string | null
  readonly saying: Saying<'exchange.accepted'> | Saying<'exchange.refused'>
}

/** Answers offers in their order; those without objection take the next numbers of the register. */
export async function answerOffers(
  act: Act,
  { nations }: Services,
  offers: readonly { readonly item: Item; readonly objection: Objection | null }[],
): Promise<readonly ItemAnswer[]> {
  const year = calendarYear(nations, act.nation, act.world.now())
  const accepted = offers.filter(({ objection }) => objection === null)
  const numbers = [...(await takeNumbers(act, 'register', year, accepted.length))]
  return offers.map(({ item, objection }) => {
    const { id, control, receiverMarking: marking } = item
    if (objection !== null) {
      const body = { control, code: objection.code, articles: [...objection.articles] }
      return { registered: null, saying: { kind: 'exchange.refused', body } }
    }
    const registered = `${act.nation}-${year}-${numbers.shift()!.toString().padStart(6, '0')}`
    recordNational(act, { what: 'registered', item: id, control, registered })
    return { registered, saying: { kind: 'exchange.accepted', body: { control, registered, marking } } }
  })
}

/** Answers an offer that has waited for its content. */
async function answerArriving(act: Act, services: Services, item: Item, signers: Signers): Promise<void> {
  const objection = await objectionTo(act, services, item, signers, surroundingsReader(act))
  const [answer] = await answerOffers(act, services, [{ item, objection }])
  const { registered, saying } = answer!
  await say(act, item.originator, { ...saying, matter: item.id })
  if (registered !== null) await updateItem(act, item.id, { registered, acceptedAt: act.world.now() })
  await refold(act, item.id)
}

/** A seal that this node cannot open, or that is bound to another proposal, is not registered. */
function sealFault({ keys }: Services, { manifest, proposal }: Item): string | null {
  try {
    openManifest(manifest, [keys.seal], proposalDigest(proposal))
    return null
  } catch (error) {
    if (error instanceof SealError) return error.code
    throw error
  }
}

/** Brings an item's state to what the statements about it say. */
export async function refold(act: Act, id: string): Promise<void> {
  const state = foldItem(await readMatter(act, id))
  await setMatterState(act, id, state)
  await updateItem(act, id, { state })
  hintItem(act, id)
}

/** Everyone who looks at an item, at the register or at a desk has to look again. */
export function hintItem(act: Pick<Act, 'hint'>, id: string): void {
  for (const slice of ['items', 'register', 'desk']) act.hint({ slice, id })
}

/** Content has arrived and was verified: the items that waited for it are taken in. */
export async function takeInArrived(act: Act, services: Services, digest: Sha384): Promise<void> {
  for (const item of await itemsArriving(act.tx, digest)) {
    const offer = (await readMatter(act, item.id))[0]
    const signers = await signersOf(act, item, offer?.statement.bytes)
    const current = await readItem(act.tx, item.id)
    if (current?.state === 'arriving') await answerArriving(act, services, current, signers)
  }
}

/** The signers of a stored offer; they were verified when it was heard, and are again. */
async function signersOf(act: Act, item: Item, bytes: Uint8Array | undefined): Promise<Signers> {
  const statement = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as { acts?: SignedAct[] }
  try {
    return await verifySigners(act, item.originator, item.proposal, statement.acts ?? [])
  } catch (error) {
    if (error instanceof Malformed) return { author: '', approvers: [] }
    throw error
  }
}
