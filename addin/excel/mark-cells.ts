/// <reference types="office-js" />
import { marksOf } from '../sheet/excel-value.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import { cellOfName, columnLetters } from './cell-name.ts'
import type { RegisterChange, RegisterReading } from './register-table.ts'

/** Colours of the design language, on white paper: Excel's sheets know no dark. */
export const PAINT = {
  error: { fill: '#FBEAE9', color: '#B0201B' },
  warning: { fill: '#FCF3E1', color: '#7F5200' },
  proven: { fill: '#FFFFFF', color: '#17693F' },
  quiet: { fill: '#F4F5F7', color: '#49535F' },
  typed: '#24439B',
} as const

/** Colours cells as long as a formula holds for them. */
export function paintWhere(cells: Excel.Range, formula: string, look: { fill: string; color: string }): void {
  const format = cells.conditionalFormats.add('Custom' as Excel.ConditionalFormatType.custom)
  format.custom.rule.formula = formula
  format.custom.format.fill.color = look.fill
  format.custom.format.font.color = look.color
}

/**
 * Colours a cell at fault by what the hidden column of marks says of its row, so that it follows the row wherever it is sorted. The
 * words stand beside; colour alone says nothing. `firstRow` is zero-based.
 */
export function paintMarks(
  sheet: Excel.Worksheet,
  columns: readonly SheetColumn[],
  firstRow: number,
  rows: number,
): void {
  const marks = `$${columnLetters(columns.findIndex(({ id }) => id === 'marks'))}${firstRow + 1}`
  for (const [place, { id, view }] of columns.entries()) {
    if (view === 'hidden' || id === 'message') continue
    const cells = sheet.getRangeByIndexes(firstRow, place, rows, 1)
    paintWhere(cells, `=ISNUMBER(SEARCH("|${id}!",${marks}))`, PAINT.error)
    paintWhere(cells, `=ISNUMBER(SEARCH("|${id}~?",${marks}))`, PAINT.warning)
  }
}

/** What the hidden column of marks must be given, for faults that are told by their cells' addresses. */
export function markChanges(
  reading: RegisterReading,
  wrong: readonly { address: string }[],
  doubtful: readonly { address: string }[],
): RegisterChange[] {
  if (!reading.places.has('marks')) return []
  const idAt = new Map([...reading.places].map(([id, place]) => [place, id]))
  const byRow = new Map<number, { column: string; level: 'error' | 'warning' }[]>()
  for (const [level, faults] of [['error', wrong] as const, ['warning', doubtful] as const])
    for (const { address } of faults) {
      const cell = cellOfName(address)
      const column = cell && idAt.get(cell.column - reading.firstColumn)
      if (!cell || column === undefined) continue
      const at = cell.row - reading.firstRow
      byRow.set(at, [...(byRow.get(at) ?? []), { column, level }])
    }
  return reading.rows.flatMap(({ at, cells }): RegisterChange[] => {
    const value = marksOf(byRow.get(at) ?? [])
    return String(cells.marks ?? '') === value ? [] : [{ at, column: 'marks', value }]
  })
}
