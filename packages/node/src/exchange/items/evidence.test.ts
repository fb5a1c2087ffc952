/** Evidence of two real nodes, verified from the file alone (EVI-40 to EVI-44). */
import { describe, expect, it } from 'vitest'
import { isRefusal } from '#api/refusals.ts'
import { linkFingerprint } from '#wire/link/card.ts'
import { readEvidence } from '#wire/evidence/evidence.ts'
import { verifyEvidence } from '#wire/evidence/verify.ts'
import type { SuiteName } from '#wire/suite.ts'
import { insertGrant } from '#node/identity/rights.store.ts'
import { parseScope } from '#node/identity/needToKnow.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import type { TestNation } from '#node/testNetwork.ts'
import { openPair, permitted, releaseReport } from '../testExchange.ts'
import type { Pair } from '../testExchange.ts'
import { exportEvidence } from './evidence.commands.ts'
import { findItem } from './item.store.ts'
import { openItem, receiptItem } from './open.commands.ts'

const CONTENT = Buffer.from('EXERCISE what was seen')

/** Releases a report; returns its control number. */
async function release(pair: Pair): Promise<string> {
  return (await releaseReport(pair, {}, CONTENT.toString(), 'EXERCISE launch of 13 April 2012')).control!
}

async function receipt(nation: TestNation, control: string, purpose: string): Promise<void> {
  const { node } = nation
  const officer = await nation.as('officer')
  const item = (await node.acts.run((act) => findItem(act.tx, control)))!
  permitted(await node.acts.run((act) => openItem(act, node.services, officer, item.id, purpose)))
  permitted(await node.acts.run((act) => receiptItem(act, officer, item.id)))
}

async function exported(nation: TestNation, control: string, includeOpening = false) {
  const { node } = nation
  const by = await nation.as('registrar')
  return node.acts.run(async (act) => {
    const item = (await findItem(act.tx, control))!
    return exportEvidence(act, node.services, by, item.id, { includeOpening })
  })
}

async function grantNeed(nation: TestNation): Promise<void> {
  const now = nation.world.now()
  const grant = { id: 'grant-registrar', person: 'registrar', scope: parseScope('category:missile_launch') }
  const dates = { from: now - 1, until: now + 86_400_000, reason: 'EXERCISE', grantedBy: 'security' }
  await nation.node.acts.run((act) => insertGrant(act.tx, { ...grant, ...dates, revokedAt: null }))
}

function fingerprintOf(text: string): string {
  const { cards } = readEvidence(text)
  return linkFingerprint(cards.home.text, cards.other.text)
}

describe('evidence of a report from Japan to Korea', () => {
  it.each<SuiteName>(['ed25519', 'ed25519+ml-dsa-87'])(
    '[EVI-40] [EVI-41] [EVI-42] [EVI-43] [EVI-44] is the same on both sides at every stage, with %s',
    async (suite) => {
      const pair = await openPair(openTestDatabase, { suite })
      const { network, JP, KR, purpose } = pair
      network.cut('JP', 'KR', true)
      const control = await release(pair)
      const early = await exported(JP, control)
      expect(early).toMatchObject({ reasons: [{ code: 'not_yet_cosigned' }] })

      network.cut('JP', 'KR', false)
      await network.settle()
      const accepted = permitted(await exported(JP, control))
      const half = verifyEvidence(accepted.text, { fingerprint: fingerprintOf(accepted.text) })
      expect(half.findings.filter(({ held }) => !held)).toEqual([])
      expect(half).toMatchObject({ verdict: 'proved', matter: { state: 'accepted' } })
      expect(half.unproved).toContain('no_receipt')

      network.cut('KR', 'JP', true)
      await receipt(KR, control, purpose)
      const waiting = permitted(await exported(KR, control))
      const noted = verifyEvidence(waiting.text)
      expect(noted).toMatchObject({
        verdict: 'keys_open',
        pending: [{ by: 'KR', kind: 'exchange.receipted' }],
      })
      expect(noted.unproved).toContain('not_yet_cosigned')

      network.cut('KR', 'JP', false)
      await network.settle()
      await grantNeed(JP)
      await grantNeed(KR)
      for (const nation of [JP, KR]) {
        const file = permitted(await exported(nation, control, true))
        expect(file.fileName).toBe(`${control}.entente-evidence.json`)
        const report = verifyEvidence(file.text, {
          fingerprint: fingerprintOf(accepted.text),
          content: [CONTENT],
        })
        expect(report.findings.filter(({ held }) => !held)).toEqual([])
        expect(report.verdict).toBe('proved')
        expect(report.exported?.by).toBe(nation.node.nation)
        expect(report.matter).toMatchObject({ state: 'receipted', proposal: { control } })
        expect(report.proved).toEqual([
          'exact_history',
          'offered',
          'approved',
          'same_terms',
          'assured',
          'accepted',
          'receipted',
          'content',
        ])
        expect(report.timeline.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
          'exchange.offered offered',
          'exchange.accepted accepted',
          'exchange.receipted receipted',
        ])
        expect(file.text).not.toContain(CONTENT.toString())
        const other = verifyEvidence(file.text, { content: [Buffer.from('EXERCISE something else')] })
        expect(other.findings.find(({ held }) => !held)).toMatchObject({ fault: 'content_differs' })
      }
      await pair.close()
    },
  )

  it('[EVI-44] is exported by those who may export, and opened for those who may open', async () => {
    const pair = await openPair(openTestDatabase)
    const { network, KR } = pair
    const control = await release(pair)
    await network.settle()
    const closed = await exported(KR, control, true)
    expect(isRefusal(closed) && closed.reasons[0].code).toBe('need_to_know_missing')
    const officer = await KR.as('officer')
    const refused = await KR.node.acts.run(async (act) => {
      const item = (await findItem(act.tx, control))!
      return exportEvidence(act, KR.node.services, officer, item.id, { includeOpening: false })
    })
    expect(isRefusal(refused) && refused.reasons[0].code).toBe('not_permitted')
    await pair.close()
  })
})
