import { openingBalance as nb } from '#i18n/nb/opening-balance.ts'
import { openingSheetWords } from '#i18n/opening-sheet-words.ts'
import type { OpeningKey } from '#i18n/opening-text.ts'
import type { Books } from '#worker/ledger/books.ts'
import { dimensionOfTitle } from '#worker/sheets/budget-titles.ts'
import { meaningOf } from '#worker/sheets/paste-columns.ts'
import { accountIn } from '#worker/sheets/paste-shape.ts'
import { decimalOf, readAmount } from '#worker/sheets/read-amount.ts'

/** How a pasted list was read: cells by column, what is told of it, and whether the signs of supplier items were turned. */
export type PastedOpening = {
  rows: Record<string, string>[]
  told: { key: OpeningKey; params: Record<string, string | number> }[]
}

const plain = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
const ownWords = new Map(
  Object.entries(openingSheetWords).flatMap(([field, names]) => names.map((name) => [name, field] as const)),
)
const FROM_VOUCHERS = new Set([
  'account',
  'party',
  'invoiceNumber',
  'paymentReference',
  'dueDate',
  'debit',
  'credit',
  'currency',
  'text',
])

function fieldOfTitle(title: string, books: Books): string | undefined {
  const own = ownWords.get(plain(title)) ?? ownWords.get(plain(title).replace(/ (nok|kr|i nok)$/, ''))
  if (own) return own
  const dimension = dimensionOfTitle(title, books)
  if (dimension) return `dimensions/${dimension}`
  const meaning = meaningOf(title)
  return meaning && FROM_VOUCHERS.has(meaning) ? meaning : undefined
}

const HEADER_WITHIN = 12

/**
 * Reads a list of balances or of open items as the old system printed it: one signed amount or debit and credit, with headings and
 * sums in between. A list of customers or suppliers goes on their control account. Undefined when it is no such list.
 */
export function readOpeningTable(cells: readonly string[][], books: Books): PastedOpening | undefined {
  let header = -1
  let fields: (string | undefined)[] = []
  for (let at = 0; at < Math.min(cells.length, HEADER_WITHIN); at++) {
    const found = once(cells[at]!.map((title) => fieldOfTitle(title, books)))
    const has = (...names: string[]) => names.some((name) => found.includes(name))
    if (has('account', 'party', 'customer', 'supplier') && has('amount', 'debit', 'credit')) {
      header = at
      fields = found
      break
    }
  }
  if (header < 0) fields = fieldsByContent(cells, books)
  if (!fields.some((f) => f === 'account' || f === 'party' || f === 'customer' || f === 'supplier')) return undefined
  return rowsOf(cells, header, fields, books)
}

const once = (fields: readonly (string | undefined)[]): (string | undefined)[] =>
  fields.map((field, i) => (field && fields.indexOf(field) === i ? field : undefined))

/** Account, a name perhaps, and one amount: a list of balances without headings. */
function fieldsByContent(cells: readonly string[][], books: Books): (string | undefined)[] {
  const width = Math.max(0, ...cells.map((row) => row.length))
  const mostly = (col: number, holds: (cell: string) => boolean) => {
    const filled = cells.map((row) => row[col] ?? '').filter((cell) => cell !== '')
    return filled.length > 0 && filled.filter(holds).length >= filled.length * 0.6
  }
  const columns = Array.from({ length: width }, (_, col) => col)
  const account = columns.find((col) => mostly(col, (cell) => books.accounts.has(accountIn(cell) ?? '')))
  const amounts = columns.filter((col) => col !== account && mostly(col, (cell) => readAmount(cell).kind === 'amount'))
  if (account === undefined || amounts.length === 0 || amounts.length > 2) return []
  return columns.map((col) => {
    if (col === account) return 'account'
    if (amounts.length === 1) return col === amounts[0] ? 'amount' : undefined
    return col === amounts[0] ? 'debit' : col === amounts[1] ? 'credit' : undefined
  })
}

function rowsOf(
  cells: readonly string[][],
  header: number,
  fields: readonly (string | undefined)[],
  books: Books,
): PastedOpening | undefined {
  const told: PastedOpening['told'] = []
  const at = (field: string) => fields.indexOf(field)
  const partyAt = Math.max(at('party'), at('customer'), at('supplier'))
  const kind = at('customer') >= 0 ? 'customer' : at('supplier') >= 0 ? 'supplier' : undefined
  const control =
    kind && at('account') < 0 ? [...books.accounts.values()].find((a) => a.control === kind)?.number : undefined
  const body = cells.slice(header + 1)
  const figures = ['amount', 'debit', 'credit'].map(at).filter((col) => col >= 0)
  const decimal = decimalOf(body.flatMap((row) => figures.map((col) => row[col] ?? '')))
  const oreIn = (text: string): number | undefined => {
    const read = readAmount(text.trim(), decimal)
    if (read.kind === 'empty') return 0
    return read.kind === 'amount' ? read.ore : read.kind === 'ambiguous' ? read.asThousands : undefined
  }
  let skipped = 0
  const rows: Record<string, string>[] = []
  for (const row of body) {
    const cell = (col: number) => (col >= 0 ? (row[col] ?? '').trim() : '')
    const account = at('account') >= 0 ? accountText(cell(at('account'))) : (control ?? '')
    const party = cell(partyAt)
    if (row.every((c) => c === '')) continue
    const isParty = PARTY.test(party)
    if (account === '' ? !isParty : at('account') < 0 && !isParty) {
      skipped++
      continue
    }
    const own: Record<string, string> = {}
    fields.forEach((field, col) => {
      if (
        field &&
        !['customer', 'supplier', 'accountName', 'debit', 'credit', 'amount', 'account'].includes(field) &&
        cell(col) !== ''
      )
        own[field] = cell(col)
    })
    if (account) own.account = account
    if (party) own.party = party
    else if (!account.includes(':')) delete own.name // the account's own
    const sides = [at('debit'), at('credit')].map((col) => oreIn(cell(col)))
    const amount =
      at('amount') >= 0 ? oreIn(cell(at('amount'))) : sides.includes(undefined) ? undefined : sides[0]! - sides[1]!
    const typed = at('amount') >= 0 ? cell(at('amount')) : sides.map(String).join(' ')
    if (amount === 0) {
      skipped++
      continue
    }
    own.amount = amount === undefined ? typed : asTyped(amount)
    rows.push(own)
  }
  if (rows.length === 0) return undefined
  told.push({ key: 'pastedRows', params: { rows: rows.length, from: cells.length } })
  const named = fields.flatMap((field, col) =>
    field && field !== 'accountName' ? [cells[header]?.[col] || (nb.captions[field] ?? field)] : [],
  )
  told.push({ key: 'pastedColumns', params: { columns: named.join(', ') } })
  const ignored =
    header >= 0 ? fields.flatMap((field, col) => (!field && cells[header]![col] ? [cells[header]![col]!] : [])) : []
  if (ignored.length > 0) told.push({ key: 'pastedIgnored', params: { columns: ignored.join(', ') } })
  if (at('debit') >= 0 && at('amount') < 0) told.push({ key: 'pastedSides', params: {} })
  if (control) told.push({ key: 'pastedControl', params: { account: control } })
  if (skipped > 0) told.push({ key: 'pastedSkipped', params: { count: skipped } })
  const positive = rows.filter((row) => !row.amount!.startsWith('-')).length
  if (kind === 'supplier' && control && positive * 2 > rows.length) {
    told.push({ key: 'pastedTurned', params: {} })
    return { rows: turned(rows), told }
  }
  return { rows, told }
}

/** A number of a customer or supplier: no heading and no sum. */
const PARTY = /^(?=.*\d)[\w./-]{1,35}$/

/** `1920`, `1920 Bank`, or account and party as `1500:10001`. */
const accountText = (cell: string): string => (/^\d{3,10}:\S{1,35}$/.test(cell) ? cell : (accountIn(cell) ?? ''))

/** Øre as the grid's own cells have it: 1234,50. */
const asTyped = (amount: number): string => {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

/** The same rows with the other sign. */
export const turned = (rows: readonly Record<string, string>[]): Record<string, string>[] =>
  rows.map((row) => {
    const { amount = '' } = row
    return { ...row, amount: amount.startsWith('-') ? amount.slice(1) : amount === '' ? '' : `-${amount}` }
  })
