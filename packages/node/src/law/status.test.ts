/** The status of an instrument on every date that matters. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instrumentNamed } from '#node/testFacts.ts'
import { dateAt, statusAt } from './status.ts'
import type { Fact, InstrumentTerms } from './term.ts'

const gsomia = instrumentNamed('jp-kr-gsomia-2016')
const on = (date: string, facts: readonly Fact[] = gsomia.facts) => statusAt(gsomia.terms, facts, date)
const without = (...ids: string[]) => gsomia.facts.filter(({ id }) => !ids.includes(id))
const day = (text: string) => Temporal.PlainDate.from(text)

describe('the Japan–Korea agreement of 2016', () => {
  it.each([
    ['2016-11-22', 'not_concluded', 'none', null, null],
    ['2016-11-23', 'in_force', 'none', '2017-11-23', '2017-08-24'],
    ['2017-11-22', 'in_force', 'none', '2017-11-23', '2017-08-24'],
    ['2017-11-23', 'in_force', 'none', '2018-11-23', '2018-08-24'],
    ['2019-08-22', 'in_force', 'none', '2019-11-23', '2019-08-24'],
    ['2019-08-23', 'in_force', 'running', '2019-11-23', null],
    ['2019-11-21', 'in_force', 'running', '2019-11-23', null],
    ['2019-11-22', 'in_force', 'suspended', '2019-11-23', '2019-08-24'],
    ['2019-11-23', 'in_force', 'suspended', '2020-11-23', '2020-08-24'],
    ['2020-08-25', 'in_force', 'suspended', '2020-11-23', '2020-08-24'],
    ['2023-03-20', 'in_force', 'suspended', '2023-11-23', '2023-08-24'],
    ['2023-03-21', 'in_force', 'withdrawn', '2023-11-23', '2023-08-24'],
    ['2026-11-24', 'in_force', 'withdrawn', '2027-11-23', '2027-08-24'],
  ])(
    '[AGR-15] on %s is %s, notice %s, period to %s, last day for notice %s',
    (date, state, notice, ends, last) => {
      expect(on(date)).toMatchObject({ state, notice, periodEnds: ends, lastDayForNotice: last })
    },
  )

  it('[AGR-15] is in force on every single day from its entry to today, and never lapsed', () => {
    for (let date = day('2016-11-23'); date.toString() <= '2026-11-24'; date = date.add({ days: 1 })) {
      expect(on(date.toString())).toMatchObject({ state: 'in_force', since: '2016-11-23' })
    }
  })

  it('[AGR-13] enters into force on the later of the two notifications, which is the recorded day', () => {
    expect(on('2016-11-23').inForceSince).toBe(
      gsomia.facts.find(({ kind }) => kind === 'entered_into_force')?.date,
    )
    const later = gsomia.facts.map((fact) =>
      fact.id === 'notification-jp' ? { ...fact, date: '2016-12-01' } : fact,
    )
    expect(on('2016-11-30', later)).toMatchObject({ state: 'signed', since: '2016-11-23' })
    expect(on('2016-12-01', later)).toMatchObject({
      state: 'in_force',
      since: '2016-12-01',
      periodEnds: '2017-12-01',
    })
    expect(on('2026-11-24', without('notification-kr')).state).toBe('signed')
  })

  it('[AGR-16] would have ended on 2019-11-23 had the effect of the notice not been suspended', () => {
    const facts = without('suspension-2019', 'withdrawal-2023')
    expect(on('2019-11-22', facts).state).toBe('in_force')
    expect(on('2019-11-23', facts)).toMatchObject({
      state: 'terminated',
      since: '2019-11-23',
      notice: 'effective',
    })
  })

  it('[AGR-17] a later fact does not undo an end', () => {
    const late = without('suspension-2019')
    expect(on('2026-11-24', late)).toMatchObject({ state: 'terminated', since: '2019-11-23' })
  })

  it('[AGR-18] what was provided stays protected after the end, by 21.4', () => {
    const status = on('2026-11-24', without('suspension-2019', 'withdrawal-2023'))
    expect(status.survives).toBe(true)
    expect(status.because.map(({ article }) => article)).toContain('21.4')
    expect(status.inForceSince).toBe('2016-11-23')
  })

  it('[AGR-16] a notice after the last day counts for the next period', () => {
    const late = without('suspension-2019', 'withdrawal-2023').map((fact) =>
      fact.id === 'notice-2019' ? { ...fact, date: '2019-08-25' } : fact,
    )
    expect(on('2019-11-23', late)).toMatchObject({
      state: 'in_force',
      notice: 'running',
      periodEnds: '2020-11-23',
    })
    expect(on('2020-11-23', late)).toMatchObject({ state: 'terminated', since: '2020-11-23' })
  })

  it('[AGR-17] only the party that gave a notice can suspend or withdraw it', () => {
    const other = without('withdrawal-2023').map((fact) =>
      fact.id === 'suspension-2019' ? { ...fact, by: 'JP' } : fact,
    )
    expect(on('2019-11-23', other).state).toBe('terminated')
  })

  it('[AGR-14] the calendar day is the one in Seoul', () => {
    const eve = Date.UTC(2019, 10, 22, 15, 0, 0)
    expect(dateAt(eve - 1, gsomia.terms)).toBe('2019-11-22')
    expect(dateAt(eve, gsomia.terms)).toBe('2019-11-23')
  })
})

describe('other rules of entry and term', () => {
  it('[AGR-13] an instrument that is not concluded is never in force, and says so', () => {
    const acsa = instrumentNamed('jp-kr-acsa')
    for (const date of ['2010-01-01', '2012-06-29', '2026-11-24']) {
      expect(statusAt(acsa.terms, acsa.facts, date)).toMatchObject({
        state: 'not_concluded',
        because: [{ instrument: 'jp-kr-acsa', article: 'not concluded' }],
      })
    }
  })

  it('[AGR-13] on signature, until terminated by 180 days’ notice', () => {
    const mlsa = instrumentNamed('kr-us-mlsa-1988')
    expect(statusAt(mlsa.terms, mlsa.facts, '1988-06-07').state).toBe('not_concluded')
    expect(statusAt(mlsa.terms, mlsa.facts, '1988-06-08')).toMatchObject({
      state: 'in_force',
      periodEnds: null,
    })
    const notice: Fact = {
      ...mlsa.facts[0]!,
      id: 'notice',
      kind: 'notice_given',
      by: 'US',
      date: '2030-01-01',
    }
    const facts = [...mlsa.facts, notice]
    expect(statusAt(mlsa.terms, facts, '2030-06-29')).toMatchObject({
      state: 'in_force',
      periodEnds: '2030-06-30',
    })
    expect(statusAt(mlsa.terms, facts, '2030-06-30').state).toBe('terminated')
  })

  it('[AGR-15] yearly periods from 29 February do not drift', () => {
    const terms: InstrumentTerms = gsomia.terms
    const facts = gsomia.facts.map((fact) =>
      fact.kind === 'notified' ? { ...fact, date: '2024-02-29' } : fact,
    )
    const plain = facts.filter(({ kind }) => !kind.startsWith('notice_'))
    expect(statusAt(terms, plain, '2027-12-31').periodEnds).toBe('2028-02-28')
    expect(statusAt(terms, plain, '2024-02-29').periodEnds).toBe('2025-02-28')
  })

  it('[AGR-19] a fact has no effect before its date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (offset) => {
        const date = day('2016-11-01').add({ days: offset }).toString()
        const known = gsomia.facts.filter((fact) => fact.date <= date)
        expect(on(date)).toEqual(on(date, known))
      }),
    )
  })
})
