/// <reference types="office-js" />
import { NAMESPACE } from '../functions/catalogue.ts'
import { cellName } from './cell-name.ts'

const OURS = new RegExp(`\\b${NAMESPACE}\\.`, 'i')

/** Cells with our functions, sheet by sheet; places are zero-based in the sheet. */
export type FigureCells = {
  sheet: string
  cells: { row: number; column: number; value: unknown; formula: string }[]
}[]

/** Finds every cell whose formula uses one of our functions, and the cells their arrays spill into. */
export async function findFigureCells(context: Excel.RequestContext): Promise<FigureCells> {
  const sheets = context.workbook.worksheets
  sheets.load('items/name')
  await context.sync()
  const used = sheets.items.map((sheet) => {
    const range = sheet.getUsedRangeOrNullObject()
    range.load('formulas, values, rowIndex, columnIndex')
    return { sheet, range }
  })
  await context.sync()
  return used.flatMap(({ sheet, range }) => {
    if (range.isNullObject) return []
    const cells = range.formulas.flatMap((row, r) =>
      row.flatMap((formula, c) =>
        typeof formula === 'string' && formula.startsWith('=') && OURS.test(formula)
          ? [{ row: range.rowIndex + r, column: range.columnIndex + c, value: range.values[r]![c], formula }]
          : [],
      ),
    )
    return cells.length > 0 ? [{ sheet: sheet.name, cells }] : []
  })
}

/** Everything that the sheets with our functions show, by sheet; places are zero-based. Sums of our figures are among it. */
export type Shown = Map<string, { row: number; column: number; values: unknown[][] }>

/** Reads what the sheets that hold our functions show. */
export async function readShown(context: Excel.RequestContext): Promise<Shown> {
  const read = (await findFigureCells(context)).map(({ sheet }) => {
    const range = context.workbook.worksheets.getItem(sheet).getUsedRangeOrNullObject()
    range.load('values, rowIndex, columnIndex')
    return { sheet, range }
  })
  await context.sync()
  return new Map(
    read.flatMap(({ sheet, range: r }) =>
      r.isNullObject ? [] : [[sheet, { row: r.rowIndex, column: r.columnIndex, values: r.values }] as const],
    ),
  )
}

/** A cell whose value is another than before. */
export type ChangedCell = { sheet: string; address: string; before: unknown; after: unknown }

/** What shows something else now. Cells that are being calculated count as they were. */
export function changedCells(before: Shown, after: Shown): ChangedCell[] {
  return [...after].flatMap(([sheet, { row, column, values }]) => {
    const old = before.get(sheet)
    const oldAt = (r: number, c: number) => old?.values[r - old.row]?.[c - old.column] ?? ''
    return values.flatMap((cells, r) =>
      cells.flatMap((value, c) => {
        const was = oldAt(row + r, column + c)
        return value === was || value === BUSY
          ? []
          : [{ sheet, address: cellName(row + r, column + c), before: was, after: value }]
      }),
    )
  })
}
const BUSY = '#BUSY!'
export const isCalculating = (shown: Shown): boolean =>
  [...shown.values()].some(({ values }) => values.some((row) => row.includes(BUSY)))

/** Calculates anew the sheets that hold our functions, and no others. Gives how many cells there are. */
export async function recalculate(context: Excel.RequestContext): Promise<number> {
  const found = await findFigureCells(context)
  for (const { sheet } of found) context.workbook.worksheets.getItem(sheet).calculate(true)
  await context.sync()
  return found.reduce((n, { cells }) => n + cells.length, 0)
}
