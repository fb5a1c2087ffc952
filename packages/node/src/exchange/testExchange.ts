/** The common steps of the exchange's tests between Japan and Korea: assure, write, submit, approve. */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { SuiteName } from '#wire/suite.ts'
import { collect } from '#node/kernel/bytes.ts'
import type { Database } from '#node/kernel/database.ts'
import { JP_KR } from '#node/testFacts.ts'
import { testNetwork } from '#node/testNetwork.ts'
import type { TestNation, TestNetwork } from '#node/testNetwork.ts'
import { giveAssurance } from './assurances/assurance.commands.ts'
import { sealContent } from './content/content.ts'
import { approveDraft, createDraft, submitDraft } from './drafts/draft.commands.ts'
import type { Draft, Routing } from './drafts/draft.ts'
import { readDraft } from './drafts/draft.store.ts'
import { purposesOf } from './equivalence.ts'
import { findItem } from './items/item.store.ts'
import type { Item } from './items/item.ts'
import { openedItem, wholeOf } from './items/read.commands.ts'

/** The value, or an error that shows the refusal. */
export function permitted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value.reasons)}`)
  return value
}

/** The codes of a refusal; none for any other value. */
export function codesOf(value: unknown): readonly string[] {
  return isRefusal(value) ? value.reasons.map((reason) => reason.code) : []
}

/** The articles cited for a code. */
export function articlesOf(value: unknown, code: string): readonly string[] {
  if (!isRefusal(value)) return []
  const reason = value.reasons.find((known) => known.code === code)
  return (reason?.because ?? []).map(({ instrument, article }) => `${instrument} ${article}`)
}

export interface Pair {
  readonly network: TestNetwork
  readonly JP: TestNation
  readonly KR: TestNation
  readonly purpose: string
  close(): Promise<void>
}

/** Japan and Korea, linked, with an assurance of Korea's unless `assured` is false. */
export async function openPair(
  open: () => Promise<Database>,
  options: { assured?: boolean; suite?: SuiteName; startMs?: number } = {},
): Promise<Pair> {
  const { assured = true, ...started } = options
  const network = await testNetwork(['JP', 'KR'], open, started)
  const { JP, KR } = network.nations as { JP: TestNation; KR: TestNation }
  const pair: Pair = {
    network,
    JP,
    KR,
    purpose: purposesOf(JP_KR)[0]!,
    async close() {
      await JP.database.close()
      await KR.database.close()
    },
  }
  if (assured) await assure(pair)
  await network.settle()
  return pair
}

/** Korea's security officer gives an assurance for both markings and the pair's purpose; returns its id. */
export async function assure({ KR, purpose }: Pair): Promise<string> {
  const by = await KR.as('security')
  const until = KR.world.now() + 30 * 86_400_000
  const markings = ['군사 Ⅱ급 비밀', '군사 Ⅲ급 비밀']
  const input = { partner: 'JP', organisation: 'kr-mnd-dia', markings, purposes: [purpose], until }
  return permitted(await KR.node.acts.run((act) => giveAssurance(act, KR.node.services, by, input)))
}

/** A person of Japan writes a report; `change` varies its routing. */
export async function write(
  pair: Pair,
  change: Partial<Routing> = {},
  text = 'EXERCISE what was seen',
  title = 'EXERCISE launch',
  author = 'analyst',
): Promise<Draft> {
  const { node, keys, world } = pair.JP
  const by = await pair.JP.as(author)
  const routing: Routing = {
    partner: 'KR',
    organisation: 'kr-mnd-dia',
    marking: '極秘',
    category: 'missile_launch',
    purpose: pair.purpose,
    derivedFrom: [],
    ...change,
  }
  const facts = { title, fileName: null, mediaType: 'text/plain' }
  const fresh = await sealContent({ keys, blobs: node.services.blobs, world }, by.personId, facts, [
    Buffer.from(text),
  ])
  const id = permitted(await node.acts.run((act) => createDraft(act, node.services, by, routing, fresh)))
  return draftAt(pair.JP, id)
}

/** A draft as it is stored now. */
export async function draftAt({ node }: TestNation, id: string): Promise<Draft> {
  return (await node.services.views.run(({ tx }) => readDraft(tx, id)))!
}

/** The author submits a draft. */
export async function submit({ JP }: Pair, draft: Draft): Promise<Draft | Refusal> {
  const by = await JP.as(draft.author)
  const id = await JP.node.acts.run((act) => submitDraft(act, JP.node.services, by, draft.id))
  return isRefusal(id) ? id : draftAt(JP, id)
}

/** A person approves a draft. */
export async function approve({ JP }: Pair, person: string, draft: Draft): Promise<Draft | Refusal> {
  const by = await JP.as(person)
  const digest = draft.proposalDigest ?? ''
  const id = await JP.node.acts.run((act) => approveDraft(act, JP.node.services, by, draft.id, digest))
  return isRefusal(id) ? id : draftAt(JP, id)
}

/** Writes, submits and approves a report twice, which releases it; it is not yet carried. */
export async function releaseReport(
  pair: Pair,
  change: Partial<Routing> = {},
  text?: string,
  title?: string,
): Promise<Draft> {
  const submitted = permitted(await submit(pair, await write(pair, change, text, title)))
  permitted(await approve(pair, 'release-1', submitted))
  return permitted(await approve(pair, 'release-2', submitted))
}

/** The item of a draft at one nation; null if it is not there. */
export function itemAt(nation: TestNation, draft: Draft): Promise<Item | null> {
  const { control } = draft
  return control === null
    ? Promise.resolve(null)
    : nation.node.services.views.run(({ tx }) => findItem(tx, control))
}

/** The whole content of an item. */
export async function contentOf({ node }: TestNation, item: Item): Promise<Buffer> {
  return collect(wholeOf(node.services, await openedItem(node.services, item)))
}
