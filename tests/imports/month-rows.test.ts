import { expect, test } from 'vitest'
import { testFacts } from '#tests/support/books.ts'
import { takeMonthRows } from '#worker/imports/month-rows.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'

test('a report with headings to December and figures to February empties no month after it', () => {
  const row = (rowKey: string, dimensions: Record<string, string>): MovementRow => ({
    rowKey,
    account: '3000',
    amounts: { '2026-01': -100, '2026-02': -5, '2026-03': -9 } as never,
    dimensions,
  })
  const pasted = readMovementTable(
    [
      ['Konto', 'Januar', 'Februar', 'Mars'],
      ['3000', '-700,00', '0,00', ''],
      ['1920', '1,00', '2,00', ''],
    ],
    ['2026-01', '2026-02', '2026-03'],
  )!
  const { after } = takeMonthRows(pasted, [row('a', { project: 'P1' }), row('b', {})], booksOf(testFacts()))
  expect(after.map(({ account, amounts }) => [account, amounts])).toEqual([
    ['3000', { '2026-01': -100, '2026-02': -5, '2026-03': -9 }],
    ['3000', { '2026-01': -70_000, '2026-03': -9 }],
    ['1920', { '2026-01': 100, '2026-02': 200 }],
  ])
})
