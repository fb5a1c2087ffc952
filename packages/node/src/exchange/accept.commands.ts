/** Taking an item in at the receiver: the gate, the register, the answer (EXC-40 to EXC-42). */
import type { SignedAct } from '#wire/personAct.ts'
import type { Sha384 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { openManifest } from '#wire/seal.ts'
import { SealError } from '#wire/sealError.ts'
import { recordNational } from '../federation/national.ts'
import { readMatter, setMatterState } from '../federation/matter.store.ts'
import { say } from '../federation/say.ts'
import { verifyPersonAct } from '../identity/identity.peer.ts'
import type { Act } from '../kernel/command.ts'
import { isRefusal } from '#api/refusals.ts'
import { ask } from './ask.commands.ts'
import { foldItem } from '#wire/item.ts'
import { itemsArriving, nextControlNumber, readItem, updateItem } from './item.store.ts'
import type { Item } from './item.store.ts'
import { proposalDigest, readProposal } from './proposal.ts'
import type { ExchangeServices } from './services.ts'
import { situationOf } from './situation.commands.ts'

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
): Promise<Signers> {
  const over = proposalDigest(proposal)
  const [first, ...others] = acts
  if (first === undefined) throw new Malformed('unknown_signer', 'statement.acts')
  const author = await verifyPersonAct(act, from, first, {
    act: 'exchange.submit',
    over,
    authority: 'submit',
  })
  if (isRefusal(author)) throw new Malformed(author.reasons[0].code, 'statement.acts.0')
  const approvers: string[] = []
  for (const [place, signed] of others.entries()) {
    const expected = { act: 'exchange.approve', over, authority: 'release' } as const
    const verified = await verifyPersonAct(act, from, signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, `statement.acts.${place + 1}`)
    if (!approvers.includes(verified.person)) approvers.push(verified.person)
  }
  return { author: author.person, approvers }
}

/** Asks the gate and answers: registered and accepted, or refused with a code and the articles. */
export async function acceptItem(
  act: Act,
  services: ExchangeServices,
  item: Item,
  signers: Signers,
): Promise<void> {
  const proposal = readProposal(item.proposal)
  const situation = await situationOf(act, services, {
    act: 'accept',
    instrument: item.instrument,
    matter: {
      from: item.originator,
      to: act.nation,
      originator: proposal.originator,
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
  const answer = await ask(act, services, situation.facts, profile, { actor: 'node', matter: item.id })
  const unreadable = answer.decision.permitted ? sealFault(services, item) : null
  if (answer.decision.permitted && unreadable === null) await register(act, item)
  else {
    const reason = answer.decision.reasons[0]
    const articles = (reason?.because ?? []).map((citation) => `${citation.instrument} ${citation.article}`)
    const code = unreadable ?? reason?.code ?? 'gate_error'
    await say(act, item.originator, {
      kind: 'exchange.refused',
      matter: item.id,
      body: { control: item.control, code, articles: articles.slice(0, 16) },
    })
  }
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

async function register(act: Act, item: Item): Promise<void> {
  const year = new Date(act.world.now()).getUTCFullYear()
  const running = (await nextControlNumber(act.tx)).toString().padStart(6, '0')
  const registered = `${act.nation}-${year}-${running}`
  const at = act.world.now()
  await updateItem(act.tx, item.id, { registered, accepted_at: at })
  await say(act, item.originator, {
    kind: 'exchange.accepted',
    matter: item.id,
    body: { control: item.control, registered, marking: item.receiver_marking },
  })
  await recordNational(act, { what: 'registered', item: item.id, control: item.control, registered })
}

/** Brings an item's state to what the statements about it say. */
export async function refold(act: Act, id: string): Promise<void> {
  const state = foldItem(
    (await readMatter(act.tx, id)).map((each) => ({ ...each, statement: each.statement })),
  )
  await setMatterState(act.tx, id, state)
  await updateItem(act.tx, id, { state })
  act.hint({ slice: 'items', id })
  act.hint({ slice: 'register', id })
  act.hint({ slice: 'desk', id })
}

/** Content has arrived and was verified: the items that waited for it are taken in. */
export async function contentArrived(act: Act, services: ExchangeServices, digest: Sha384): Promise<void> {
  for (const item of await itemsArriving(act.tx, digest)) {
    const offer = (await readMatter(act.tx, item.id))[0]
    const signers = await signersOf(act, item, offer?.statement.bytes)
    const current = await readItem(act.tx, item.id)
    if (current?.state === 'arriving') await acceptItem(act, services, current, signers)
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
