import { kroner } from '#i18n/format.ts'
import { testBooks } from '#tests/support/books.ts'
import { type Reading, readTable } from '#worker/sheets/paste-table.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'

export const books = testBooks()
export const header = { type: 'HB', voucherDate: '2026-03-01', documentDate: '', text: '', reason: '' }
export const read = (text: string, answers = {}): Reading => readTable(cellsOf(text), books, answers, header)!

/** The lines as one reads them aloud: voucher, date, account, VAT code, amount, text. */
export const lines = (reading: Reading): string[] =>
  reading.lines.map(({ row }) =>
    [
      row.voucher,
      row.date,
      row.account,
      row.vatCode || '-',
      typeof row.amount === 'number' ? kroner(row.amount, 'nb').replaceAll('\u00a0', ' ') : `?${row.amount}`,
      row.text,
    ]
      .join(' ')
      .trim(),
  )
export const told = (reading: Reading): string[] => reading.told.map((t) => t.key)
export const sheet = (...rows: string[]) =>
  rows.map((row) => row.replaceAll(' | ', '\t').replaceAll('|', '\t')).join('\r\n')
