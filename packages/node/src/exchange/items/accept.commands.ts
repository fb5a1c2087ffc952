/** Accepts offers at the receiver: the gate, the register, the answer (EXC-40 to EXC-42). */
import { isRefusal } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { proposalDigest } from '#wire/exchange/proposal.ts'
import { Malformed } from '#wire/json.ts'
import type { SignedAct } from '#wire/personAct.ts'
import { SealError } from '#wire/seal/error.ts'
import { openManifest } from '#wire/seal/manifest.ts'
import { readMatter } from '#node/federation/matter.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.commands.ts'
import type { Saying } from '#node/federation/say.commands.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { openDirectory } from '#node/identity/directory.view.ts'
import type { Directory } from '#node/identity/directory.view.ts'
import type { Act } from '#node/kernel/command.ts'
import { takeNumbers } from '#node/kernel/number.store.ts'
import { calendarYear } from '#node/law/nations.ts'
import type { Services } from '#node/services.ts'
import { situationOf } from '../situation/situation.view.ts'
import { partnerContextReader } from '../situation/partnerContext.store.ts'
import type { ReadPartnerContext } from '../situation/partnerContext.store.ts'
import { gatedItem } from './item.ts'
import type { Item } from './item.ts'
import { itemsArriving, readItem, updateItem } from './item.store.ts'
import { refold } from './itemState.commands.ts'

/** The people whose verified signatures bind the originator. */
export interface Signers {
  readonly author: string
  readonly approvers: readonly string[]
}

/**
 * Verifies the author's and the release authorities' signatures over the exact proposal.
 * @throws Malformed with the code of the first that fails
 */
export async function verifySigners(
  act: Act,
  from: string,
  proposal: string,
  acts: readonly SignedAct[],
  directory: Directory = openDirectory(act, from),
): Promise<Signers> {
  const over = proposalDigest(proposal)
  const [first, ...others] = acts
  if (first === undefined) throw new Malformed('unknown_signer', 'statement.acts')
  const author = await directory.verify(first, { act: 'exchange.submit', over })
  if (isRefusal(author)) throw new Malformed(author.reasons[0].code, 'statement.acts.0')
  const approvers: string[] = []
  for (const [index, signed] of others.entries()) {
    const expected = { act: 'exchange.approve', over } as const
    const verified = await directory.verify(signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, `statement.acts.${index + 1}`)
    if (!approvers.includes(verified.person)) approvers.push(verified.person)
  }
  return { author: author.person, approvers }
}

/** Why an offer is refused. */
export interface Objection {
  readonly code: string
  readonly articles: readonly string[]
}

/** Asks the gate and tries the seal; null if the offer can be accepted. */
export async function objectionTo(
  act: Act,
  services: Services,
  item: Item,
  signers: Signers,
  read: ReadPartnerContext,
): Promise<Objection | null> {
  const { author, approvers } = signers
  const situation = await situationOf(act, services, {
    action: 'accept',
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

/** The answer to an offer. */
export interface ItemAnswer {
  /** The register number; null if the offer is refused. */
  readonly registered: string | null
  readonly saying: Saying<'exchange.accepted'> | Saying<'exchange.refused'>
}

/** The answers to offers, in order. Accepted offers take the next register numbers. */
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
    recordNational(act, { what: 'item.registered', item: id, control, registered })
    return { registered, saying: { kind: 'exchange.accepted', body: { control, registered, marking } } }
  })
}

/** Answers an offer whose content has arrived. */
async function answerArriving(act: Act, services: Services, item: Item, signers: Signers): Promise<void> {
  const objection = await objectionTo(act, services, item, signers, partnerContextReader(act))
  const [answer] = await answerOffers(act, services, [{ item, objection }])
  const { registered, saying } = answer!
  await say(act, item.originator, { ...saying, matter: item.id })
  if (registered !== null) await updateItem(act, item.id, { registered, acceptedAt: act.world.now() })
  await refold(act, item.id)
}

/** What is wrong with the seal, or null: this node must be able to open it, and it must be bound to the proposal. */
function sealFault({ keys }: Services, { manifest, proposal }: Item): string | null {
  try {
    openManifest(manifest, [keys.seal], proposalDigest(proposal))
    return null
  } catch (error) {
    if (error instanceof SealError) return error.code
    throw error
  }
}

/** Answers the offers that waited for content that has now arrived and verified. */
export async function acceptArrived(act: Act, services: Services, digest: Sha384): Promise<void> {
  for (const item of await itemsArriving(act.tx, digest)) {
    const offer = (await readMatter(act, item.id))[0]
    const signers = await signersOf(act, item, offer?.statement.bytes)
    const current = await readItem(act.tx, item.id)
    if (current?.state === 'arriving') await answerArriving(act, services, current, signers)
  }
}

/** The signers of a stored offer, verified again: a key may have been withdrawn meanwhile. */
async function signersOf(act: Act, item: Item, bytes: Uint8Array | undefined): Promise<Signers> {
  const statement = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as { acts?: SignedAct[] }
  try {
    return await verifySigners(act, item.originator, item.proposal, statement.acts ?? [])
  } catch (error) {
    if (error instanceof Malformed) return { author: '', approvers: [] }
    throw error
  }
}
