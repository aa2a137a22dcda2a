import { describe, expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { edited } from '#web/islands/voucher/edit.ts'
import { judge } from '#web/islands/voucher/judge.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { BLANK, emptyDesk, isBlank } from '#worker/sheets/sheet.ts'
import type { Template } from '#worker/templates/template.ts'

const books = testBooks()
const template = (key: string, content: Omit<Template['content'], 'name'>): Template => ({
  key,
  version: 4,
  active: true,
  content: { name: key, ...content },
  office: null,
})
const amount = { name: 'beløp', kind: 'amount' as const }
const templates = [
  template('70', {
    parameters: [amount],
    lines: [
      { account: '6800', amount: '70 %', vatCode: '1', dimensions: { department: '10' } },
      { account: '6800', amount: '30 %', vatCode: '1' },
    ],
  }),
  template('LEIE', {
    type: 'bank',
    text: 'Leie {måned}',
    parameters: [{ ...amount, default: '12500' }],
    lines: [
      { account: '6305', amount: 'beløp', vatCode: '1', script: 'SPRE(3;2;1749)' },
      { account: '1920', amount: 'rest' },
    ],
  }),
]
const setting = { books, today: '2026-03-10' as IsoDate, templates }
const header = { type: 'HB', voucherDate: '2026-03-10', documentDate: '', text: '', reason: '' }
const desk = emptyDesk(`vch_${'a'.repeat(26)}` as VoucherId, header)
const lines = (d: typeof desk) => d.rows.filter((row) => !isBlank(row)).map((r) => [r.account, r.amount, r.vatCode])

describe('a key typed in the text cell', () => {
  test('unfolds the line’s amount into lines that sum to it, and one undo takes them back', () => {
    const typed = edited(
      desk,
      [
        { row: 0, field: 'amount', value: '100,01' },
        { row: 0, field: 'quantity', value: '2,5' },
        { row: 0, field: 'vatMode', value: 'net' },
        { row: 0, field: 'text', value: '70' },
      ],
      setting,
    )
    expect(lines(typed)).toEqual([
      ['6800', 7000, '1'],
      ['6800', 3001, '1'],
    ])
    expect(typed.rows[0]).toMatchObject({ dimensions: { department: '10' }, quantity: '2.5', vatMode: 'net' })
    expect(typed.rows.at(-1)).toBe(BLANK)
  })
  test('of a whole template makes the voucher, which remembers it; its plan is seen', () => {
    const typed = edited(desk, [{ row: 0, field: 'text', value: 'leie' }], setting)
    expect(lines(typed)).toEqual([
      ['6305', 12_500_00, '1'],
      ['1920', -12_500_00, ''],
    ])
    expect([typed.header.type, typed.header.text]).toEqual(['BK', 'Leie 03.2026'])
    const { vouchers } = judge(typed, { books, rights: { softLock: false }, locale: 'nb' })
    expect(vouchers[0]!.draft).toMatchObject({ template: { key: 'LEIE', version: 4 } })
    expect(vouchers[0]!.placed.filter((p) => p.level === 'error')).toEqual([])
    expect(vouchers[0]!.judgement.plans[0]!.months.map((m) => m.amount)).toEqual([5_000_00, 5_000_00])
  })
  test('is a text like any other on a line with an account, beside other lines, and when it is no key', () => {
    const filled = edited(
      desk,
      [
        { row: 0, field: 'account', value: '6800' },
        { row: 0, field: 'text', value: '70' },
      ],
      setting,
    )
    expect(filled.rows[0]).toMatchObject({ account: '6800', text: '70' })
    const beside = edited(filled, [{ row: 1, field: 'text', value: 'LEIE' }], setting)
    expect(beside.rows[1]).toMatchObject({ account: '', text: 'LEIE' })
    expect(edited(desk, [{ row: 0, field: 'text', value: 'Leien' }], setting).rows[0]!.text).toBe('Leien')
  })
})

test('a script in its cell is judged with the line, and what is wrong stands in that cell', () => {
  const typed = edited(
    desk,
    [
      { row: 0, field: 'account', value: '7500' },
      { row: 0, field: 'amount', value: '300' },
      { row: 0, field: 'script', value: 'SPRE(3;x;1749)' },
    ],
    setting,
  )
  const { cells } = judge(typed, { books, rights: { softLock: false }, locale: 'nb' })
  expect(cells.get(0)?.get('script')?.[0]?.message).toContain('Tegn 8: her skal det stå et antall')
})
