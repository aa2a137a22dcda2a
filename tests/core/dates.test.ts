import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  dayInOslo,
  endOfDayInOslo,
  type Instant,
  type IsoDate,
  instantOf,
  isoDate,
  lastDay,
  type Month,
  monthsBetween,
} from '#worker/core/dates.ts'

test('a day must exist', () => {
  expect(['2024-02-29', '2026-12-31', '2000-02-29'].map(isoDate)).toEqual(['2024-02-29', '2026-12-31', '2000-02-29'])
  expect(['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '26-01-01', '2026-1-1', ''].map(isoDate)).toEqual(
    Array(7).fill(undefined),
  )
})

test('months and days are counted over the turn of the year', () => {
  expect(addMonths('2026-11' as Month, 3)).toBe('2027-02')
  expect(addMonths('2026-01' as Month, -1)).toBe('2025-12')
  expect(addDays('2026-12-31' as IsoDate, 1)).toBe('2027-01-01')
  expect(addDays('2024-03-01' as IsoDate, -1)).toBe('2024-02-29')
  expect(lastDay('2024-02' as Month)).toBe('2024-02-29')
})

test('the day is Norway’s, winter and summer', () => {
  expect(dayInOslo('2026-12-31T23:30:00Z' as Instant)).toBe('2027-01-01')
  expect(dayInOslo('2026-06-30T21:59:59Z' as Instant)).toBe('2026-06-30')
  expect(dayInOslo('2026-06-30T22:00:00Z' as Instant)).toBe('2026-07-01')
})

test('a day as a moment means its end in Norway, also on the nights the clock is moved', () => {
  expect(endOfDayInOslo('2026-04-12' as IsoDate)).toBe('2026-04-12T21:59:59.999Z')
  expect(endOfDayInOslo('2026-01-12' as IsoDate)).toBe('2026-01-12T22:59:59.999Z')
  expect(endOfDayInOslo('2026-03-29' as IsoDate)).toBe('2026-03-29T21:59:59.999Z')
  expect(endOfDayInOslo('2026-10-25' as IsoDate)).toBe('2026-10-25T22:59:59.999Z')
  expect(instantOf('2026-04-12T10:00:00Z')).toBe('2026-04-12T10:00:00.000Z')
  expect([instantOf('i går'), instantOf('2026-02-30'), instantOf('2026-04-12T25:00:00Z')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('the months between two are counted to the end of all years', () => {
  expect(monthsBetween('2025-11' as Month, '2026-02' as Month)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  expect(monthsBetween('9999-11' as Month, '9999-12' as Month)).toEqual(['9999-11', '9999-12'])
  expect(monthsBetween('2026-02' as Month, '2026-01' as Month)).toEqual([])
})
