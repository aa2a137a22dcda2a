import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, type IsoDate, type Month } from '#worker/core/dates.ts'
import { cutAfter, cutBefore, daysOf, periodOf, yearStart } from '#worker/reports/period-range.ts'
import { accountRangeOf, holds } from '#worker/reports/report-query.ts'
import { YEARS } from './random-ledger.ts'

const years = YEARS as unknown as Parameters<typeof daysOf>[1]
const read = (text: string): string => {
  const period = periodOf(text)
  const days = period && daysOf(period, years)
  return days ? `${days.fromDate} – ${days.toDate}` : 'unreadable'
}

describe('periods as written', () => {
  test.each([
    ['2025', '2025-01-01 – 2025-12-31'],
    ['2026', '2026-01-01 – 2026-06-30'], // the company's own year
    ['2027', '2026-07-01 – 2027-06-30'],
    ['2031', '2031-01-01 – 2031-12-31'], // no such fiscal year
    ['2026-02', '2026-02-01 – 2026-02-28'],
    ['2028-02', '2028-02-01 – 2028-02-29'],
    ['2026-Q1', '2026-01-01 – 2026-03-31'],
    ['2026-Q4', '2026-10-01 – 2026-12-31'],
    ['2026-T6', '2026-11-01 – 2026-12-31'],
    ['2026-03-15', '2026-03-15 – 2026-03-15'],
    ['2026-01:2026-06', '2026-01-01 – 2026-06-30'],
    ['2026-01-05:2026-02-10', '2026-01-05 – 2026-02-10'],
    ['2025:2026', '2025-01-01 – 2026-06-30'],
    ['2025:2026-03', '2025-01-01 – 2026-03-31'],
  ])('%s', (text, days) => expect(read(text)).toBe(days))

  test.each([
    '',
    '26',
    '2026-13',
    '2026-Q5',
    '2026-T7',
    '2026-02-30',
    '2026-03:2026-01',
    '2026:2025',
    '2026-01:',
    'a:b',
    '2026:2026:2026',
  ])('%j cannot be read', (text) => expect(read(text)).toBe('unreadable'))
})

test('a cut is the same days whichever side of the month is read', () => {
  const day = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2024-01-01' as IsoDate, n))
  fc.assert(
    fc.property(day, day, (cut, entry) => {
      const { month, entries } = cutBefore(cut)
      const whole = entry.slice(0, 7) < month ? 1 : 0
      const part = entries && entry >= entries.from && entry < entries.before ? entries.sign : 0
      expect(whole + part).toBe(entry < cut ? 1 : 0)
      expect(cutAfter(cut)).toEqual(cutBefore(addDays(cut, 1)))
      if (entries) expect(entries.before <= addDays(entries.from, 16)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
  expect(cutBefore('2026-03-01' as IsoDate)).toEqual({ month: '2026-03', entries: null })
  expect(cutAfter('2026-02-28' as IsoDate)).toEqual({ month: '2026-03', entries: null })
  expect(addMonths('2026-12' as Month, 1)).toBe('2027-01')
})

test('income is counted from the first day of the year that holds the day', () => {
  const starts = ['2025-06-01', '2026-06-30', '2026-07-01', '2027-01-01', '2030-01-01'].map((day) =>
    yearStart(day as IsoDate, years),
  )
  expect(starts).toEqual(['2025-01-01', '2026-01-01', '2026-07-01', '2026-07-01', '2030-01-01'])
})

test('account ranges are text, and the last one takes its sub-accounts with it', () => {
  const found = (range: string) =>
    ['299', '3000', '3000x', '3500', '39991', '3999', '4000'].filter((n) => holds(accountRangeOf(range)!, n))
  expect(found('3000:3999')).toEqual(['3000', '3000x', '3500', '39991', '3999'])
  expect(found('3000')).toEqual(['3000'])
  for (const wrong of ['4000:3000', ':3000', '3000:', '1:2:3']) expect(accountRangeOf(wrong), wrong).toBeUndefined()
})
