import { expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { cured } from '#web/islands/voucher/desk-actions.ts'
import { edited, withHead } from '#web/islands/voucher/edit.ts'
import { judge } from '#web/islands/voucher/judge.ts'
import { typeOptions } from '#web/islands/voucher/search.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { partyKey } from '#worker/ledger/books.ts'
import { emptyDesk } from '#worker/sheets/sheet.ts'

const plain = testBooks()
const terms = { account: null, vatCode: null, dimensions: {}, paymentTermsDays: 14 }
const [customer, supplier] = (['customer', 'supplier'] as const).map((kind) => {
  const party = [...plain.parties.values()].find((one) => one.kind === kind)!
  return { ...party, usual: { ...party.usual, ...terms } }
})
const books = {
  ...plain,
  parties: new Map([...plain.parties, ...[customer!, supplier!].map((p) => [partyKey(p.kind, p.number), p] as const)]),
}
const setting = { books, today: '2026-03-20' as IsoDate }
const account = (of: typeof customer) => `${of!.controlAccount}:${of!.number}`
/** The due date of a line, as its cells are typed one by one. */
const dueAfter = (type: string, ...cells: [field: string, value: string][]) => {
  const header = { type, voucherDate: '2026-03-03', documentDate: '', text: '', reason: '' }
  let desk = emptyDesk(`vch_${'0'.repeat(26)}`, header)
  for (const [field, value] of cells) desk = edited(desk, [{ row: 0, field, value }], setting)
  return desk.rows[0]!.dueDate
}

test.each([
  ['IF', supplier, '-100', '2026-03-17'],
  ['UF', customer, '100', '2026-03-17'],
  ['HB', supplier, '-100', '2026-03-17'],
  ['BU', supplier, '100', ''],
  ['BU', supplier, '', ''],
  ['BI', customer, '-100', ''],
  ['BK', customer, '-100', ''],
  ['IK', supplier, '100', ''],
  ['HB', customer, '-100', ''],
] as const)('in %s a line of %o falls due as its side says', (type, party, amount, due) => {
  expect(dueAfter(type, ['account', account(party)], ['amount', amount])).toBe(due)
  expect(dueAfter(type, ['amount', amount], ['account', account(party)])).toBe(due)
})

test('a day that was written stays, whatever the amount', () => {
  expect(dueAfter('IF', ['account', account(supplier)], ['dueDate', '31.03'], ['amount', '100'])).toBe('2026-03-31')
  expect(dueAfter('IF', ['account', account(supplier)], ['amount', '-100'], ['amount', '100'])).toBe('')
})

test('a day that was filled in follows the type and the day of the voucher; one that was written stays', () => {
  const header = { type: 'IF', voucherDate: '2026-03-03', documentDate: '', text: '', reason: '' }
  const typed = (row: number, dueDate?: string) => [
    { row, field: 'account', value: account(supplier) },
    ...(dueDate ? [{ row, field: 'dueDate', value: dueDate }] : []),
  ]
  const empty = emptyDesk(`vch_${'0'.repeat(26)}`, header)
  const invoice = edited(empty, [...typed(0), ...typed(1, '31.03')], setting)
  const due = (desk: typeof invoice) => desk.rows.slice(0, 2).map((row) => row.dueDate)
  expect(due(invoice)).toEqual(['2026-03-17', '2026-03-31'])
  const payment = withHead(invoice, { ...header, type: 'BU' }, setting)
  expect(due(payment)).toEqual(['', '2026-03-31'])
  expect(due(withHead(payment, header, setting))).toEqual(['2026-03-17', '2026-03-31'])
  expect(due(withHead(invoice, { ...header, voucherDate: '2026-03-05' }, setting))).toEqual([
    '2026-03-19',
    '2026-03-31',
  ])
  const fix = { row: -1, field: 'voucherDate', value: '2026-03-05' }
  const verdict = judge(invoice, { books, rights: { softLock: false }, locale: 'nb' })
  expect(due(cured(invoice, fix, verdict, setting))).toEqual(['2026-03-19', '2026-03-31'])
  // In the sheet type and day are typed in the line itself.
  expect(due(edited(invoice, [{ row: 0, field: 'type', value: 'BU' }], setting))).toEqual(['', '2026-03-31'])
})

test('the beginning of a name that an invoice and a credit note share is the invoice', () => {
  for (const [text, series] of [
    ['inng', 'IF'],
    ['utg', 'UF'],
    ['inngående k', 'IK'],
  ] as const) {
    const { options, chosen } = typeOptions(text, books, 'nb')
    expect([text, options[chosen]?.code]).toEqual([text, series])
  }
})
