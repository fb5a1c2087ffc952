/** The main job between two real nodes in one process: a report crosses, is opened and receipted (EXC-20 to EXC-67). */
import { expect, it } from 'vitest'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { describeOnEachDatabase } from '../kernel/testDatabase.ts'
import { testNetwork } from '../testNetwork.ts'
import type { TestNation } from '../testNetwork.ts'
import { giveAssurance } from './assurance.commands.ts'
import { sealContent } from './content.ts'
import { approveDraft, createDraft, submitDraft } from './draft.commands.ts'
import type { Routing } from './draft.commands.ts'
import type { Draft } from './draft.store.ts'
import { findItem } from './item.store.ts'
import { openItem, readContent, receiptItem } from './open.commands.ts'

const LAUNCH: Routing = {
  partner: 'KR',
  organisation: 'kr-mnd-dia',
  marking: '極秘',
  category: 'missile_launch',
  purpose: 'early_warning',
  derivedFrom: [],
}

function permitted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value.reasons)}`)
  return value
}

async function write(nation: TestNation, routing: Routing, text: string): Promise<Draft> {
  const { node } = nation
  const by = await nation.as('analyst')
  const facts = { title: 'EXERCISE launch of 13 April 2012', fileName: null, mediaType: 'text/plain' }
  const sealing = { keys: nation.keys, blobs: node.services.blobs, world: nation.world }
  const fresh = await sealContent(sealing, by.personId, facts, [Buffer.from(text)])
  return permitted(await node.acts.run((act) => createDraft(act, node.services, by, routing, fresh)))
}

async function assure(nation: TestNation, purpose: string): Promise<void> {
  const { node } = nation
  const by = await nation.as('security')
  const until = nation.world.now() + 30 * 86_400_000
  const input = { partner: 'JP', organisation: 'kr-mnd-dia', markings: ['군사 Ⅱ급 비밀'], purposes: [purpose], until }
  permitted(await node.acts.run((act) => giveAssurance(act, node.services, by, input)))
}

describeOnEachDatabase('a report from Japan to Korea', (open) => {
  it('crosses with two approvals, is registered, opened and receipted', async () => {
    const network = await testNetwork(['JP', 'KR'], open)
    const { JP, KR } = network.nations as { JP: TestNation; KR: TestNation }
    const purpose = KR.node.services.law.instruments.find((each) => each.id === 'jp-kr-gsomia-2016')!.profile
      .purposes[0]!
    await assure(KR, purpose)
    await network.settle()
    const draft = await write(JP, { ...LAUNCH, purpose }, 'EXERCISE what was seen')
    const analyst = await JP.as('analyst')
    const submitted = permitted(
      await JP.node.acts.run((act) => submitDraft(act, JP.node.services, analyst, draft.id)),
    )
    for (const authority of ['release-1', 'release-2']) {
      const by = await JP.as(authority)
      const digest = submitted.proposalDigest!
      permitted(await JP.node.acts.run((act) => approveDraft(act, JP.node.services, by, draft.id, digest)))
    }
    await network.settle()
    const there = await KR.node.acts.run((act) => findItem(act.tx, draft.control))
    expect(there?.state).toBe('accepted')
    expect(there?.receiver_marking).toBe('군사 Ⅱ급 비밀')
    const officer = await KR.as('officer')
    const opened = permitted(
      await KR.node.acts.run((act) => openItem(act, KR.node.services, officer, there!.id, purpose)),
    )
    const chunks: Uint8Array[] = []
    let held = false
    const done = async (whole: { commitmentHeld: boolean }) => {
      held = whole.commitmentHeld
    }
    for await (const chunk of readContent(KR.node.services, opened, done)) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('EXERCISE what was seen')
    expect(held).toBe(true)
    permitted(await KR.node.acts.run((act) => receiptItem(act, officer, there!.id)))
    await network.settle()
    const here = await JP.node.acts.run((act) => findItem(act.tx, draft.control))
    expect(here?.state).toBe('opened')
    expect(here?.registered).toBe(there?.registered)
    for (const nation of [JP, KR]) await nation.database.close()
  })
})
