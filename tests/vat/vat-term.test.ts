import { describe, expect, test } from 'vitest'
import type { IsoDate } from '#worker/core/dates.ts'
import { lastEnded, termOf, termOfKey, termsBetween } from '#worker/vat/vat-term.ts'

const day = (text: string) => text as IsoDate

describe('VAT terms', () => {
  test('the six terms of 2026 with their deadlines; those on a weekend move', () => {
    const terms = termsBetween('two-months', day('2026-01-01'), day('2026-12-31'))
    expect(terms.map((t) => `${t.key} ${t.fromDate} ${t.toDate} ${t.dueDate}`)).toEqual([
      '2026-T1 2026-01-01 2026-02-28 2026-04-10',
      '2026-T2 2026-03-01 2026-04-30 2026-06-10',
      '2026-T3 2026-05-01 2026-06-30 2026-08-31',
      '2026-T4 2026-07-01 2026-08-31 2026-10-12',
      '2026-T5 2026-09-01 2026-10-31 2026-12-10',
      '2026-T6 2026-11-01 2026-12-31 2027-02-10',
    ])
  })
  test('a yearly term is due on 10 March', () =>
    expect(termOf('year', day('2026-07-04'))).toMatchObject({ key: '2026', dueDate: '2027-03-10' }))
  test('a key is read back to its term', () => {
    for (const kind of ['two-months', 'year'] as const)
      for (const term of termsBetween(kind, day('2024-05-05'), day('2026-12-31')))
        expect(termOfKey(term.key)).toEqual(term)
    for (const wrong of ['2026-T7', '2026-T0', '26', '2026-03', '']) expect(termOfKey(wrong)).toBeUndefined()
  })
  test.each([
    ['2026-01-01', '2025-T6'],
    ['2026-02-28', '2025-T6'],
    ['2026-03-01', '2026-T1'],
  ])('on %s the last term that is over is %s', (today, key) =>
    expect(lastEnded('two-months', day(today)).key).toBe(key),
  )
})
