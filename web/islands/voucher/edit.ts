import { vatModeOf } from '#i18n/vat-mode-text.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { decimal, oreAtRate } from '#worker/core/decimal.ts'
import { CLASH } from '#worker/drafts/draft-merge.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { ColumnLayout } from '#worker/screens/screen-layout.ts'
import { accountFrom, codeFrom, defaultVatCode, dimensionFrom, rateOf } from '#worker/sheets/cell-values.ts'
import { readTypedAmount } from '#worker/sheets/read-amount.ts'
import { readDay } from '#worker/sheets/read-day.ts'
import { matchesIn, type RowMatch, settledBy } from '#worker/sheets/row-matches.ts'
import {
  BLANK,
  type Desk,
  type Edit,
  fieldOf,
  type Header,
  isBlank,
  nextKey,
  type Row,
  withRoom,
  withValue,
} from '#worker/sheets/sheet.ts'
import type { Template } from '#worker/templates/template.ts'
import { unfolded } from './unfolding.ts'
import { partyIn, withUsualDueDate, withUsualValues } from './usual-values.ts'

/** The facts and the day that typed texts are read by. */
export type Setting = {
  books: Books
  today: IsoDate
  /** What is filled in or repeated on a new line. */
  columns?: readonly ColumnLayout[]
  /** Templates and keys that a text cell unfolds into lines. */
  templates?: readonly Template[] | undefined
}

/** The field that takes a row away when something is put in it: one of the two ways out of a clash. */
export const REMOVED = 'removed'

/** Types texts into cells. What follows is filled in visibly: the account's VAT code, the voucher a new row belongs to. */
export function edited(desk: Desk, edits: readonly Edit[], setting: Setting): Desk {
  const rows = [...desk.rows]
  let changed = false
  let { header, more } = desk
  for (const { row: at, field, value } of edits) {
    while (rows.length <= at) rows.push(BLANK)
    const before = rows[at]!
    if (before.posted) continue
    const key = field === 'text' ? unfolded({ ...desk, header, rows }, at, before, value, setting) : undefined
    if (key) {
      rows.splice(at, 1, ...key.rows)
      header = key.header
      more = key.more
      changed = true
      continue
    }
    const after = field === REMOVED ? BLANK : withoutClash(typed(before, field, value, desk.header, setting), field)
    if (after === before) continue
    changed = true
    rows[at] =
      isBlank(before) && !isBlank(after) ? begun(joined(after, rows, at, desk), rows, at, desk, setting) : after
    if (field === 'account') withCounterAccount(rows, at, before, desk, setting)
  }
  return changed ? { ...desk, header, ...(more && { more }), rows: withRoom(rows) } : desk
}

/** Another head: due dates that were filled in by it go with it, as to a payment, which has none. */
export function withHead(desk: Desk, header: Header, { books }: Setting): Desk {
  const rows = desk.rows.map((row) =>
    row.posted ? row : withUsualDueDate(row, { row, header: desk.header }, header, books),
  )
  return { ...desk, header, rows }
}

/** A party one picks brings its usual account to the row below, where that is empty and no longer list follows. */
function withCounterAccount(rows: Row[], at: number, before: Row, desk: Desk, setting: Setting) {
  const account = partyIn(rows[at]!.account, setting.books)?.usual?.account
  if (!account || !isBlank(before) || !isBlank(rows[at + 1] ?? BLANK) || !setting.books.accounts.has(account)) return
  const vatCode = partyIn(rows[at]!.account, setting.books)?.usual?.vatCode
  const counter = withAccount(rows[at + 1] ?? BLANK, account, desk.header, setting.books)
  rows[at + 1] = joined(vatCode ? { ...counter, vatCode } : counter, rows, at + 1, desk)
}

/** Whoever writes in a cell has chosen what stands in it. */
function withoutClash(row: Row, field: string): Row {
  const clash = field.startsWith(CLASH) ? field : CLASH + (field === 'debit' || field === 'credit' ? 'amount' : field)
  if (!(clash in row.more)) return row
  const { [clash]: _, ...more } = row.more
  return { ...row, more }
}

/** A new line takes what its columns are filled in with, or repeat from the line above; what was typed in it comes first. */
function begun(row: Row, rows: readonly Row[], at: number, desk: Desk, setting: Setting): Row {
  const above = rows.slice(0, at).findLast((other) => !isBlank(other))
  let filled = row
  for (const { field, fill, repeats } of setting.columns ?? []) {
    if (fieldOf(filled, field) !== '') continue
    const value = (repeats && above ? fieldOf(above, field) : '') || fill
    if (value !== undefined && value !== '') filled = typed(filled, field, value, desk.header, setting)
  }
  return filled
}

/** A row one begins to write belongs to the voucher above it. */
function joined(row: Row, rows: readonly Row[], at: number, desk: Desk): Row {
  if (desk.mode === 'voucher' || row.voucher) return row
  const above = rows.slice(0, at).findLast((other) => other.voucher !== '' && !isBlank(other))
  if (!above || above.posted) return { ...row, voucher: nextKey(rows) }
  return { ...row, voucher: above.voucher, id: above.id }
}

/** A row with what was typed, and what follows from it. */
function typed(row: Row, field: string, value: unknown, header: Header, setting: Setting): Row {
  const next = withTyped(row, field, value, header, setting)
  return next === row ? row : withUsualDueDate(next, { row, header }, header, setting.books)
}

function withTyped(row: Row, field: string, value: unknown, header: Header, setting: Setting): Row {
  const text = value === null || value === undefined ? '' : String(value).replaceAll('\u0000', '').trim()
  switch (field) {
    case 'amount':
    case 'debit':
    case 'credit': {
      const amount = typeof value === 'number' ? value : amountFrom(text)
      const other = field === 'debit' ? 'credit' : 'debit'
      if (amount === '' && field !== 'amount' && fieldOf(row, other) !== '') return row
      return withinAmount(changedTo(row, field, amount), header)
    }
    case 'vatAmount':
      return changedTo(row, field, typeof value === 'number' ? value : signedAs(amountFrom(text), row.amount, text))
    case 'currencyAmount':
      return withCurrency(changedTo(row, field, typeof value === 'number' ? value : amountFrom(text)))
    case 'currency':
      return withCurrency(changedTo(row, field, text.toUpperCase()))
    case 'rate':
      return withCurrency(changedTo(row, field, rateFrom(text)))
    case 'date':
    case 'documentDate':
    case 'dueDate':
    case 'vatDate':
      return changedTo(row, field, dateFrom(text, row.date || header.voucherDate, setting.today))
    case 'vatMode':
      return changedTo(row, field, vatModeOf(text))
    case 'quantity':
      return changedTo(row, field, quantityFrom(text))
    case 'matches':
      return withMatches(changedTo(row, field, text), matchesIn(row.matches) ?? [])
    case 'account':
      return withAccount(row, accountFrom(text, setting.books), header, setting.books)
    case 'vatCode':
      return changedTo(
        row,
        field,
        codeFrom(text, (code) => setting.books.vatCodes.has(code)),
      )
    default:
      if (field.startsWith(CLASH)) return row
      return field.startsWith('dimensions/')
        ? changedTo(row, field, dimensionFrom(text, field.slice(11), setting.books))
        : changedTo(row, field, text)
  }
}

/** VAT has the sign of its amount: typed without one it is the amount's. */
function signedAs(vat: number | string, amount: number | string, text: string): number | string {
  const unsigned = typeof vat === 'number' && typeof amount === 'number' && !/^[-+(]|-$/.test(text)
  return unsigned && amount < 0 && vat !== 0 ? -vat : vat
}

/** `11,6543`, `103,25/100` for one that is quoted per hundred; anything else as it was typed. */
export function rateFrom(text: string): string {
  const tight = text.replace(/[\s\u00a0]/g, '')
  const read = /^(\d{1,12})(?:[.,](\d{1,12}))?(\/100)?$/.exec(tight)
  if (!read) return text
  return `${read[1]!.replace(/^0+(?=\d)/, '')}${read[2] ? `.${read[2]}` : ''}${read[3] ?? ''}`
}

/** `2,5` as it is kept; anything else as it was typed. */
function quantityFrom(text: string): string {
  const tight = text
    .replace(/[\s\u00a0]/g, '')
    .replace('\u2212', '-')
    .replace(',', '.')
  return decimal(tight) ? tight : text
}

/** Open items one picks say what the row comes to, unless another amount is written than those of before came to. */
function withMatches(row: Row, before: readonly RowMatch[]): Row {
  const items = matchesIn(row.matches) ?? []
  const isOwn = row.amount === '' || (before.length > 0 && row.amount === settledBy(before))
  return items.length > 0 && isOwn ? { ...row, amount: settledBy(items) } : row
}

/** What a line that is put right settled goes with an amount that is less: what opens again is told. */
function withinAmount(row: Row, { reversalDate }: Header): Row {
  if (!reversalDate || row.matches === '' || typeof row.amount !== 'number') return row
  const settled = settledBy(matchesIn(row.matches) ?? [])
  const fits = Math.sign(settled) * Math.sign(row.amount) >= 0 && Math.abs(settled) <= Math.abs(row.amount)
  return fits ? row : { ...row, matches: '' }
}

/** Where currency amount and rate stand, the amount in kroner follows them. */
function withCurrency(row: Row): Row {
  const given = rateOf(row.rate)
  const rate = given && decimal(given.rate)
  if (typeof row.currencyAmount !== 'number' || !given || !rate || row.currency === '') return row
  const amount = oreAtRate(row.currencyAmount, rate, given.unit)
  return amount === undefined ? row : changedTo(row, 'amount', amount)
}

const changedTo = (row: Row, field: string, value: number | string): Row =>
  fieldOf(row, field) === value ? row : withValue(row, field, value)

function amountFrom(text: string): number | string {
  const read = readTypedAmount(text)
  return read.kind === 'amount' ? read.ore : text
}

export const dateFrom = (text: string, near: string, today: IsoDate): string =>
  text === '' ? '' : (readDay(text, isoDate(near) ?? today, today) ?? text)

/** Another account brings its own default, unless a VAT code was chosen by hand. */
function withAccount(row: Row, account: string, header: Header, books: Books): Row {
  if (row.account === account) return row
  const [type, day] = [row.type || header.type, row.date || header.voucherDate]
  const usual = (field: string) => defaultVatCode(books.accounts.get(accountAndParty(field).account), type, day, books)
  const untouched = row.vatCode === '' || row.vatCode === usual(row.account)
  const vatCode = untouched ? usual(account) : row.vatCode
  return withUsualValues({ ...row, account, vatCode, matches: '' }, row, header, books) // items are of one party and account
}

/** The rows without those between two places, both included; posted ones stay. */
export function withoutRows(desk: Desk, from: number, to: number): Desk {
  const rows = desk.rows.filter((row, i) => i < from || i > to || row.posted !== '')
  return rows.length === desk.rows.length ? desk : { ...desk, rows: withRoom(rows) }
}

export const withRowAt = (desk: Desk, at: number, row: Row): Desk => ({
  ...desk,
  rows: withRoom([...desk.rows.slice(0, at), row, ...desk.rows.slice(at)]),
})

/** A copy of the row below it, in the same voucher. */
export const withCopyOf = (desk: Desk, at: number): Desk =>
  !desk.rows[at] || isBlank(desk.rows[at]) || desk.rows[at].posted ? desk : withRowAt(desk, at + 1, desk.rows[at])

/** Each chosen column takes the value of its topmost cell all the way down; of one row alone, that of the row above. */
export function filledDown(
  desk: Desk,
  range: { top: number; bottom: number },
  fields: readonly string[],
  setting: Setting,
): Desk {
  const from = range.top === range.bottom ? range.top - 1 : range.top
  const source = desk.rows[from]
  if (!source) return desk
  const edits: Edit[] = []
  for (let row = from + 1; row <= range.bottom; row++)
    for (const field of fields) edits.push({ row, field, value: fieldOf(source, field) })
  return edited(desk, edits, setting)
}
