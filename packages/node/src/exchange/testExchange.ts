/** What the exchange's suites do again and again: assure, write, submit, approve, between Japan and Korea. */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Database } from '#node/kernel/database.ts'
import { testNetwork } from '#node/testNetwork.ts'
import type { TestNation, TestNetwork } from '#node/testNetwork.ts'
import { giveAssurance } from './assurances/assurance.commands.ts'
import type { Assurance } from './assurances/assurance.store.ts'
import { sealContent } from './content/content.ts'
import { approveDraft, createDraft, submitDraft } from './drafts/draft.commands.ts'
import type { Routing } from './drafts/gatedDraft.commands.ts'
import type { Draft } from './drafts/draft.store.ts'
import { findItem } from './items/item.store.ts'
import type { Item } from './items/item.store.ts'

/** The value, or an error that names the refusal. */
export function permitted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value.reasons)}`)
  return value
}

/** The codes of a refusal; of anything else, none. */
export function codesOf(value: unknown): readonly string[] {
  return isRefusal(value) ? value.reasons.map((reason) => reason.code) : []
}

/** The articles cited for a code. */
export function articlesOf(value: unknown, code: string): readonly string[] {
  if (!isRefusal(value)) return []
  const reason = value.reasons.find((each) => each.code === code)
  return (reason?.because ?? []).map(({ instrument, article }) => `${instrument} ${article}`)
}

export interface Pair {
  readonly network: TestNetwork
  readonly JP: TestNation
  readonly KR: TestNation
  readonly purpose: string
  close(): Promise<void>
}

/** Japan and Korea, linked, with an assurance of Korea's unless told otherwise. */
export async function openPair(
  open: () => Promise<Database>,
  options: { assured?: boolean } = {},
): Promise<Pair> {
  const network = await testNetwork(['JP', 'KR'], open)
  const { JP, KR } = network.nations as { JP: TestNation; KR: TestNation }
  const instrument = KR.node.services.law.instruments.find((each) => each.id === 'jp-kr-gsomia-2016')!
  const pair: Pair = {
    network,
    JP,
    KR,
    purpose: instrument.profile.purposes[0]!,
    async close() {
      await JP.database.close()
      await KR.database.close()
    },
  }
  if (options.assured !== false) await assure(pair)
  await network.settle()
  return pair
}

/** Korea's security officer assures both markings for the pair's purpose. */
export async function assure({ KR, purpose }: Pair): Promise<Assurance> {
  const by = await KR.as('security')
  const until = KR.world.now() + 30 * 86_400_000
  const markings = ['군사 Ⅱ급 비밀', '군사 Ⅲ급 비밀']
  const input = { partner: 'JP', organisation: 'kr-mnd-dia', markings, purposes: [purpose], until }
  return permitted(await KR.node.acts.run((act) => giveAssurance(act, KR.node.services, by, input)))
}

/** Japan's analyst writes a report; the routing may differ from the usual one. */
export async function write(
  pair: Pair,
  change: Partial<Routing> = {},
  text = 'EXERCISE what was seen',
  title = 'EXERCISE launch',
): Promise<Draft> {
  const { node, keys, world } = pair.JP
  const by = await pair.JP.as('analyst')
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
  return permitted(await node.acts.run((act) => createDraft(act, node.services, by, routing, fresh)))
}

/** The analyst submits; the answer may be a refusal. */
export async function submit({ JP }: Pair, draft: Draft): Promise<Draft | Refusal> {
  const by = await JP.as('analyst')
  return JP.node.acts.run((act) => submitDraft(act, JP.node.services, by, draft.id))
}

/** A person signs; the answer may be a refusal. */
export async function approve({ JP }: Pair, person: string, draft: Draft): Promise<Draft | Refusal> {
  const by = await JP.as(person)
  return JP.node.acts.run((act) =>
    approveDraft(act, JP.node.services, by, draft.id, draft.proposalDigest ?? ''),
  )
}

/** Written, submitted and approved twice; not yet carried. */
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

/** The item of a draft on one side; null when it is not there. */
export function itemAt(nation: TestNation, draft: Draft): Promise<Item | null> {
  return nation.node.acts.run((act) => findItem(act.tx, draft.control))
}
