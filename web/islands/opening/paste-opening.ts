import { day as dayText } from '#i18n/format.ts'
import type { OpeningKey } from '#i18n/opening-text.ts'
import { isoDate } from '#worker/core/dates.ts'
import type { Question, Told } from '#worker/imports/import-reading.ts'
import { openingLines } from '#worker/imports/opening-list.ts'
import { kindOfTitles, layoutOf } from '#worker/imports/sheet-layout.ts'
import { type ReadRow, readRecords } from '#worker/imports/sheet-records.ts'
import type { Books } from '#worker/ledger/books.ts'

type OwnTold = { key: OpeningKey; params: Record<string, string | number> }
/** How a pasted list was read: cells by column, what is told of it, and what is asked before any of it is taken. */
export type PastedOpening = {
  rows: Record<string, string>[]
  told: (OwnTold | Told)[]
  questions: readonly Question[]
}

const NO_CHOICES = { header: null, columns: {} }
const TOLD_HERE = new Set(['blank', 'passedOver-sum', 'passedOver-header', 'passedOver-note'])

/**
 * Reads a list of balances or of open items as the old system printed it, by the reader of the imports: one signed amount or debit and
 * credit, with headings and sums in between. A list of customers or suppliers goes on their control account. Undefined when it is no
 * such list.
 */
export function readOpeningTable(
  cells: readonly string[][],
  books: Books,
  answers: Readonly<Record<string, string>> = {},
): PastedOpening | undefined {
  const choices = { ...NO_CHOICES, answers }
  const layouts = (['open-items', 'balances'] as const).map((register) => ({
    register,
    layout: layoutOf(cells, register, books, choices, new Map()),
  }))
  const found = layouts.find(
    ({ register, layout: { columns, header, questions } }) =>
      columns.some((c) => c.field === (register === 'balances' ? 'account' : 'party')) &&
      (questions.length > 0 || columns.some((c) => FIGURES.has(c.field ?? ''))) &&
      (header >= 0 ||
        (register === 'balances' &&
          areAccounts(
            cells,
            columns.findIndex((c) => c.field === 'account'),
            books,
          ))),
  )
  if (!found) return undefined
  const { layout, register } = found
  const read = readRecords(cells, register, layout, answers)
  const titles = layout.columns.map((c) => c.title)
  const kind = register === 'open-items' ? kindOfTitles(titles) : undefined
  const { lines, control, turned: isTurned } = openingLines(read.rows, kind, books)
  const taken = lines.filter(({ row, of }) => row.unread.length > 0 || of.amount !== 0)
  if (taken.length === 0) return undefined
  const skipped = read.passedOver.length + lines.length - taken.length
  const has = (field: string) => layout.columns.some((c) => c.field === field)
  const used = layout.columns.flatMap((c, i) => (c.field ? [c.title || `${i + 1}`] : []))
  const ignored = layout.columns.flatMap((c) => (!c.field && c.title ? [c.title] : []))
  const own = (key: OpeningKey, params: OwnTold['params'] = {}): OwnTold => ({ key, params })
  return {
    rows: taken.map(({ row, of }) => typedCells(row, of)),
    told: [
      own('pastedRows', { rows: taken.length, from: cells.length }),
      own('pastedColumns', { columns: used.join(', ') }),
      ...(ignored.length > 0 ? [own('pastedIgnored', { columns: ignored.join(', ') })] : []),
      ...(has('debit') && !has('amount') ? [own('pastedSides')] : []),
      ...(control ? [own('pastedControl', { account: control })] : []),
      ...(skipped > 0 ? [own('pastedSkipped', { count: skipped })] : []),
      ...(isTurned ? [own('pastedTurned')] : []),
      ...read.told.filter(({ key }) => !TOLD_HERE.has(key)),
    ],
    questions: read.questions,
  }
}

const FIGURES = new Set(['amount', 'debit', 'credit'])

/** Without headings the first column must be accounts of the chart: a block of figures is no list. */
function areAccounts(cells: readonly string[][], col: number, { accounts }: Books): boolean {
  const filled = cells.map((row) => row[col] ?? '').filter((cell) => cell !== '')
  return filled.filter((cell) => accounts.has(cell.split(/\s/, 1)[0]!)).length >= filled.length * 0.6
}

/** A row as it is typed in the grid; a cell that could not be read stands as it was, and turns red. */
function typedCells({ values, unread }: ReadRow, of: ReturnType<typeof openingLines>['lines'][number]['of']) {
  const { amount, currencyAmount, invoiceDate, dueDate, dimensions, ...texts } = of
  const raw = (field: string) => (unread.includes(field) ? String(values[field]) : undefined)
  const day = (text: string | undefined) => {
    const iso = isoDate(text ?? '')
    return iso ? dayText(iso) : (text ?? '')
  }
  const figure = raw('amount') ?? raw('debit') ?? raw('credit')
  const typed: Record<string, string> = {
    ...texts,
    party: texts.party || (texts.account && values.party !== undefined ? String(values.party) : ''),
    invoiceDate: day(invoiceDate),
    dueDate: day(dueDate),
    amount: figure ?? (typeof amount === 'number' ? asTyped(amount) : ''),
    currencyAmount: raw('currencyAmount') ?? (typeof currencyAmount === 'number' ? asTyped(currencyAmount) : ''),
    ...Object.fromEntries(Object.entries(dimensions ?? {}).map(([key, value]) => [`dimensions/${key}`, value])),
  }
  if (typed.party === '') delete typed.name // the account's own
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''))
}

/** Øre as the grid's own cells have it: 1234,50. */
const asTyped = (amount: number): string => {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

/** The same rows with the other sign, also of what an amount is in its currency. */
export const turned = (rows: readonly Record<string, string>[]): Record<string, string>[] =>
  rows.map((row) => {
    const { amount, currencyAmount } = row
    return {
      ...row,
      ...(amount && { amount: minus(amount) }),
      ...(currencyAmount && { currencyAmount: minus(currencyAmount) }),
    }
  })
const minus = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`)
