/** Taking an item in at the receiver: the gate, the register, the answer (EXC-40 to EXC-42). */
import type { SignedAct } from '#wire/personAct.ts'
import type { Sha384 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { openManifest } from '#wire/seal/manifest.ts'
import { SealError } from '#wire/seal/error.ts'
import { recordNational } from '#node/federation/national.ts'
import { readMatter, setMatterState } from '#node/federation/matter.store.ts'
import { say } from '#node/federation/say.ts'
import type { Saying } from '#node/federation/say.ts'
import { partnerDirectory } from '#node/identity/identity.peer.ts'
import type { Directory } from '#node/identity/identity.peer.ts'
import type { Act } from '#node/kernel/command.ts'
import { isRefusal } from '#api/refusals.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { foldItem } from '#wire/exchange/item.ts'
import { itemsArriving, nextControlNumbers, readItem, updateItem } from './item.store.ts'
import type { Item } from './item.store.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import type { ExchangeServices } from '../services.ts'
import { situationOf } from '../situation/situation.commands.ts'
import { surroundingsReader } from '../situation/surroundings.store.ts'
import type { ReadSurroundings } from '../situation/surroundings.store.ts'

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
  const author = await directory.verify(first, { act: 'exchange.submit', over, authority: 'submit' })
  if (isRefusal(author)) throw new Malformed(author.reasons[0].code, 'statement.acts.0')
  const approvers: string[] = []
  for (const [place, signed] of others.entries()) {
    const expected = { act: 'exchange.approve', over, authority: 'release' } as const
    const verified = await directory.verify(signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, `statement.acts.${place + 1}`)
    if (!approvers.includes(verified.person)) approvers.push(verified.person)
  }
  return { author: author.person, approvers }
}

/** What this node answers to an offer, decided and not yet said; `registered` is null where it refuses. */
export interface Answered {
  readonly registered: string | null
  readonly saying: Saying<'exchange.accepted'> | Saying<'exchange.refused'>
}

/** Asks the gate, and looks whether the seal opens; `number` is the running number that an acceptance takes. */
export async function answerOffer(
  act: Act,
  services: ExchangeServices,
  item: Item,
  signers: Signers,
  given: { readonly number: number; readonly read: ReadSurroundings },
): Promise<Answered> {
  const situation = await situationOf(act, services, {
    act: 'accept',
    instrument: item.instrument,
    read: given.read,
    matter: {
      from: item.originator,
      to: act.nation,
      originator: readProposal(item.proposal).originator,
      marking: item.marking,
      receiverMarking: item.receiver_marking,
      category: item.category,
      purpose: item.purpose,
      organisation: item.organisation,
      receivedUnder: null,
    },
    approvals: { count: signers.approvers.length, authorAmong: signers.approvers.includes(signers.author) },
  })
  const profile = situation.governed?.instrument.profile ?? null
  const { decision } = ask(act, services, situation.facts, profile, { actor: 'node', matter: item.id })
  const unreadable = decision.permitted ? sealFault(services, item) : null
  const { control, receiver_marking: marking } = item
  if (decision.permitted && unreadable === null) {
    const year = new Date(act.world.now()).getUTCFullYear()
    const registered = `${act.nation}-${year}-${given.number.toString().padStart(6, '0')}`
    recordNational(act, { what: 'registered', item: item.id, control, registered })
    return { registered, saying: { kind: 'exchange.accepted', body: { control, registered, marking } } }
  }
  const reason = decision.reasons[0]
  const articles = (reason?.because ?? []).map((citation) => `${citation.instrument} ${citation.article}`)
  const code = unreadable ?? reason?.code ?? 'gate_error'
  return {
    registered: null,
    saying: { kind: 'exchange.refused', body: { control, code, articles: articles.slice(0, 16) } },
  }
}

/** Answers an offer that has waited for its content. */
async function answerArriving(
  act: Act,
  services: ExchangeServices,
  item: Item,
  signers: Signers,
): Promise<void> {
  const [number] = await nextControlNumbers(act.tx, 1)
  const given = { number: number!, read: surroundingsReader(act) }
  const { registered, saying } = await answerOffer(act, services, item, signers, given)
  await say(act, item.originator, { ...saying, matter: item.id })
  if (registered !== null) await updateItem(act.tx, item.id, { registered, accepted_at: act.world.now() })
  await refold(act, item.id)
}

/** A seal that this node cannot open, or that is bound to another proposal, is not registered. */
function sealFault(services: ExchangeServices, item: Item): string | null {
  try {
    openManifest(item.manifest, [services.keys.seal], proposalDigest(item.proposal))
    return null
  } catch (error) {
    if (error instanceof SealError) return error.code
    throw error
  }
}

/** Brings an item's state to what the statements about it say. */
export async function refold(act: Act, id: string): Promise<void> {
  const state = foldItem(await readMatter(act, id))
  await setMatterState(act.tx, id, state)
  await updateItem(act.tx, id, { state })
  hintItem(act, id)
}

/** Everyone who looks at an item, at the register or at a desk has to look again. */
export function hintItem(act: Act, id: string): void {
  act.hint({ slice: 'items', id })
  act.hint({ slice: 'register', id })
  act.hint({ slice: 'desk', id })
}

/** Content has arrived and was verified: the items that waited for it are taken in. */
export async function contentArrived(act: Act, services: ExchangeServices, digest: Sha384): Promise<void> {
  for (const item of await itemsArriving(act.tx, digest)) {
    const offer = (await readMatter(act, item.id))[0]
    const signers = await signersOf(act, item, offer?.statement.bytes)
    const current = await readItem(act.tx, item.id)
    if (current?.state === 'arriving') await answerArriving(act, services, current, signers)
  }
}

/** The signers of an offer that is stored; they were verified when it was heard, and are again. */
async function signersOf(act: Act, item: Item, bytes: Uint8Array | undefined): Promise<Signers> {
  const statement = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as { acts?: SignedAct[] }
  try {
    return await verifySigners(act, item.originator, item.proposal, statement.acts ?? [])
  } catch (error) {
    if (error instanceof Malformed) return { author: '', approvers: [] }
    throw error
  }
}
