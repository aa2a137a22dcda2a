import type { VoucherId } from '#worker/core/ids.ts'
import type { Cells } from '#worker/drafts/draft-row.ts'

/**
 * One row of the grid. Amount in øre, debit positive; a text where it could not be read as one. Dates are ISO days, or as
 * typed when no such day exists. Rows are never changed, only replaced, so undo keeps the old ones.
 */
export type Row = {
  /** Several vouchers in one sheet: rows with the same key are one voucher. */
  readonly voucher: string
  readonly type: string
  readonly date: string
  readonly documentDate: string
  readonly account: string
  readonly vatCode: string
  readonly amount: number | string
  /** VAT typed instead of the computed, in øre, and why it differs by more than a little. */
  readonly vatAmount: number | string
  readonly vatAmountReason: string
  /** `gross`, `net` or `none`: what the amount is to its VAT; the day that counts for VAT, of the whole voucher; what it is a specification of. */
  readonly vatMode: string
  readonly vatDate: string
  readonly vatSpecification: string
  /** As `2.5`. */
  readonly quantity: string
  /** Currency, amount in its hundredths, and rate as `11.6543` or, per hundred, `103.25/100`. */
  readonly currency: string
  readonly currencyAmount: number | string
  readonly rate: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly text: string
  readonly invoiceNumber: string
  readonly dueDate: string
  readonly paymentReference: string
  /** What becomes of the line in other months or dimensions. */
  readonly script: string
  /** Open items that the row settles; see `row-matches.ts`. */
  readonly matches: string
  /** In a sheet of several: the id of the voucher that the row belongs to, made once and kept with the draft. */
  readonly id: string
  /** `IF 2026-1043` once the voucher is posted; the row can no longer be changed. */
  readonly posted: string
  /** Which row of the shared draft it is, and where it stands in it. Made when something is first written in it. */
  readonly key: string
  readonly position: string
  /** Cells of the shared draft that have no column here, and the clashes that wait for a choice. */
  readonly more: Cells
}

/** A value to be put in a cell. */
export type Edit = { row: number; field: string; value: unknown }

export type Header = {
  readonly type: string
  readonly voucherDate: string
  readonly documentDate: string
  readonly text: string
  /** Why it is posted in a period with a soft lock, or what is put right. */
  readonly reason: string
  /** Of a voucher that takes another's place: the day that one is reversed. */
  readonly reversalDate?: string
}

/** What stands on the desk: one voucher, or a sheet of several. */
export type Desk = {
  readonly mode: 'voucher' | 'sheet'
  /** The id of the single voucher: the idempotency key, made once. */
  readonly id: VoucherId
  readonly header: Header
  readonly rows: readonly Row[]
  /** Cells of the shared header that have no field here. */
  readonly more?: Cells | undefined
}

const NO_CELLS: Cells = {}
export const BLANK: Row = {
  voucher: '',
  type: '',
  date: '',
  documentDate: '',
  account: '',
  vatCode: '',
  amount: '',
  vatAmount: '',
  vatAmountReason: '',
  vatMode: '',
  vatDate: '',
  vatSpecification: '',
  quantity: '',
  currency: '',
  currencyAmount: '',
  rate: '',
  dimensions: {},
  text: '',
  invoiceNumber: '',
  dueDate: '',
  paymentReference: '',
  script: '',
  matches: '',
  id: '',
  posted: '',
  key: '',
  position: '',
  more: NO_CELLS,
}

/** Rows that stand ready below what is typed. */
const ROOM = 6

/** Nothing that would be booked stands in the row; a voucher key or date alone does not make a line. */
export const isBlank = (row: Row): boolean =>
  row === BLANK ||
  (row.account === '' &&
    row.amount === '' &&
    row.vatCode === '' &&
    row.vatAmount === '' &&
    row.currencyAmount === '' &&
    row.text === '' &&
    row.invoiceNumber === '' &&
    row.dueDate === '' &&
    row.paymentReference === '' &&
    row.matches === '' &&
    Object.values(row.dimensions).every((code) => code === ''))

/** The rows with room below: at least one blank row at the end, and never fewer than a handful. */
export function withRoom(rows: readonly Row[]): readonly Row[] {
  let used = rows.length
  while (used > 0 && isBlank(rows[used - 1]!)) used--
  const wanted = Math.max(used + 1, ROOM)
  if (rows.length === wanted) return rows
  return rows.length > wanted ? rows.slice(0, wanted) : [...rows, ...Array<Row>(wanted - rows.length).fill(BLANK)]
}

export const emptyDesk = (id: VoucherId, header: Header): Desk => ({ mode: 'voucher', id, header, rows: withRoom([]) })
/** Neither lines nor a document to post them on. */
export const isEmptyDesk = ({ rows, more }: Desk): boolean => !more?.documents && rows.every(isBlank)

/** The value of a field as it is kept; `dimensions/department` is the department. */
export function fieldOf(row: Row, field: string): number | string {
  if (field.startsWith('dimensions/')) return row.dimensions[field.slice(11)] ?? ''
  if (field === 'debit') return typeof row.amount === 'number' && row.amount <= 0 ? '' : row.amount
  if (field === 'credit') return typeof row.amount === 'number' && row.amount < 0 ? -row.amount : ''
  return (row as unknown as Record<string, number | string>)[field] ?? ''
}

export function withValue(row: Row, field: string, value: number | string): Row {
  if (field.startsWith('dimensions/'))
    return { ...row, dimensions: { ...row.dimensions, [field.slice(11)]: String(value) } }
  if (field === 'debit') return { ...row, amount: value }
  if (field === 'credit') return { ...row, amount: typeof value === 'number' ? (value === 0 ? 0 : -value) : value }
  return { ...row, [field]: value }
}

/** The rows of one voucher, as their places in the grid, with the header that holds for them. */
export type Group = {
  readonly key: string
  /** Whether it is one of several in a sheet: then its header stands in its rows. */
  readonly several: boolean
  readonly id: string
  readonly header: Header
  readonly rows: readonly number[]
  readonly posted: string
  /** Cells of the shared header that have no field, clashes among them. */
  readonly more?: Cells | undefined
}

/** The vouchers on the desk, in the order of their first rows. */
export function vouchersOf(desk: Desk): Group[] {
  const used = desk.rows.flatMap((row, i) => (isBlank(row) ? [] : [i]))
  if (desk.mode === 'voucher')
    return used.length === 0
      ? []
      : [
          {
            key: '',
            several: false,
            id: desk.id,
            header: desk.header,
            rows: used,
            posted: desk.rows[used[0]!]!.posted,
            more: desk.more,
          },
        ]
  const groups = new Map<string, number[]>()
  for (const i of used) {
    const key = desk.rows[i]!.voucher
    const rows = groups.get(key)
    if (rows) rows.push(i)
    else groups.set(key, [i])
  }
  return [...groups].map(([key, rows]) => groupOf(desk, key, rows))
}

function groupOf(desk: Desk, key: string, rows: readonly number[]): Group {
  const first = (field: 'type' | 'date' | 'documentDate' | 'text' | 'id' | 'posted') =>
    desk.rows[rows.find((i) => desk.rows[i]![field] !== '') ?? -1]?.[field] ?? ''
  const header: Header = {
    type: first('type') || desk.header.type,
    voucherDate: first('date') || desk.header.voucherDate,
    documentDate: first('documentDate'),
    text: first('text') || desk.header.text,
    reason: desk.header.reason,
  }
  return { key, several: true, id: first('id'), header, rows, posted: first('posted') }
}

/** Gives each voucher of a sheet an id of its own, on all its rows; ids that stand already are kept. */
export function withIds(desk: Desk, newId: () => VoucherId): Desk {
  if (desk.mode === 'voucher') return desk
  const ids = new Map<string, string>()
  for (const row of desk.rows) if (!isBlank(row) && !ids.get(row.voucher)) ids.set(row.voucher, row.id)
  const taken = new Set<string>()
  for (const [voucher, own] of ids) {
    const id = own && !taken.has(own) ? own : newId()
    taken.add(id)
    if (id !== own) ids.set(voucher, id)
  }
  let rows: Row[] | undefined
  desk.rows.forEach((row, i) => {
    const id = isBlank(row) ? row.id : ids.get(row.voucher)!
    if (row.id === id) return
    rows ??= [...desk.rows]
    rows[i] = { ...row, id }
  })
  return rows ? { ...desk, rows } : desk
}

/** The next free number to call a voucher of the sheet. */
export function nextKey(rows: readonly Row[]): string {
  let highest = 0
  for (const { voucher } of rows) if (/^\d{1,9}$/.test(voucher)) highest = Math.max(highest, Number(voucher))
  return String(highest + 1)
}
