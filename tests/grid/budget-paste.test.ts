import { describe, expect, test } from 'vitest'
import type { Books } from '#worker/ledger/books.ts'
import { readBudgetTable } from '#worker/sheets/paste-budget.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'

const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`)
const values = [
  { code: '10', name: 'Verksted', closedFrom: null },
  { code: '20', name: 'Montasje', closedFrom: null },
]
const account = (number: string, type: string) => [number, { number, type, nameNb: number, nameEn: number }] as const
const books = {
  accounts: new Map([account('3000', 'income'), account('4000', 'expense'), account('6300', 'expense')]),
  dimensions: new Map([
    [
      'department',
      {
        key: 'department',
        nameNb: 'Avdeling',
        nameEn: 'Department',
        values,
        rules: {},
        byCode: new Map(values.map((v) => [v.code, v])),
      },
    ],
  ]),
} as unknown as Books

const read = (text: string) => readBudgetTable(cellsOf(text), { months, books })
/** Each line as it was read, in kroner. */
const lines = (text: string) =>
  read(text)?.lines.map((l) =>
    [
      l.account,
      ...Object.values(l.dimensions),
      ...(l.total === undefined ? [...l.amounts].map(([m, a]) => `${m + 1}:${a / 100}`) : [`=${l.total / 100}`]),
    ].join(' '),
  )
const told = (text: string) => read(text)?.told.map((t) => t.key)
const tabs = (...rows: string[]) => rows.map((row) => row.replaceAll('|', '\t')).join('\n')
const twelve = Array.from({ length: 12 }, (_, i) => String((i + 1) * 100)).join('|')

describe('a budget is read in the layout it was pasted', () => {
  test.each<[string, string, string[]]>([
    ['months across', tabs('Konto|Jan|Feb', '3000|1 000|2 000'), ['3000 1:1000 2:2000']],
    ['months as dates', tabs('Konto|31.01.2026|28.02.2026', '3000|1000|2000'), ['3000 1:1000 2:2000']],
    ['months as 2026-01', tabs('Account|2026-01|2026-02', '3000|1000|'), ['3000 1:1000']],
    ['months of another year are no columns', tabs('Konto|jan 25|jan 26', '3000|5|7'), ['3000 1:7']],
    ['months as periods', tabs('Kontonr|Navn|P1|P2', '3000|Salg|1|2'), ['3000 1:1 2:2']],
    [
      'months as numbers',
      tabs('Konto|1|2|3|4|5|6|7|8|9|10|11|12', `3000|${twelve}`),
      [`3000 ${months.map((_, i) => `${i + 1}:${(i + 1) * 100}`).join(' ')}`],
    ],
    [
      'no header, twelve columns and a sum',
      tabs(`3000|Salg|${twelve}|7800`),
      [`3000 ${months.map((_, i) => `${i + 1}:${(i + 1) * 100}`).join(' ')}`],
    ],
    [
      'a sum only',
      tabs('Konto|Kontonavn|Budsjett 2026', '3000|Salg|12 000', '6300|Leie|600,50'),
      ['3000 =12000', '6300 =600.5'],
    ],
    [
      'account and name in one cell',
      tabs('|Jan|Feb', '3000 Salg|1|2', '6300 - Leie|3|4'),
      ['3000 1:1 2:2', '6300 1:3 2:4'],
    ],
    [
      'months down, accounts across',
      tabs('Måned|3000|6300', 'Januar|10|3', 'Februar|20|4'),
      ['3000 1:10 2:20', '6300 1:3 2:4'],
    ],
    [
      'a row for each month',
      tabs('Konto|Periode|Beløp', '3000|jan|5', '3000|feb|6', '6300|1|7'),
      ['3000 1:5 2:6', '6300 1:7'],
    ],
    [
      'a column of departments',
      tabs('Konto|Avdeling|Jan|Feb', '3000|10|1|2', '3000|Montasje|3|4'),
      ['3000 10 1:1 2:2', '3000 20 1:3 2:4'],
    ],
    [
      'departments as columns',
      tabs('Konto|Verksted|20 Montasje', '3000|100|200', '6300||50'),
      ['3000 10 =100', '3000 20 =200', '6300 20 =50'],
    ],
    [
      'departments as parts',
      tabs('Avdeling 10 Verksted||', 'Konto|Jan|Feb', '3000|1|2', '|', 'Montasje||', '3000|3|4'),
      ['3000 10 1:1 2:2', '3000 20 1:3 2:4'],
    ],
    ['in thousands', tabs('Tall i hele tusen||', 'Konto|Jan|Feb', '3000|1,5|2'), ['3000 1:1500 2:2000']],
    ['thousands with dots', tabs('Konto|Jan|Feb', '3000|1.500|2.000.000'), ['3000 1:1500 2:2000000']],
    ['English figures', tabs('Account|Jan|Feb', '3000|1,500.50|2,000'), ['3000 1:1500.5 2:2000']],
    ['negative in parentheses', tabs('Konto|Jan|Feb', '6300|(50)|-40'), ['6300 1:-50 2:-40']],
    ['semicolons', 'Konto;Jan;Feb\n3000;1 000,50;2\n6300;3;4', ['3000 1:1000.5 2:2', '6300 1:3 2:4']],
    ['an empty month is not zero', tabs('Konto|Jan|Feb|Mar', '3000|0||5'), ['3000 1:0 3:5']],
    [
      'an account that does not exist is kept',
      tabs('Konto|Jan|Feb', '3000|1|2', '9998|3|4'),
      ['3000 1:1 2:2', '9998 1:3 2:4'],
    ],
    ['last year beside it is left out', tabs('Konto|Fjoråret|Jan|Feb', '3000|99|1|2'), ['3000 1:1 2:2']],
    ['true twins both stay', tabs('Konto|Jan|Feb', '3000|1|2', '3000|1|2'), ['3000 1:1 2:2', '3000 1:1 2:2']],
  ])('%s', (_, text, expected) => expect(lines(text)).toEqual(expected))

  test('headings and sums are left out, and the sums are proofs', () => {
    const text = tabs(
      'Resultatbudsjett||',
      'Konto|Jan|Feb|Sum',
      'Inntekter|||',
      '3000|5|6|11',
      'Sum inntekter|5|6|11',
      '6300|1|2|4',
    )
    expect(lines(text)).toEqual(['3000 1:5 2:6', '6300 1:1 2:2'])
    expect(told(text)).toEqual([
      'pastedHeader',
      'pastedAccount',
      'pastedMonths',
      'pastedSkipped',
      'pastedProof',
      'pastedDiffers',
    ])
    expect(read(text)!.told.at(-1)).toEqual({ key: 'pastedDiffers', params: { row: 6, printed: 400, sum: 300 } })
  })
  test('what cannot be read is told and not taken', () => {
    const text = tabs('Konto|Jan|Feb', '3000|ca. 100|2')
    expect(lines(text)).toEqual(['3000 2:2'])
    expect(read(text)!.told.at(-1)).toEqual({
      key: 'pastedUnreadable',
      params: { row: 2, column: 'Jan', text: 'ca. 100' },
    })
  })
  test('the sign is told by income and cost', () => {
    const sign = (income: string, cost: string) =>
      read(tabs('Konto|Jan|Feb', `3000|${income}|0`, `6300|${cost}|0`))!.recognised.sign
    expect([sign('10', '5'), sign('-10', '5'), sign('10', '-5')]).toEqual(['natural', 'debit', 'result'])
  })
  test('what is no budget is not read as one', () => {
    for (const text of ['100', tabs('1|2', '3|4'), 'hei', tabs('Navn|Jan', 'Per|5')]) expect(read(text)).toBeUndefined()
  })
})

test('a figure with two readings is asked about, and what is rounded is told', () => {
  const text = tabs('Konto|Sum', '3000|-475.962', '6300|100.500')
  expect(read(text)?.questions.map((q) => [q.of, q.params.decimal, q.params.thousands])).toEqual([
    ['number', -47_596, -47_596_200],
  ])
  const said = (number: 'decimal' | 'thousands') => readBudgetTable(cellsOf(text), { months, books }, { number })!
  expect(said('thousands').lines.map((l) => l.total)).toEqual([-47_596_200, 10_050_000])
  expect([said('decimal').lines[1]!.total, said('decimal').questions]).toEqual([10_050, []])
  expect(told(tabs('Konto|Sum', '6300|33,33333'))).toContain('pastedRounded')
})
