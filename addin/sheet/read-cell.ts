import type { IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { type Decimal, type ReadAmount, readAmount, readTypedAmount } from '#worker/sheets/read-amount.ts'
import { type DayOrder, readDay, readSheetDate } from '#worker/sheets/read-day.ts'
import { dayOfSerial } from './excel-value.ts'

/** What a cell holds as Office.js tells it: figures, texts, truth values; an empty cell is ''. */
export type CellValue = number | string | boolean | null | undefined

export type ReadCell<T> =
  | { kind: 'empty' }
  | { kind: 'value'; value: T }
  | { kind: 'unread'; text: string; why: Unread }
/** Why a cell could not be read; `ambiguous` has two readings, and neither is chosen here. */
export type Unread = 'amount' | 'ambiguous' | 'too-fine' | 'too-large' | 'day' | 'number' | 'formula-error'

const EMPTY = { kind: 'empty' } as const
const unread = (value: CellValue, why: Unread) => ({ kind: 'unread', text: String(value), why }) as const
/** What Excel shows for a formula that failed. */
const FAILED =
  /^#(N\/A|VALUE!|REF!|DIV\/0!|NUM!|NAME\?|NULL!|BUSY!|SPILL!|CALC!|GETTING_DATA|CONNECT!|BLOCKED!|FIELD!|UNKNOWN!)$/

/** A cell as text: figures without decimals as they are, so that 1920 is "1920". */
export function textOf(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return plainNumber(value)
  return String(value)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, '')
}

export const isFailed = (value: CellValue): boolean => typeof value === 'string' && FAILED.test(value)

/** A number's digits without an exponent: what JSON and Excel call 1e21 has no use in books, and is left as it is. */
function plainNumber(value: number): string {
  const text = String(value)
  return /e/.test(text) && Math.abs(value) < 1e15 ? value.toFixed(10).replace(/\.?0+$/, '') : text
}

/** An amount in øre from a figure in kroner or a text in any usual notation. `decimal`: the mark that the column proves. */
export function readAmountCell(value: CellValue, decimal?: Decimal): ReadCell<Ore> {
  if (isFailed(value)) return unread(value, 'formula-error')
  const text = textOf(value)
  const read: ReadAmount =
    typeof value === 'number' ? readAmount(text, '.') : decimal ? readAmount(text, decimal) : readTypedAmount(text)
  switch (read.kind) {
    case 'empty':
      return EMPTY
    case 'amount':
      return { kind: 'value', value: ore(read.ore) }
    case 'unreadable':
      return unread(value, 'amount')
    default:
      return unread(value, read.kind)
  }
}

const [FIRST_SERIAL, LAST_SERIAL] = [61, 109_574] // 1 March 1900 to 31 December 2199

/** A day from Excel's day number or a text; what a text leaves out is taken from `near`. */
export function readDayCell(value: CellValue, near: IsoDate, order?: DayOrder): ReadCell<IsoDate> {
  if (isFailed(value)) return unread(value, 'formula-error')
  const text = textOf(value)
  if (text === '') return EMPTY
  if (typeof value === 'number' && !Number.isNaN(value)) {
    const serial = Math.floor(value)
    if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL) return { kind: 'value', value: dayOfSerial(serial) }
    if (!Number.isInteger(value) || !/^(19|20)\d{6}$/.test(text)) return unread(value, 'day')
  }
  const read = readSheetDate(text, order)
  if (read.kind === 'ambiguous') return unread(value, 'ambiguous')
  const day = read.kind === 'day' ? read.day : readDay(text, near, near)
  return day ? { kind: 'value', value: day } : unread(value, 'day')
}

/** A decimal text as the ledger takes it, "11.6543", from a figure or a text with comma or point. */
export function readNumberCell(value: CellValue): ReadCell<string> {
  if (isFailed(value)) return unread(value, 'formula-error')
  const text = textOf(value)
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/\u2212/g, '-')
  if (text === '') return EMPTY
  const plain = typeof value === 'number' ? text : text.replace(',', '.')
  return /^-?\d{1,18}(\.\d{1,18})?$/.test(plain) ? { kind: 'value', value: plain } : unread(value, 'number')
}
