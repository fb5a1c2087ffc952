/** Days of the timeline: address, slider and node must agree on them. */
import { expect, test } from 'vitest'
import fc from 'fast-check'
import { dayOf, isDay, monthsFrom, neighbour, numberOf, placeOf, spanOf, yearsIn } from './day.ts'

test('only days of the calendar are valid', () => {
  for (const day of ['2016-11-23', '2024-02-29', '1970-01-01']) expect(isDay(day)).toBe(true)
  for (const day of ['', '2019-02-29', '2019-2-1', '2019-13-01', '20190101', 'today', '2019-08-24T00:00']) {
    expect(isDay(day), day).toBe(false)
  }
})

test('a day converts to its number and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40_000, max: 60_000 }), (number) => numberOf(dayOf(number)) === number),
  )
  expect(numberOf('1970-01-02')).toBe(1)
})

test('a month later is the same day, or the last day of a shorter month', () => {
  expect(monthsFrom('2019-08-24', 1)).toBe('2019-09-24')
  expect(monthsFrom('2024-01-31', 1)).toBe('2024-02-29')
  expect(monthsFrom('2019-01-15', -1)).toBe('2018-12-15')
})

test('the timeline includes every fact and today, and every day has a position on it', () => {
  const span = spanOf(['2016-11-14', '2019-08-23'], '2026-11-24')
  expect(span).toEqual({ first: '2016-08-14', last: '2028-05-24' })
  expect(spanOf(['2040-01-01'], '2026-11-24').last).toBe('2040-01-01')
  expect(placeOf(span.first, span)).toBe(0)
  expect(placeOf(span.last, span)).toBe(1)
  expect(placeOf('1900-01-01', span)).toBe(0)
  expect(yearsIn(span, 8)).toEqual([2017, 2019, 2021, 2023, 2025, 2027])
})

test('the next and the previous fact', () => {
  const facts = ['2019-08-23', '2016-11-23', '2016-11-23']
  expect(neighbour(facts, '2016-11-23', 1)).toBe('2019-08-23')
  expect(neighbour(facts, '2019-08-23', 1)).toBeNull()
  expect(neighbour(facts, '2020-01-01', -1)).toBe('2019-08-23')
  expect(neighbour(facts, '2016-11-23', -1)).toBeNull()
})
