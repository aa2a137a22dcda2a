/// <reference types="office-js" />
import type { BlockPlace } from '../audit/block-place.ts'
import { type FormulaArgument, type FormulaCall, type FormulaTerm, readFormula } from '../functions/read-formula.ts'
import type { CellValue } from '../sheet/read-cell.ts'

/** A call of ours with what its addresses hold, and where in its array the cell stands. */
export type CellCall = {
  readonly sign: 1 | -1
  readonly id: FormulaCall['id']
  readonly args: readonly unknown[]
  readonly place: { readonly row: number; readonly column: number }
  /** The row that the cell stands in as the sheet shows it, from its array's first column, where the array is all of the formula. */
  readonly shown?: readonly unknown[]
}
/** A selected cell with figures of ours: a formula of them, a sum of such cells, or a figure of a pulled report. */
export type SelectedCell = {
  readonly address: string
  readonly formula: string
  readonly value: CellValue
  readonly calls: readonly CellCall[]
  readonly block?: BlockPlace
}

/** How far sums of sums are followed, and to how many cells. */
const DEEPEST = 5
const MOST = 500
/** So many of a row's cells tell it from the others of its list. */
const TELLING = 16

/** Reads the active cell. Undefined when it holds nothing of ours. */
export async function readSelectedCell(context: Excel.RequestContext): Promise<SelectedCell | undefined> {
  const cell = context.workbook.getActiveCell()
  cell.load('address, values, formulas, rowIndex, columnIndex')
  const found = await callsOf(context, [{ sign: 1, cell }], DEEPEST)
  const [value, formula] = [cell.values[0]![0] as CellValue, String(cell.formulas[0]![0])]
  if (found && found.calls.length > 0)
    return { address: cell.address, formula: found.formula, value, calls: found.calls }
  // Read when first needed: most cells that are selected stand in no report.
  const { readBlockPlace } = await import('../audit/block-place.ts')
  const block = await readBlockPlace(context, cell)
  return block && { address: cell.address, formula: formula.startsWith('=') ? formula : '', value, calls: [], block }
}

type Wanted = { sign: 1 | -1; cell: Excel.Range }

/**
 * The calls of ours that cells add up to, their own and those of cells that they add up. Undefined when anything else is in
 * the sum: then the entries would not be all of it.
 */
async function callsOf(
  context: Excel.RequestContext,
  cells: readonly Wanted[],
  depth: number,
): Promise<{ formula: string; calls: CellCall[] } | undefined> {
  const read = cells.map(({ sign, cell }) => {
    const parent = cell.getSpillParentOrNullObject()
    const sheet = cell.worksheet
    cell.load('formulas, values, rowIndex, columnIndex')
    parent.load('formulas, rowIndex, columnIndex')
    sheet.load('name')
    return { sign, cell, parent, sheet }
  })
  await context.sync()
  const own: Parameters<typeof withArguments>[1][number][] = []
  const next: { sign: 1 | -1; sheet: Excel.Worksheet; address: string }[] = []
  let first = ''
  for (const { sign, cell, parent, sheet } of read) {
    const from = parent.isNullObject ? cell : parent
    const formula = from.formulas[0]![0]
    first ||= String(formula)
    if (depth < DEEPEST && (formula === '' || typeof cell.values[0]![0] === 'string')) continue // a heading, or nothing
    const terms = readFormula(formula)
    if (!terms) return undefined
    const place = { row: cell.rowIndex - from.rowIndex, column: cell.columnIndex - from.columnIndex }
    for (const term of terms) {
      const signed = (sign * term.sign) as 1 | -1
      if (isCall(term)) {
        const isRow = !parent.isNullObject && terms.length === 1 && term.sign === 1
        const row = isRow ? rowFrom(sheet, cell.rowIndex, from.columnIndex) : undefined
        own.push({ sheet, call: { ...term, sign: signed }, place, row })
      } else next.push({ sign: signed, sheet, address: term.address })
    }
  }
  const calls = await withArguments(context, own)
  if (next.length === 0) return { formula: first, calls }
  const below = depth > 0 ? await cellsIn(context, next) : undefined
  const deeper = below && (await callsOf(context, below, depth - 1))
  return deeper && { formula: first, calls: [...calls, ...deeper.calls] }
}

function rowFrom(sheet: Excel.Worksheet, row: number, column: number): Excel.Range {
  const range = sheet.getRangeByIndexes(row, column, 1, Math.min(TELLING, COLUMNS - column))
  range.load('values')
  return range
}
const COLUMNS = 16_384

export const isCall = (term: FormulaTerm): term is FormulaCall => 'id' in term

/** Each cell of some ranges. Undefined when they are too many. */
async function cellsIn(
  context: Excel.RequestContext,
  wanted: readonly { sign: 1 | -1; sheet: Excel.Worksheet; address: string }[],
): Promise<Wanted[] | undefined> {
  const ranges = wanted.map(({ sign, sheet, address }) => ({ sign, range: rangeOf(context, sheet, address) }))
  for (const { range } of ranges) range.load('rowCount, columnCount')
  await context.sync()
  const count = ranges.reduce((n, { range }) => n + range.rowCount * range.columnCount, 0)
  if (count > MOST) return undefined
  return ranges.flatMap(({ sign, range }) =>
    Array.from({ length: range.rowCount * range.columnCount }, (_, i) => ({
      sign,
      cell: range.getCell(Math.floor(i / range.columnCount), i % range.columnCount),
    })),
  )
}

/** Calls with what their arguments hold. */
export async function withArguments(
  context: Excel.RequestContext,
  calls: readonly {
    sheet: Excel.Worksheet
    call: FormulaCall
    place: CellCall['place']
    row?: Excel.Range | undefined
  }[],
): Promise<CellCall[]> {
  const ranges = new Map<FormulaArgument, Excel.Range>()
  for (const { sheet, call } of calls)
    for (const arg of call.args)
      if (arg && 'address' in arg) {
        const range = rangeOf(context, sheet, arg.address)
        range.load('values')
        ranges.set(arg, range)
      }
  if (ranges.size > 0 || calls.some(({ row }) => row)) await context.sync()
  const argumentValue = (arg: FormulaArgument): unknown => {
    if (!arg) return null
    if ('literal' in arg) return arg.literal
    const { values } = ranges.get(arg)!
    return values.length === 1 && values[0]!.length === 1 ? values[0]![0] : values
  }
  return calls.map(({ call: { sign, id, args }, place, row }) => ({
    sign,
    id,
    args: args.map(argumentValue),
    place,
    ...(row && { shown: row.values[0]! }),
  }))
}

function rangeOf(context: Excel.RequestContext, sheet: Excel.Worksheet, address: string): Excel.Range {
  const named = /^(?:'((?:[^']|'')+)'|([^!']+))!(.+)$/.exec(address.replace(/#$/, ''))
  if (!named) return sheet.getRange(address.replace(/#$/, ''))
  return context.workbook.worksheets.getItem((named[1]?.replaceAll("''", "'") ?? named[2])!).getRange(named[3])
}
