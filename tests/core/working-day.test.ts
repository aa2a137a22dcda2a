import { describe, expect, test } from 'vitest'
import type { IsoDate } from '#worker/core/dates.ts'
import { easterSunday, isPublicHoliday, workingDayFrom } from '#worker/core/working-day.ts'

describe('working days', () => {
  test.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('Easter %i is %s', (year, day) => expect(easterSunday(year)).toBe(day))

  test('the public holidays of 2026', () => {
    const days = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10))
    expect(days.filter((day) => isPublicHoliday(day as IsoDate))).toEqual([
      '2026-01-01',
      '2026-04-02',
      '2026-04-03',
      '2026-04-05',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-17',
      '2026-05-24',
      '2026-05-25',
      '2026-12-25',
      '2026-12-26',
    ])
  })

  test.each([
    ['2026-04-10', '2026-04-10'],
    ['2026-10-10', '2026-10-12'],
    ['2026-04-02', '2026-04-07'],
  ])('from %s one works on %s', (day, next) => expect(workingDayFrom(day as IsoDate)).toBe(next))
})
