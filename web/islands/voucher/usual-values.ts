import { addDays, isoDate } from '#worker/core/dates.ts'
import { type Books, type Party, partyKey } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { Header, Row } from '#worker/sheets/sheet.ts'

/** The party an account field names; undefined when it names none that is known. */
export function partyIn(field: string, books: Books): Party | undefined {
  const { account, party } = accountAndParty(field)
  const control = books.accounts.get(account)?.control
  return control && party !== null ? books.parties.get(partyKey(control, party)) : undefined
}

/** Dimension values that an account's lines have as a rule: the account's own, and its party's. */
function usualDimensions(field: string, books: Books): Record<string, string> {
  const { account } = accountAndParty(field)
  const own = [...books.dimensions.values()].flatMap((d) => {
    const value = d.defaults?.[account]
    return value && d.rules[account] !== 'forbidden' ? [[d.key, value] as const] : []
  })
  return { ...Object.fromEntries(own), ...partyIn(field, books)?.usual?.dimensions }
}

/** Types whose lines settle what was claimed before. */
const PAYMENTS: ReadonlySet<string> = new Set(['payment-in', 'payment-out', 'bank'])

/**
 * When what a line claims or owes falls due: the party's terms after the document's day. A payment, and an amount on the side
 * that settles, as of a credit note, has no such day.
 */
function usualDueDate(row: Row, header: Header, books: Books): string {
  const party = partyIn(row.account, books)
  const days = party?.usual?.paymentTermsDays
  const from = isoDate(row.documentDate || row.date || header.documentDate || header.voucherDate)
  if (!party || days === null || days === undefined || !from) return ''
  const type = books.voucherTypes.get(row.type || header.type)
  const isOther = typeof row.amount === 'number' && row.amount !== 0 && row.amount > 0 !== (party.kind === 'customer')
  return isOther || PAYMENTS.has(type?.key ?? '') ? '' : addDays(from, days)
}

/** The day goes with the amount's side, the voucher's type and its day, unless another was written. */
export function withUsualDueDate(row: Row, before: { row: Row; header: Header }, header: Header, books: Books): Row {
  if (row.dueDate !== usualDueDate(before.row, before.header, books)) return row
  const dueDate = usualDueDate(row, header, books)
  return dueDate === row.dueDate ? row : { ...row, dueDate }
}

/**
 * What another account brings with it, visibly and only into cells that are empty or hold what the account before brought:
 * dimension values and the day an invoice falls due (features.md DIM-01, SUB-04).
 */
export function withUsualValues(row: Row, before: Row, header: Header, books: Books): Row {
  const [was, is] = [usualDimensions(before.account, books), usualDimensions(row.account, books)]
  const dimensions: Record<string, string> = { ...row.dimensions }
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
    if ((dimensions[key] ?? '') === '' || dimensions[key] === was[key]) dimensions[key] = is[key] ?? ''
  const untouched = row.dueDate === '' || row.dueDate === usualDueDate(before, header, books)
  const dueDate = untouched ? usualDueDate(row, header, books) : row.dueDate
  const same = dueDate === row.dueDate && Object.entries(dimensions).every(([k, v]) => (row.dimensions[k] ?? '') === v)
  return same ? row : { ...row, dimensions, dueDate }
}
