/** A report from one real node to another in one process, and what is refused on the way (EXC-20 to EXC-64). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sha384 } from '#wire/digest.ts'
import { keepContent } from '#node/federation/blobPort.store.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { acceptArrived } from './items/accept.commands.ts'
import { sealContent } from './content/content.ts'
import { createDraft, editDraft, refuseDraft, submitDraft } from './drafts/draft.commands.ts'
import { askToRead, openItem, receiptItem } from './items/open.commands.ts'
import {
  approve,
  articlesOf,
  codesOf,
  contentOf,
  draftAt,
  itemAt,
  openPair,
  permitted,
  releaseReport,
  submit,
  write,
} from './testExchange.ts'
import type { Pair } from './testExchange.ts'

const GSOMIA = 'jp-kr-gsomia-2016'

describe('a report from Japan to Korea', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(openTestDatabase)
  })
  afterAll(() => pair.close())

  async function openAs(person: string, id: string, purpose = pair.purpose) {
    const { KR } = pair
    const by = await KR.as(person)
    return KR.node.acts.run((act) => openItem(act, KR.node.services, by, id, purpose))
  }

  it('[EXC-3] [EXC-30] [EXC-32] [EXC-42] [EXC-60] [EXC-63] [EXC-64] crosses with two approvals, is opened and receipted', async () => {
    const { network, JP, KR } = pair
    const draft = await releaseReport(pair)
    await network.settle()
    const there = (await itemAt(KR, draft))!
    expect([there.state, there.marking, there.receiverMarking]).toEqual(['accepted', '極秘', '군사 Ⅱ급 비밀'])
    expect(there.control).toMatch(/^JP-KR-2026-\d{6}$/)
    expect(there.registered).toMatch(/^KR-2026-\d{6}$/)
    permitted(await openAs('officer', there.id))
    expect((await contentOf(KR, there)).toString()).toBe('EXERCISE what was seen')
    const officer = await KR.as('officer')
    permitted(await KR.node.acts.run((act) => receiptItem(act, officer, there.id)))
    expect(codesOf(await KR.node.acts.run((act) => receiptItem(act, officer, there.id)))).toEqual([
      'already_done',
    ])
    await network.settle()
    const here = (await itemAt(JP, draft))!
    expect([here.state, here.registered]).toEqual(['receipted', there.registered])
  })

  it('[EXC-61] tells which of office, clearance and need-to-know is missing, and records the attempt', async () => {
    const draft = await releaseReport(pair)
    await pair.network.settle()
    const item = (await itemAt(pair.KR, draft))!
    const withoutNeed = await openAs('officer-without-need', item.id)
    expect(codesOf(withoutNeed)).toEqual(['need_to_know_missing'])
    expect(articlesOf(withoutNeed, 'need_to_know_missing')).toContain(`${GSOMIA} 7.2`)
    expect(codesOf(await openAs('officer-without-clearance', item.id))).toEqual(['clearance_missing'])
    expect(codesOf(await openAs('registrar', item.id))).toEqual(['not_authorised', 'need_to_know_missing'])
    const attempts = await pair.KR.database.query
      .selectFrom('opening')
      .selectAll()
      .where('item', '=', item.id)
      .execute()
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
    expect(attempts.every(({ decision }) => decision !== null)).toBe(true)
  })

  it('[EXC-60] refuses a purpose other than the one for which it was provided', async () => {
    const draft = await releaseReport(pair)
    await pair.network.settle()
    const item = (await itemAt(pair.KR, draft))!
    const refused = await openAs('officer', item.id, 'another purpose')
    expect(codesOf(refused)).toEqual(['purpose_not_permitted'])
    expect(articlesOf(refused, 'purpose_not_permitted')).toEqual([`${GSOMIA} 6.c`])
  })

  it('[EXC-24] [ID-50] a watch officer submits, and the gate records a submission, not a release', async () => {
    const { query } = pair.JP.database
    const roles = JSON.stringify(['watch_officer'])
    await query.updateTable('person').set({ roles }).where('id', '=', 'supply').execute()
    const written = await write(pair, {}, undefined, undefined, 'supply')
    expect(permitted(await submit(pair, written)).state).toBe('submitted')
    const decisions = await query
      .selectFrom('decision')
      .select(['action', 'permitted'])
      .where('matter', '=', written.id)
      .execute()
    expect(decisions).toEqual([{ action: 'submit', permitted: true }])
  })

  it('[EXC-24] a wrong category is refused at submission, with the article', async () => {
    const refused = await submit(pair, await write(pair, { category: 'trade' }))
    expect(codesOf(refused)).toEqual(['category_not_permitted'])
    expect(articlesOf(refused, 'category_not_permitted')).toEqual([`${GSOMIA} 2.a`])
  })

  it('[EXC-4] a marking without an equivalent is refused, with the article', async () => {
    const refused = await submit(pair, await write(pair, { marking: '機密' }))
    expect(codesOf(refused)).toContain('no_equivalent_marking')
    expect(articlesOf(refused, 'no_equivalent_marking')).toContain(`${GSOMIA} 4.2`)
  })

  it('[EXC-25] [EXC-33] the author cannot approve; one approval does not release', async () => {
    const submitted = permitted(await submit(pair, await write(pair)))
    expect(codesOf(await approve(pair, 'analyst', submitted))).toEqual(
      ['author_cannot_approve', 'not_authorised'].toReversed(),
    )
    expect(permitted(await approve(pair, 'release-1', submitted)).state).toBe('submitted')
    expect(codesOf(await approve(pair, 'release-1', submitted))).toEqual(['already_done'])
    expect(await itemAt(pair.JP, submitted)).toBeNull()
  })

  it('[EXC-21] [EXC-23] an edit voids the signatures', async () => {
    const { JP } = pair
    const submitted = permitted(await submit(pair, await write(pair)))
    permitted(await approve(pair, 'release-1', submitted))
    const by = await JP.as('analyst')
    permitted(
      await JP.node.acts.run((act) =>
        editDraft(act, JP.node.services, by, submitted.id, { title: 'EXERCISE, corrected' }),
      ),
    )
    const again = permitted(await submit(pair, submitted))
    expect(again.proposalDigest).not.toBe(submitted.proposalDigest)
    expect(codesOf(await approve(pair, 'release-2', submitted))).toEqual(['digest_differs'])
    expect(permitted(await approve(pair, 'release-2', again)).state).toBe('submitted')
  })

  it('[EXC-26] a refusal with a reason returns the draft to its author', async () => {
    const { JP } = pair
    const submitted = permitted(await submit(pair, await write(pair)))
    const by = await JP.as('release-1')
    const verdict = { digest: submitted.proposalDigest!, reason: 'EXERCISE: not yet' }
    permitted(await JP.node.acts.run((act) => refuseDraft(act, JP.node.services, by, submitted.id, verdict)))
    const refused = await draftAt(JP, submitted.id)
    expect([refused.state, refused.proposal]).toEqual(['writing', null])
  })

  it('[EXC-22] received content is recognised in a new draft, and refused under 6(a)', async () => {
    const { KR, network } = pair
    const text = 'EXERCISE words that only this report has'
    const draft = await releaseReport(pair, {}, text)
    await network.settle()
    const item = (await itemAt(KR, draft))!
    permitted(await openAs('officer', item.id))
    expect((await contentOf(KR, item)).length).toBeGreaterThan(0)
    const by = await KR.as('analyst')
    const facts = { title: 'EXERCISE another title', fileName: null, mediaType: 'text/plain' }
    const sealing = { keys: KR.keys, blobs: KR.node.services.blobs, world: KR.world }
    const fresh = await sealContent(sealing, by.personId, facts, [Buffer.from(text)])
    const routing = {
      partner: 'JP',
      organisation: 'jp-mod-dih',
      marking: '군사 Ⅱ급 비밀',
      receiverMarking: '極秘',
      category: 'missile_launch',
      purpose: pair.purpose,
      derivedFrom: [],
    }
    const id = permitted(
      await KR.node.acts.run((act) => createDraft(act, KR.node.services, by, routing, fresh)),
    )
    const back = await draftAt(KR, id)
    expect(back.derivedFrom).toEqual([draft.control])
    const refused = await KR.node.acts.run((act) => submitDraft(act, KR.node.services, by, back.id))
    expect(articlesOf(refused, 'third_party_release')).toEqual([`${GSOMIA} 6.a`])
  })

  it('[EXC-62] only the person who opened may read, and only for half an hour', async () => {
    const { KR, network } = pair
    const draft = await releaseReport(pair)
    await network.settle()
    const item = (await itemAt(KR, draft))!
    const opening = permitted(await openAs('officer', item.id))
    const readAs = async (person: string) => {
      const by = await KR.as(person)
      return KR.node.acts.run((act) => askToRead(act, KR.node.services, by, item.id, opening))
    }
    expect(codesOf(await readAs('officer'))).toEqual([])
    expect(codesOf(await readAs('officer-without-need'))).toEqual(['not_found'])
    KR.world.pass(31 * 60_000)
    expect(codesOf(await readAs('officer'))).toEqual(['opening_expired'])
  })

  it('[EXC-41] an offer waits for its content while later statements go on, and is accepted once the content is here', async () => {
    const { JP, KR, network } = pair
    const large = await releaseReport(pair, {}, 'EXERCISE '.repeat(20_000))
    const small = await releaseReport(pair)
    await network.settle()
    expect((await itemAt(KR, large))?.state).toBe('arriving')
    expect((await itemAt(KR, small))?.state).toBe('accepted')
    const blob = (await findBlob(JP.database.query, (await itemAt(JP, large))!.payloadDigest))!
    const kept = await KR.node.services.blobs.write(JP.node.services.blobs.read(blob))
    const { services } = KR.node
    await services.acts.run((act) =>
      keepContent(act, [kept], (inner, of) => acceptArrived(inner, services, of as Sha384)),
    )
    await network.settle()
    expect((await itemAt(KR, large))?.state).toBe('accepted')
    expect((await itemAt(JP, large))?.state).toBe('accepted')
  })
})
