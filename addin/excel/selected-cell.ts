/// <reference types="office-js" />

import { type FormulaArgument, type FormulaCall, readFormula } from '../functions/read-formula.ts'
import type { CellValue } from '../sheet/read-cell.ts'

/** A selected cell with figures of ours: its formula's calls, with what their addresses hold. */
export type SelectedCell = {
  readonly address: string
  readonly formula: string
  readonly value: CellValue
  readonly calls: readonly { sign: 1 | -1; id: FormulaCall['id']; args: unknown[] }[]
  /** Where in the formula's array the cell stands. */
  readonly place: { row: number; column: number }
}

/** Reads the active cell, or the formula whose array it belongs to. Undefined when it holds none of our functions. */
export async function readSelectedCell(context: Excel.RequestContext): Promise<SelectedCell | undefined> {
  const cell = context.workbook.getActiveCell()
  cell.load('address, formulas, values, rowIndex, columnIndex')
  const parent = cell.getSpillParentOrNullObject()
  parent.load('address, formulas, rowIndex, columnIndex')
  const sheet = cell.worksheet
  sheet.load('name')
  await context.sync()
  const from = parent.isNullObject ? cell : parent
  const formula = from.formulas[0]![0] as string
  const calls = readFormula(formula)
  if (!calls) return undefined
  const place = { row: cell.rowIndex - from.rowIndex, column: cell.columnIndex - from.columnIndex }
  const read = await readArguments(context, sheet, calls)
  return { address: cell.address, formula, value: cell.values[0]![0] as CellValue, calls: read, place }
}

async function readArguments(context: Excel.RequestContext, sheet: Excel.Worksheet, calls: readonly FormulaCall[]) {
  const ranges = new Map<FormulaArgument, Excel.Range>()
  for (const arg of calls.flatMap((call) => call.args))
    if (arg && 'address' in arg) {
      const range = rangeOf(context, sheet, arg.address)
      range.load('values')
      ranges.set(arg, range)
    }
  if (ranges.size > 0) await context.sync()
  const argumentValue = (arg: FormulaArgument): unknown => {
    if (!arg) return null
    if ('literal' in arg) return arg.literal
    const { values } = ranges.get(arg)!
    return values.length === 1 && values[0]!.length === 1 ? values[0]![0] : values
  }
  return calls.map(({ sign, id, args }) => ({ sign, id, args: args.map(argumentValue) }))
}

function rangeOf(context: Excel.RequestContext, sheet: Excel.Worksheet, address: string): Excel.Range {
  const named = /^(?:'((?:[^']|'')+)'|([^!']+))!(.+)$/.exec(address)
  if (!named) return sheet.getRange(address)
  return context.workbook.worksheets.getItem((named[1]?.replaceAll("''", "'") ?? named[2])!).getRange(named[3])
}
