import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { entriesOf } from '#worker/ledger/entry.ts'
import { withDefaults } from '#worker/ledger/voucher-draft.ts'
import { count, partsOf, shareOf } from '#worker/templates/formula.ts'
import { dueDates, nextDue } from '#worker/templates/recurring.ts'
import { checkTemplate, type TemplateContent } from '#worker/templates/template.ts'
import { unfold, unfoldLine } from '#worker/templates/unfold.ts'

const books = testBooks()
const day = (s: string) => s as IsoDate
const kr = (formula: string, values: Record<string, number> = {}) =>
  count(formula, new Map(Object.entries(values).map(([name, n]) => [name, ore(n)])))

describe('a formula', () => {
  test.each([
    ['100', 100_00],
    ['12,50', 12_50],
    ['beløp', 1_000_00],
    ['-beløp', -1_000_00],
    ['beløp * 25 %', 250_00],
    ['beløp / 1,25', 800_00],
    ['beløp / 3', 333_33],
    ['(beløp - 100) * 2', 1_800_00],
    ['beløp − 2 × frakt', 900_00],
    ['100 + beløp', 1_100_00],
    ['2 * 3', 6_00],
    ['--5', 5_00],
  ])('%s', (formula, amount) => {
    expect(kr(formula, { beløp: 1_000_00, frakt: 50_00 })).toEqual({ amount })
  })
  test.each([
    ['beløp +', 'unread', 8],
    ['(beløp', 'unread', 7],
    ['beløp beløp', 'unread', 7],
    ['belop', 'name', 1],
    ['beløp / 0', 'zero', 7],
    ['beløp * beløp', 'unread', 7],
    ['99999999999999999', 'too-large', 1],
    ['beløp ; drop', 'unread', 7],
  ])('%s cannot be counted: %s at %i', (formula, reason, at) => {
    expect(kr(formula, { beløp: 1_000_00 })).toMatchObject({ fault: { reason, at } })
  })
  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9+*/()%., -]{0,30}$/)), (text) => {
        expect(kr(text, { a: 1 })).toBeDefined()
      }),
    )
  })
  test('shares of 100 % are the whole, whatever it is', () => {
    expect(shareOf('- 33,3333 % * beløp')).toEqual({ of: 'beløp', negative: true, weight: 333_333 })
    expect(shareOf('beløp * 70 %')).toBeUndefined()
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 1, max: 999_998 }), (n, w) => {
        const parts = partsOf(ore(n), [w, 1_000_000 - w])
        expect(parts[0]! + parts[1]!).toBe(n)
      }),
    )
  })
})

const power: TemplateContent = {
  name: 'Strøm',
  type: 'incoming-invoice',
  text: 'Strøm {måned}',
  parameters: [
    { name: 'beløp', kind: 'amount' },
    { name: 'leverandør', kind: 'party', default: '20017' },
    { name: 'forfall', kind: 'date', default: '+14' },
  ],
  lines: [
    { account: '6340', amount: '70 %', vatCode: '1', dimensions: { department: '10' } },
    { account: '6340', amount: '30 %', vatCode: '1', dimensions: { department: '20' } },
    { account: '2400:{leverandør}', amount: 'rest', dueDate: '{forfall}', invoiceNumber: 'S-{år}' },
  ],
}

describe('a template', () => {
  test('unfolds into a voucher that balances to the øre and remembers where it came from', () => {
    const given = { voucherDate: day('2026-03-10'), values: { beløp: 100_01 } }
    const { draft, issues } = unfold({ key: 'STRØM', version: 3, content: power }, given, books)
    expect(issues).toEqual([])
    expect(draft).toEqual({
      type: 'incoming-invoice',
      voucherDate: '2026-03-10',
      text: 'Strøm 03.2026',
      template: { key: 'STRØM', version: 3 },
      lines: [
        { rowKey: 'r1', account: '6340', amount: 70_00, vatCode: '1', dimensions: { department: '10' } },
        { rowKey: 'r2', account: '6340', amount: 30_01, vatCode: '1', dimensions: { department: '20' } },
        {
          rowKey: 'r3',
          account: '2400:20017',
          amount: -100_01,
          dueDate: '2026-03-24',
          invoiceNumber: 'S-2026',
        },
      ],
    })
  })
  test('the rest takes net VAT with it', () => {
    const content: TemplateContent = {
      name: 'x',
      parameters: [{ name: 'n', kind: 'amount' }],
      lines: [
        { account: '6800', amount: 'n', vatCode: '1', vatMode: 'net' },
        { account: '1920', amount: 'rest' },
      ],
    }
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (n) => {
        const { draft } = unfold(
          { key: 'x', version: 1, content },
          { voucherDate: day('2026-03-10'), values: { n } },
          books,
        )
        const entries = entriesOf(withDefaults({ id: 'vch_', ...draft }), books)
        expect(entries.reduce((s, e) => s + e.amount, 0)).toBe(0)
      }),
    )
  })
  test('as a key it fills one line’s amount into several', () => {
    const content = { ...power, lines: power.lines.slice(0, 2) }
    const line = { amount: ore(-99), voucherDate: day('2026-03-10') }
    expect(unfoldLine({ key: 's', version: 1, content }, line, books).draft.lines.map((l) => l.amount)).toEqual([
      -69, -30,
    ])
  })
  test('what is missing is asked for by name', () => {
    const { issues } = unfold(
      { key: 's', version: 1, content: power },
      { voucherDate: day('2026-03-10'), values: { forfall: 'i morgen' } },
      books,
    )
    expect(issues.map((i) => [i.pointer, i.code])).toEqual([
      ['#/values/beløp', 'template/parameter-missing'],
      ['#/values/forfall', 'date/invalid'],
    ])
  })
  test.each([
    ['an unknown amount', { amount: 'belop' }, 'template/formula', '#/lines/0/amount'],
    ['a percentage of nothing', { amount: '70 % * frakt' }, 'template/formula', '#/lines/0/amount'],
    ['two rests', { amount: 'rest' }, 'template/rest-twice', '#/lines/2/amount'],
    ['a place nobody fills', { text: '{hvem}' }, 'template/parameter-unknown', '#/lines/0/text'],
    ['a script that cannot be read', { script: 'SPRE(1)' }, 'script/invalid', '#/lines/0/script'],
  ])('%s is told before it is used', (_, over, code, pointer) => {
    const [first, ...rest] = power.lines
    const issues = checkTemplate({ ...power, lines: [{ ...first!, ...over }, ...rest] })
    expect(issues.map((i) => [i.code, i.pointer])).toEqual([[code, pointer]])
  })
  test('a name used twice, or with a meaning of its own, is told', () => {
    const parameters = [
      { name: 'rest', kind: 'amount' as const },
      ...power.parameters,
      { name: 'beløp', kind: 'text' as const },
    ]
    expect(checkTemplate({ ...power, parameters }).map((i) => i.code)).toContain('template/name-taken')
  })
  test('division by nothing is told when it is used', () => {
    const content: TemplateContent = {
      name: 'x',
      parameters: [{ name: 'n', kind: 'amount' }],
      lines: [{ account: '6800', amount: 'n / 0' }],
    }
    const { issues } = unfold(
      { key: 'x', version: 1, content },
      { voucherDate: day('2026-03-10'), values: { n: 5 } },
      books,
    )
    expect(issues.map((i) => [i.code, i.params?.reason])).toEqual([['template/formula', 'zero']])
  })
})

describe('due days', () => {
  test('the same day of each month, or its last, less what was made', () => {
    const r = { firstDate: day('2026-01-31'), every: 1 }
    expect(dueDates(r, day('2026-04-15'))).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
    expect(dueDates(r, day('2026-04-15'), new Set(['2026-02-28']))).toEqual(['2026-01-31', '2026-03-31'])
    expect(nextDue(r, day('2026-04-15'))).toBe('2026-04-30')
  })
  test('each quarter until the last day', () => {
    const r = { firstDate: day('2026-01-05'), every: 3, lastDate: day('2026-08-01') }
    expect(dueDates(r, day('2030-01-01'))).toEqual(['2026-01-05', '2026-04-05', '2026-07-05'])
    expect(nextDue(r, day('2026-07-05'))).toBeUndefined()
    expect(dueDates({ ...r, active: false }, day('2030-01-01'))).toEqual([])
  })
})
