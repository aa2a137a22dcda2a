import { describe, expect, test } from 'vitest'
import { rowOfCells } from '#web/islands/opening/opening-cells.ts'
import { textReaders } from '#web/islands/opening/opening-desk.ts'
import { readOpeningTable, turned } from '#web/islands/opening/paste-opening.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'

const account = (number: string, control: string | null = null) => [number, { number, control, type: 'asset' }] as const
const books = {
  accounts: new Map([account('1500', 'customer'), account('1920'), account('2050'), account('2400', 'supplier')]),
  dimensions: new Map(),
  parties: new Map(),
} as unknown as Books
const tabs = (...rows: string[]) => rows.map((row) => row.replaceAll('|', '\t')).join('\n')
/** Account, party, invoice and amount in kroner of each row. */
const read = (text: string) =>
  readOpeningTable(cellsOf(text), books)?.rows.map((cells, i) => {
    const { row } = rowOfCells(String(i), cells, textReaders('2026-01-01' as IsoDate))
    return [row.account, row.party, row.invoiceNumber, row.dueDate, row.amount === null ? null : row.amount / 100]
      .join(' ')
      .trim()
  })

describe('an opening list is read as the old system printed it', () => {
  test.each<[string, string, string[]]>([
    [
      'one signed amount',
      tabs('Konto|Kontonavn|Saldo', '1920|Bank|1 250,50', '2050|Egenkapital|-1 250,50'),
      ['1920    1250.5', '2050    -1250.5'],
    ],
    [
      'debit and credit, with headings and sums',
      tabs('Saldoliste||', 'Konto|Debet|Kredit', 'Eiendeler||', '1920 Bank|500|', 'Sum|500|', '2050||500'),
      ['1920    500', '2050    -500'],
    ],
    ['no header', tabs('1920|Bank|100', '2050|EK|-100'), ['1920    100', '2050    -100']],
    [
      'open items of customers go on their control account',
      tabs(
        'Kundenr|Kundenavn|Faktura|Forfall|Restbeløp',
        '10001|Berg AS|881|02.01.2026|2 000',
        '10001|Berg AS|882|09.01.2026|-250',
        'Sum|||| 1 750',
      ),
      ['1500 10001 881 2026-01-02 2000', '1500 10001 882 2026-01-09 -250'],
    ],
    [
      'suppliers that stand with plus are debt',
      tabs('Leverandørnr|Navn|Fakturanr|Rest', '20001|Sag AS|S1|1 500', '20002|Lim AS|L7|300'),
      ['2400 20001 S1  -1500', '2400 20002 L7  -300'],
    ],
    ['account and party in one cell', tabs('Konto|Beløp', '1500:10001|10', '1920|5'), ['1500 10001   10', '1920    5']],
    ['true twins both stay', tabs('Kundenr|Faktura|Rest', '1|5|10', '1|5|10'), ['1500 1 5  10', '1500 1 5  10']],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected))

  test('the other sign is of both amounts: in kroner and in the currency', () => {
    expect(turned([{ amount: '10,00', currencyAmount: '-1,00' }])).toEqual([
      { amount: '-10,00', currencyAmount: '1,00' },
    ])
    expect(turned([{ account: '1920' }])).toEqual([{ account: '1920' }])
  })

  test('what has two readings is asked before any of it is taken; what stands at the end counts', () => {
    const asked = (text: string, answers = {}) =>
      readOpeningTable(cellsOf(text), books, answers)!.questions.map((q) => `${q.of} ${q.choices.map((c) => c.value)}`)
    const years = tabs('Konto|Saldo 2024|Saldo 2025', '1920|1,00|2,00', '2050|-1,00|-2,00')
    expect([asked(years), asked(years, { figure: '2' })]).toEqual([['figure 1,2'], []])
    expect(asked(tabs('Konto|Saldo', '1920|475.962', '2050|-475.962'))).toEqual(['number decimal,thousands'])
    expect(read(tabs('Konto|IB|UB', '1920|1,00|2,00', '2050|-1,00|-2,00'))).toEqual(['1920    2', '2050    -2'])
  })
  test('a party is known by name, old number or organisation number; one nobody knows keeps what it came with', () => {
    const fjord = { kind: 'customer', number: '10001', name: 'Fjord Og Fjell AS', externalNumber: '77' }
    const parties = new Map([['customer:10001', { ...fjord, organisationNumber: '923609016' }]])
    const text = tabs('Kunde|Rest', 'fjord og fjell AS|1', '77|2', '923 609 016|3', '10001 Fjord|4', 'Nordlys AS|5')
    const rows = readOpeningTable(cellsOf(text), { ...books, parties } as never)!.rows
    expect(rows.map((row) => row.party)).toEqual(['10001', '10001', '10001', '10001', 'Nordlys AS'])
  })
  test('what is no list is not read as one', () => {
    for (const text of ['hei', tabs('a|b', 'c|d'), tabs('Navn|Telefon', 'Per|22334455')])
      expect(read(text)).toBeUndefined()
  })
  test('what cannot be read stays as typed and is told', () => {
    const cells = { account: '1920', amount: 'ca. 5', dueDate: '31.02.2026' }
    const { row, unread } = rowOfCells('a', cells, textReaders('2026-01-01' as IsoDate))
    expect([row.amount, row.dueDate, unread.map((u) => [u.field, u.text])]).toEqual([
      null,
      '',
      [
        ['dueDate', '31.02.2026'],
        ['amount', 'ca. 5'],
      ],
    ])
  })
})
