import { addinBudget as en } from '#i18n/en/addin-budget.ts'
import type { Locale } from '#i18n/format.ts'
import { addinBudget as nb } from '#i18n/nb/addin-budget.ts'
import { monthNames } from '#web/islands/budget/budget-columns.ts'
import { edited } from '#web/islands/budget/budget-edit.ts'
import { type BudgetFacts, directionIn, movedOf, sumOf } from '#web/islands/budget/budget-facts.ts'
import { type Base, type Cell, keyOf, type Row, totalOf } from '#web/islands/budget/budget-row.ts'
import { accountName, spreadName } from '#web/islands/budget/budget-shown.ts'
import { SIGNS, type Sign, signed } from '#worker/budgets/budget-sign.ts'
import { spreadKeyOf } from '#worker/budgets/spread-words.ts'
import { ore } from '#worker/core/money.ts'
import { columnLetters } from '../excel/cell-name.ts'
import { type RegisterKind, type RegisterReading, type RegisterRow, withMarks } from '../excel/register-table.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { type CellValue, readAmountCell, textOf } from '../sheet/read-cell.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import { ownersOf } from './row-owners.ts'

export const BUDGET_TABLE = 'tblBudsjett'
export const budgetTexts = { nb, en }

/** The sheet of a budget with these months, for a company with these dimensions. */
export function budgetKind(facts: Pick<BudgetFacts, 'months' | 'books'>): RegisterKind {
  const { months, books } = facts
  const dimensions = [...books.dimensions.values()]
  const hidden = { kind: 'text', written: true, view: 'hidden', width: 8 } as const
  const columns: SheetColumn[] = [
    { id: 'status', kind: 'text', written: true, width: 10 },
    { id: 'message', kind: 'text', written: true, width: 30 },
    { id: 'account', kind: 'code', format: '0', width: 9 },
    { id: 'accountName', kind: 'text', written: true, width: 26 },
    ...dimensions.map((d): SheetColumn => ({ id: `dimensions/${d.key}`, kind: 'code', width: 9 })),
    { id: 'spread', kind: 'text', width: 14 },
    ...months.map((_, i): SheetColumn => ({ id: `m${i}`, kind: 'amount', width: 13 })),
    { id: 'total', kind: 'amount', width: 15 },
    { id: 'lastYear', kind: 'amount', written: true, width: 15 },
    { id: 'comment', kind: 'text', width: 24 },
    { id: 'rowKey', ...hidden },
    { id: 'budget', ...hidden },
    { id: 'base', ...hidden },
  ]
  const captionsIn = (locale: Locale): Record<string, string> => ({
    ...Object.fromEntries(dimensions.map((d) => [`dimensions/${d.key}`, locale === 'nb' ? d.nameNb : d.nameEn])),
    ...budgetTexts[locale].captions,
    ...Object.fromEntries(
      monthNames(months, locale).map((name, i) => [`m${i}`, name[0]!.toUpperCase() + name.slice(1)]),
    ),
  })
  return withMarks({ table: BUDGET_TABLE, columns, captions: { nb: captionsIn('nb'), en: captionsIn('en') } })
}

/** Which budget a table is of, and in which sign; told by its rows. */
export function boundTo(reading: RegisterReading): { budget: string; sign: Sign } | undefined {
  for (const { cells } of reading.rows) {
    const [budget, sign] = textOf(cells.budget).split('|')
    if (budget?.startsWith('bud_')) return { budget, sign: SIGNS.find((one) => one === sign) ?? 'natural' }
  }
  return undefined
}

/** What a row keeps of the line it was read from. Its own key stands in it, so that it counts on no other row. */
type Kept = Base & { id: string }
const keptOf = (cells: RegisterRow['cells']): Kept | undefined => {
  try {
    const kept = JSON.parse(textOf(cells.base) || 'null') as Kept | null
    return kept && kept.id === textOf(cells.rowKey) && Array.isArray(kept.amounts) ? kept : undefined
  } catch {
    return undefined
  }
}

/** A row of the sheet as a line of a budget. `blank` ones are emptied: nothing stands in them but what they were. */
export type SheetLine = {
  at: number
  row: Row
  base: Base | undefined
  blank: boolean
  /** A sum that was typed over the row's own. */
  typedTotal: boolean
  /** What cannot be read, as it stands. */
  unreadTotal: string | undefined
  unknownSpread: string | undefined
}

/**
 * The rows of a sheet. A copied row is a line of its own: what it kept counts for the row that still is that line. `newId` makes
 * keys for rows that have none.
 */
export function linesOf(reading: RegisterReading, facts: BudgetFacts, newId: () => string): SheetLine[] {
  const read = reading.rows.flatMap((row) => {
    const line = lineOf(row, facts)
    return line ? [{ ...line, kept: keptOf(row.cells) }] : []
  })
  const owners = ownersOf(
    read.map(({ row, kept, at }) => ({ at, key: kept?.id ?? '', isLine: !!kept && keyOf(row) === keyOf(kept) })),
  )
  return read.map(({ kept, ...line }) => {
    const own = kept && owners.get(kept.id) === line.at ? kept : undefined
    const id = own?.id ?? newId()
    const row = { ...line.row, id }
    if (!own) return { ...line, row, base: undefined }
    const { id: _, ...base } = own
    // A key that nobody knows is at fault, and is no wish to have none.
    const spread = line.unknownSpread === undefined ? row.spread : base.spread
    return { ...line, row: { ...row, spread }, base }
  })
}

function lineOf({ at, cells, formulas }: RegisterRow, facts: BudgetFacts): Omit<SheetLine, 'base'> | undefined {
  const account = textOf(cells.account).split(/\s/)[0]!.slice(0, 70)
  const dimensions = Object.fromEntries(
    [...facts.books.dimensions.keys()].flatMap((key) => {
      const value = textOf(cells[`dimensions/${key}`]).slice(0, 35)
      return value === '' ? [] : [[key, value]]
    }),
  )
  const direction = directionIn(facts, account)
  const amountIn = (value: CellValue): Cell => {
    const read = readAmountCell(value)
    if (read.kind === 'empty') return null
    return read.kind === 'value' ? signed(read.value, facts.sign, direction) : read.text || ' '
  }
  const amounts = facts.months.map((_, i) => amountIn(cells[`m${i}`]))
  const spreadText = textOf(cells.spread)
  const spread = spreadText === '' ? '' : spreadKeyOf(spreadText, facts)
  const comment = textOf(cells.comment).slice(0, 255)
  const total = formulas.total
  const typedTotal = textOf(total) !== '' && !String(total).startsWith('=')
  const blank = account === '' && comment === '' && amounts.every((amount) => amount === null)
  if (blank && textOf(cells.base) === '') return undefined
  const row: Row = { id: '', account, dimensions, spread: spread ?? '', comment, amounts }
  const line = {
    at,
    row,
    blank,
    typedTotal: false,
    unreadTotal: undefined,
    unknownSpread: spread === undefined ? spreadText : undefined,
  }
  if (!typedTotal || blank) return line
  const typed = amountIn(total)
  if (typeof typed === 'string') return { ...line, unreadTotal: typed }
  // A sum that is what the months make is nobody's wish; the formula is put back.
  if (typed === totalOf(amounts)) return { ...line, typedTotal: true }
  const asTyped = typed === null ? '' : String(kronerOf(signed(ore(typed), facts.sign, direction)))
  const [spreadRow] = edited(
    [{ ...row, id: 'x' }],
    [{ id: 'x', field: 'total', value: asTyped.replace('.', ',') }],
    facts,
  )
  return { ...line, row: { ...spreadRow!, id: '' }, typedTotal: true }
}

/** A line as the cells of a row, in the order of the columns. `status` is how it stands. */
export function cellsOf(
  row: Row,
  base: Base | undefined,
  { budget, status = '', message = '' }: { budget: string; status?: string; message?: string },
  facts: BudgetFacts,
  rows: readonly Row[],
): Record<string, CellValue> {
  const direction = directionIn(facts, row.account)
  const shown = (amount: number) => kronerOf(signed(ore(amount), facts.sign, direction))
  const lastYear = movedOf(row, rows, facts)?.lastYear ?? []
  return {
    status,
    message,
    account: /^[1-9]\d{0,14}$/.test(row.account) ? Number(row.account) : row.account,
    accountName: accountName(row.account, facts),
    ...Object.fromEntries(
      [...facts.books.dimensions.keys()].map((key) => [`dimensions/${key}`, row.dimensions[key] ?? '']),
    ),
    spread: spreadName(row.spread, facts),
    ...Object.fromEntries(
      row.amounts.map((amount, i) => [
        `m${i}`,
        amount === null ? '' : typeof amount === 'number' ? shown(amount) : amount,
      ]),
    ),
    lastYear: sumOf(lastYear) === 0 ? '' : shown(sumOf(lastYear)),
    comment: row.comment,
    rowKey: row.id,
    budget: `${budget}|${facts.sign}`,
    base: baseText(row.id, base),
  }
}

export const baseText = (id: string, base: Base | undefined): string => (base ? JSON.stringify({ id, ...base }) : '')

/** The sum of a row's months as a formula, for a table whose columns stand where they are now. */
export const totalFormula = (at: number, months: number, where: Parameters<typeof sumFormula>[2]): string =>
  sumFormula(
    at,
    Array.from({ length: months }, (_, i) => `m${i}`),
    where,
  )

/** The sum of a row's cells in those columns. */
export function sumFormula(
  at: number,
  columns: readonly string[],
  where: { places: ReadonlyMap<string, number>; firstRow: number; firstColumn: number },
): string {
  const row = where.firstRow + at + 1
  const cell = (id: string) => `${columnLetters(where.firstColumn + (where.places.get(id) ?? 0))}${row}`
  const places = columns.map((id) => where.places.get(id) ?? -1)
  const inOrder = places.every((place, i) => place >= 0 && (i === 0 || place === places[i - 1]! + 1))
  if (inOrder) return `=SUM(${cell(columns[0]!)}:${cell(columns.at(-1)!)})`
  return `=${columns.map(cell).join('+')}`
}
