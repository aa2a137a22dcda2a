import { entryText } from '#i18n/entry-text.ts'
import { kroner, type Locale, plainKroner } from '#i18n/format.ts'
import { vatModeWords } from '#i18n/vat-mode-text.ts'
import type { Books } from '#worker/ledger/books.ts'
import { partyKey } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { fieldOf, type Header, isBlank, type Row } from '#worker/sheets/sheet.ts'
import type { Column } from './columns.ts'
import { dayShown } from './day-shown.ts'
import type { Verdict } from './judge.ts'
import { nameOf } from './search.ts'

/** The name that belongs to an account field: the party's where there is one. */
export function accountName(field: string, books: Books, locale: Locale): string | undefined {
  const { account: number, party } = accountAndParty(field)
  const account = books.accounts.get(number)
  if (!account) return undefined
  const known = account.control && party ? books.parties.get(partyKey(account.control, party)) : undefined
  return known?.name ?? nameOf(account, locale)
}

type Around = {
  books: Books
  locale: Locale
  header: Header
  verdict: Verdict
  status: (row: number) => string
  /** The open items a row settles, as people name them. */
  matches: (row: Row) => string
}

/** What a cell shows. `faint` is what the line inherits and nobody typed. */
export function shownIn(row: Row, at: number, column: Column, around: Around): { text: string; faint?: boolean } {
  const { books, locale, header, verdict } = around
  switch (column.field) {
    case 'accountName':
      return {
        text:
          row.account === '' ? '' : (accountName(row.account, books, locale) ?? entryText(locale, 'accountMissing')),
      }
    case 'vatAmount': {
      if (row.vatAmount !== '')
        return { text: typeof row.vatAmount === 'number' ? kroner(row.vatAmount, locale) : row.vatAmount }
      const vat = verdict.vatAt.get(at)
      return { text: vat === undefined ? '' : kroner(vat, locale), faint: true }
    }
    case 'status':
      return { text: around.status(at) }
    case 'vatMode':
      return { text: vatModeShown(row, locale) }
    case 'matches':
      return { text: around.matches(row) }
    case 'quantity':
      return { text: locale === 'nb' ? row.quantity.replace('.', ',') : row.quantity }
    case 'rate':
      return { text: locale === 'nb' ? row.rate.replace('.', ',') : row.rate }
    case 'amount': {
      const own = fieldOf(row, 'amount')
      const computed = own === '' && row.currencyAmount !== '' ? verdict.amountAt.get(at) : undefined
      if (computed !== undefined) return { text: kroner(computed, locale), faint: true }
      return { text: valueShown(own, column, books, locale) }
    }
    case 'text':
      return row.text === '' && header.text !== '' && !isBlank(row)
        ? { text: header.text, faint: true }
        : { text: row.text }
    case 'type':
      return row.type === '' && !isBlank(row) ? { text: header.type, faint: true } : { text: row.type }
    case 'date':
      return row.date === '' && !isBlank(row)
        ? { text: dayShown(header.voucherDate), faint: true }
        : { text: dayShown(row.date) }
    default:
      return { text: valueShown(fieldOf(row, column.field), column, books, locale) }
  }
}

function valueShown(value: number | string, column: Column, books: Books, locale: Locale): string {
  if (typeof value === 'number') return kroner(value, locale)
  if (column.kind === 'date') return dayShown(value)
  if (column.kind !== 'dimension' || value === '') return value
  const name = books.dimensions.get(column.field.slice(11))?.byCode.get(value)?.name
  return name ? `${value} ${name}` : value
}

/** What stands in the editor when one goes on with a cell: figures without spaces, days as they are read. */
export function typedText(row: Row, field: string, locale: Locale): string {
  const value = fieldOf(row, field)
  if (field === 'matches') return '' // what one types is looked for
  if (field === 'vatMode') return vatModeShown(row, locale)
  if (field === 'rate' || field === 'quantity') return locale === 'nb' ? String(value).replace('.', ',') : String(value)
  return typeof value === 'number' ? plainKroner(value, locale) : dayShown(value)
}

const vatModeShown = ({ vatMode }: Row, locale: Locale): string =>
  (vatModeWords[locale] as Record<string, string>)[vatMode] ?? vatMode

/** What a cell gives to the clipboard: as Norwegian Excel reads it back. */
export function copiedText(row: Row, at: number, column: Column, around: Around): string {
  if (column.kind === 'computed' || (column.field === 'vatAmount' && row.vatAmount === ''))
    return shownIn(row, at, column, around).text.replaceAll('\u00a0', '').replace('\u2212', '-')
  if (column.field === 'matches') return row.matches
  return typedText(row, column.field, around.locale)
}
