/** Terms amended while the nodes run: in force from the next act, and declared without a command (AGR-22, AGR-23). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '#api/refusals.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import { instrumentNamed } from '#node/testFacts.ts'
import type { TestNation } from '#node/testNetwork.ts'
import {
  approve,
  codesOf,
  itemAt,
  openPair,
  permitted,
  releaseReport,
  submit,
  write,
} from '#node/exchange/testExchange.ts'
import type { Pair } from '#node/exchange/testExchange.ts'
import type { Instrument } from './instrument.ts'
import { compileProfile } from './profile.ts'

const gsomia = instrumentNamed('jp-kr-gsomia-2016')

/** The agreement with a second term of categories. */
function amended(permitted: readonly string[]): Instrument {
  const more = { id: 'categories-more', kind: 'categories', articles: ['2.a'], permitted }
  const terms = { ...gsomia.terms, terms: [...gsomia.terms.terms, more] } as typeof gsomia.terms
  return { ...gsomia, terms, profile: compileProfile(terms, TERM_KINDS) }
}

describe('amended terms', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(openTestDatabase)
  })
  afterAll(() => pair.close())

  const declarations = async ({ database }: TestNation) => {
    const rows = await database.query.selectFrom('partner_profile').selectAll().execute()
    return rows.filter(({ instrument }) => instrument === gsomia.id).map(({ profile }) => profile)
  }

  it('[AGR-22] [AGR-23] are in force from the next act on, are declared, and stop every crossing until both nations have them', async () => {
    const { JP, KR, network } = pair
    const instrument = amended(['weather'])
    expect(codesOf(await submit(pair, await write(pair, { category: 'weather' })))).toEqual([
      'category_not_permitted',
    ])
    expect(await JP.node.load([instrument])).toEqual([gsomia.id])
    expect(codesOf(await submit(pair, await write(pair, { category: 'weather' })))).toEqual([
      'profile_differs',
    ])
    await network.settle()
    expect(await declarations(KR)).toEqual([instrument.profile.hash])

    expect(await KR.node.load([instrument])).toEqual([gsomia.id])
    await network.settle()
    expect(await declarations(JP)).toEqual([instrument.profile.hash])
    const draft = await releaseReport(pair, { category: 'weather' })
    await network.settle()
    expect((await itemAt(KR, draft))?.state).toBe('accepted')
  })

  it('[AGR-21] [AGR-23] loaded again are not declared again', async () => {
    const { JP, network } = pair
    const logSize = async () =>
      (await JP.database.query.selectFrom('log').select('size').where('name', '=', 'out/KR').execute())[0]
        ?.size
    const before = await logSize()
    expect(await JP.node.load([amended(['weather'])])).toEqual([])
    await network.settle()
    expect(await logSize()).toBe(before)
  })

  it('[AGR-23] a node that starts with terms amended while it was down declares them', async () => {
    const { KR, JP, network } = pair
    const instrument = amended(['weather', 'tides'])
    // As at a restart: the terms are loaded before anything else.
    for (const { node } of [KR, JP]) await node.load([instrument])
    await network.settle()
    expect(await declarations(JP)).toEqual([instrument.profile.hash])
    expect(await declarations(KR)).toEqual([instrument.profile.hash])
  })

  it('[EXC-36] stop a report that was submitted under the terms before, until it is submitted again', async () => {
    const { KR, JP, network } = pair
    const draft = await write(pair)
    const submitted = permitted(await submit(pair, draft))
    expect(isRefusal(await approve(pair, 'release-1', submitted))).toBe(false)
    for (const { node } of [KR, JP]) await node.load([amended(['weather', 'snow'])])
    await network.settle()
    expect(codesOf(await approve(pair, 'release-2', submitted))).toEqual(['terms_amended'])
    expect(await itemAt(JP, submitted)).toBeNull()
  })
})
