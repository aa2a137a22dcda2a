import { describe, expect, test } from 'vitest'
import type { IsoDate } from '#worker/core/dates.ts'
import { dayOrderOf, readDay, readSheetDate } from '#worker/sheets/read-day.ts'

const near = '2026-02-10' as IsoDate
const today = '2026-03-01' as IsoDate

describe('a day one types, in February 2026', () => {
  test.each([
    ['3', '2026-02-03'],
    ['03', '2026-02-03'],
    ['3.', '2026-02-03'],
    ['29', undefined],
    ['0303', '2026-03-03'],
    ['3112', '2026-12-31'],
    ['030326', '2026-03-03'],
    ['03032027', '2027-03-03'],
    ['20270303', '2027-03-03'],
    ['3.3', '2026-03-03'],
    ['3/3', '2026-03-03'],
    ['3/3-25', '2025-03-03'],
    ['31.12.2025', '2025-12-31'],
    ['31,12', undefined],
    ['2026-03-03', '2026-03-03'],
    ['2026-3-3', '2026-03-03'],
    ['3. mars', '2026-03-03'],
    ['3 mar 25', '2025-03-03'],
    ['17 May', '2026-05-17'],
    ['i dag', '2026-03-01'],
    ['I går', '2026-02-28'],
    ['yesterday', '2026-02-28'],
    ['d', '2026-03-01'],
    ['31.4', undefined],
    ['0', undefined],
    ['123', undefined],
    ['tull', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => expect(readDay(text, near, today)).toBe(expected))
})

describe('a date in a sheet', () => {
  const read = (text: string, order?: 'day-first' | 'month-first') => {
    const found = readSheetDate(text, order)
    if (found.kind === 'day') return found.how ? `${found.day} (${found.how})` : found.day
    return found.kind === 'ambiguous' ? `${found.dayFirst} or ${found.monthFirst}` : found.kind
  }
  test.each([
    ['03.04.2026', '2026-04-03'],
    ['3.4.26', '2026-04-03'],
    ['03-04-2026', '2026-04-03'],
    ['2026-04-03', '2026-04-03'],
    ['2026-04-03T00:00:00', '2026-04-03'],
    ['03.04.2026 00:00:00', '2026-04-03'],
    ['20260403', '2026-04-03'],
    ['03042026', '2026-04-03'],
    ['030426', '2026-04-03'],
    ['3. april 2026', '2026-04-03'],
    ['3-apr-26', '2026-04-03'],
    ['April 3, 2026', '2026-04-03'],
    ['jan. 26', '2026-01-31 (month)'],
    ['februar 2024', '2024-02-29 (month)'],
    ['46115', '2026-04-03 (serial)'],
    ['3/4/2026', '2026-04-03 or 2026-03-04'],
    ['3/4-26', '2026-04-03'],
    ['3/4-2026', '2026-04-03'],
    ['13/4/2026', '2026-04-13'],
    ['4/13/2026', '2026-04-13'],
    ['4/4/2026', '2026-04-04'],
    ['31.02.2026', 'unreadable'],
    ['13.13.2026', 'unreadable'],
    ['6800', 'unreadable'],
    ['', 'empty'],
  ])('%j is %j', (text, expected) => expect(read(text)).toBe(expected))

  test('one value proves the order of its column', () => {
    expect(dayOrderOf(['3/4/2026', '25/4/2026'])).toBe('day-first')
    expect(dayOrderOf(['3/4/2026', '4/25/2026'])).toBe('month-first')
    expect(dayOrderOf(['3/4/2026'])).toBeUndefined()
    expect(read('3/4/2026', 'month-first')).toBe('2026-03-04')
    expect(read('3/4-26', 'month-first')).toBe('2026-04-03')
  })
})
